"""`audit.engaged`: an auditor was engaged."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import AUDITORS, PERSONNEL
from meterward.core.records.values import Label


class OtherWork(NamedTuple):
    """Something else that the auditors do, or did, for the licensee."""

    what: Annotated[Label, "What it is."]
    first: Annotated[date, "First day of it."]
    last: Annotated[date | None, "Last day of it; left out as long as it goes on."] = None


class AuditEngaged(NamedTuple):
    """An organisation is engaged for a security audit of the Supplier End-to-End System."""

    organisation: Annotated[str, "The auditors."]
    independence: Annotated[Literal["declared", "not_declared"], "Whether the auditors declared their independence."]
    interests: Annotated[tuple[str, ...], "What else they do, or lately did, for the licensee."] = ()
    other_work: Annotated[tuple[OtherWork, ...], "The same with its days, where these are known."] = ()


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
