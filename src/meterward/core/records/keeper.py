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
    READS = "reads"
    """A second ledger of an organisation, which says who read what of its first."""


EVERY_KEEPER = (Keeper.LICENSEE, Keeper.AUDITOR, Keeper.AUTHORITY, Keeper.DEPARTMENT)
EVERY_LEDGER = (*EVERY_KEEPER, Keeper.READS)
"""Whatever a ledger is for, some records are needed to keep it."""
REGULATOR_KEEPERS = (Keeper.AUTHORITY, Keeper.DEPARTMENT)
_READS = ".reads"
"""No address of a page can name such a ledger, and no organisation is called so."""


def reads_of(organisation: str) -> str:
    """The ledger of who read what of an organisation's."""
    return f"{organisation}{_READS}"
