"""The roles in which people act. A record names the role and a pseudonym, never a person."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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


_NAMES: Mapping[str, str] = {
    Role.AUTHORITY_OFFICER: "officer of the Authority",
    Role.SECRETARY_OF_STATE_OFFICER: "officer of the Secretary of State",
}


def named(roles: Sequence[str]) -> str:
    """Roles as a person reads them, one or another: `security manager, senior manager or lead auditor`."""
    words = [_NAMES.get(role) or role.replace("_", " ") for role in roles]
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


PERSONNEL = (Role.SECURITY_MANAGER, Role.RISK_OWNER, Role.SENIOR_MANAGER, Role.CONTRIBUTOR, Role.LEGAL_ADVISER)
"""Roles of those who act for the licensee, employed or not."""
MANAGERS = (Role.SECURITY_MANAGER, Role.SENIOR_MANAGER)
AUDITORS = (Role.LEAD_AUDITOR, Role.AUDITOR)
REGULATORS = (Role.AUTHORITY_OFFICER, Role.SECRETARY_OF_STATE_OFFICER)
EVERYBODY = tuple(Role)
REGULATOR_OF: Mapping[Role, str] = {Role.AUTHORITY_OFFICER: "authority", Role.SECRETARY_OF_STATE_OFFICER: "department"}
"""The organisation for which each regulator's role acts; nobody else acts for it."""


def organisation_needed(role: Role, organisation: str, licensee: str) -> str:
    """What the organisation of somebody in a role would have to be, in words; empty if it is one that it can be.

    The licensee's own roles, and whoever operates its ledger, act for the licensee; a regulator's officers for that
    regulator; auditors for an organisation that is neither.
    """
    if role in AUDITORS:
        apart = organisation != licensee and organisation not in REGULATOR_OF.values()
        return "" if apart else "the auditors' own organisation"
    needed = REGULATOR_OF.get(role, licensee)
    return "" if organisation == needed else f"“{needed}”"
