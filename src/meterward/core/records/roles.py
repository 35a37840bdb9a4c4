"""The roles in which people act. A record names the role and a pseudonym, never a person."""

from __future__ import annotations

from enum import StrEnum


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


PERSONNEL = (Role.SECURITY_MANAGER, Role.RISK_OWNER, Role.SENIOR_MANAGER, Role.CONTRIBUTOR, Role.LEGAL_ADVISER)
"""Roles of those who act for the licensee, employed or not."""
MANAGERS = (Role.SECURITY_MANAGER, Role.SENIOR_MANAGER)
AUDITORS = (Role.LEAD_AUDITOR, Role.AUDITOR)
REGULATORS = (Role.AUTHORITY_OFFICER, Role.SECRETARY_OF_STATE_OFFICER)
EVERYBODY = tuple(Role)
