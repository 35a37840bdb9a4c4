"""The roles in which people act. A record names the role and a pseudonym, never a person."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.keeper import Keeper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.records.terms import Issuer


class Role(StrEnum):
    """Who acts, in the condition's and ISO 27001's terms."""

    SECURITY_MANAGER = "security_manager"
    RISK_OWNER = "risk_owner"
    SENIOR_MANAGER = "senior_manager"
    CONTRIBUTOR = "contributor"
    LEGAL_ADVISER = "legal_adviser"
    LEAD_AUDITOR = "lead_auditor"
    AUDITOR = "auditor"
    AUTHORITY_OFFICER = "authority_officer"
    SECRETARY_OF_STATE_OFFICER = "secretary_of_state_officer"
    OPERATOR = "operator"
    READER = "reader"


_NAMES: Mapping[str, str] = {
    Role.AUTHORITY_OFFICER: "officer of the Authority",
    Role.SECRETARY_OF_STATE_OFFICER: "officer of the Secretary of State",
}


def named(roles: Sequence[str]) -> str:
    """Roles as a person reads them, one or another: `security manager, senior manager or lead auditor`."""
    words = [_NAMES.get(role) or role.replace("_", " ") for role in roles]
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def titled(role: str) -> str:
    """A role as it begins a line: `Officer of the Authority`."""
    words = named([role])
    return f"{words[:1].upper()}{words[1:]}"


PERSONNEL = (Role.SECURITY_MANAGER, Role.RISK_OWNER, Role.SENIOR_MANAGER, Role.CONTRIBUTOR, Role.LEGAL_ADVISER)
"""Roles of those who act for the licensee, employed or not."""
MANAGERS = (Role.SECURITY_MANAGER, Role.SENIOR_MANAGER)
AUDITORS = (Role.LEAD_AUDITOR, Role.AUDITOR)
REGULATORS = (Role.AUTHORITY_OFFICER, Role.SECRETARY_OF_STATE_OFFICER)
EVERYBODY = tuple(role for role in Role if role is not Role.READER)
"""Everybody who says anything: a reader only reads."""
ACTING = tuple(role for role in EVERYBODY if role is not Role.OPERATOR)
"""Everybody who says anything of an organisation's own affairs; whoever operates an installation has none there."""
REGULATOR_OF: Mapping[Role, str] = {Role.AUTHORITY_OFFICER: "authority", Role.SECRETARY_OF_STATE_OFFICER: "department"}
"""The organisation for which each regulator's role acts; nobody else acts for it."""
ISSUING: Mapping[Issuer, str] = {"authority": "authority", "secretary_of_state": "department"}
"""The organisation that acts for whoever issues a direction or asks for evidence."""


OWN_ROLES: Mapping[Keeper, tuple[Role, ...]] = {
    Keeper.LICENSEE: (*PERSONNEL, Role.READER, Role.OPERATOR),
    Keeper.AUDITOR: (*AUDITORS, Role.READER, Role.OPERATOR),
    Keeper.AUTHORITY: (Role.AUTHORITY_OFFICER, Role.READER, Role.OPERATOR),
    Keeper.DEPARTMENT: (Role.SECRETARY_OF_STATE_OFFICER, Role.READER, Role.OPERATOR),
    Keeper.READS: (),
}
"""The roles that people of the organisation whose ledger it is have in it."""


class Side(NamedTuple):
    """Whose ledger something is said in, and whom it is said about."""

    keeper: str
    sort: Keeper
    about: str


def organisation_needed(role: Role, organisation: str, side: Side) -> str:
    """What the organisation of somebody in a role would have to be, in words; empty if it is one that it can be.

    A licensee's own roles act for the licensee that a record is about, and whoever operates a ledger for its keeper; a
    regulator's officers for that regulator; auditors for an organisation that is neither.
    """
    own = organisation == side.keeper
    if role in AUDITORS:
        apart = own if side.sort is Keeper.AUDITOR and own else organisation != side.about
        return "" if apart and organisation not in REGULATOR_OF.values() else "the auditors' own organisation"
    needed = REGULATOR_OF.get(role) or (side.keeper if role is Role.OPERATOR else side.about)
    if role in PERSONNEL and own and side.sort is not Keeper.LICENSEE:
        return "a licensee"
    return "" if organisation == needed else f"“{needed}”"
