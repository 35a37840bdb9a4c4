"""`audit.engaged`: an auditor was engaged."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import AUDITORS, PERSONNEL


class AuditEngaged(NamedTuple):
    """An organisation is engaged for a security audit of the Supplier End-to-End System."""

    organisation: Annotated[str, "The auditors."]
    independence: Annotated[Literal["declared", "not_declared"], "Whether the auditors declared their independence."]
    interests: Annotated[tuple[str, ...], "What else they do, or lately did, for the licensee."] = ()


KIND = Kind(
    name="audit.engaged",
    facts=AuditEngaged,
    by=(*PERSONNEL, *AUDITORS),
    text={"terms": "The terms of the engagement."},
    introduces="audit",
    shared=lambda facts: (facts.organisation,),
    document=True,
    constraints=(distinct("interests"),),
    example={"organisation": "auditor-a", "independence": "declared"},
)
