"""Whose ledger a ledger is: each organisation keeps one of its own, and what it is decides what is entered there."""

from __future__ import annotations

from enum import StrEnum

from meterward.core.base.problem import Code, Problem


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


_WHOSE = {
    Keeper.AUDITOR: "keeps the ledger of auditors",
    Keeper.AUTHORITY: "keeps the ledger of the Authority",
    Keeper.DEPARTMENT: "keeps the ledger of the Secretary of State",
    Keeper.READS: "says who read what",
}


def no_duties(ledger: str, keeper: Keeper) -> Problem | None:
    """Why there is no position, system or register in a ledger; None if it is a licensee's."""
    if keeper is Keeper.LICENSEE:
        return None
    message = f"“{ledger}” {_WHOSE[keeper]}: duties, the system and its risks are a licensee's."
    hint = "Name a licensee's ledger; “meterward ledger show” and “meterward export” take any."
    return Problem(Code.LEDGER_NOT_LICENSEE, message, hint)


def reads_of(organisation: str) -> str:
    """The ledger of who read what of an organisation's."""
    return f"{organisation}{_READS}"
