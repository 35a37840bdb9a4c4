"""Whose ledger a ledger is: each organisation keeps one of its own, and what it is decides what is entered there."""

from __future__ import annotations

from enum import StrEnum


class Keeper(StrEnum):
    """What the organisation is that keeps a ledger."""

    LICENSEE = "licensee"
    AUDITOR = "auditor"
    AUTHORITY = "authority"
    DEPARTMENT = "department"
    """That of the Secretary of State."""


EVERY_KEEPER = tuple(Keeper)
REGULATOR_KEEPERS = (Keeper.AUTHORITY, Keeper.DEPARTMENT)
