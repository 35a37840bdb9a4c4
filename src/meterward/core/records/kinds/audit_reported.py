"""`audit.reported`: the auditors' report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, Unmet, distinct, in_order
from meterward.core.records.roles import AUDITORS, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class AuditReported(NamedTuple):
    """The auditors report on a security audit."""

    author: Annotated[str, "The organisation that wrote it."]
    addressee: Annotated[str, "The organisation that it is addressed to."]
    status: Annotated[Literal["draft", "final"], "A draft is not a report."]
    fieldwork_start: Annotated[date, "First day of the fieldwork."]
    fieldwork_end: Annotated[date, "Last day of the fieldwork."]
    coverage: Annotated[tuple[str, ...], "The clauses that it assesses compliance with."]
    recommendations: Annotated[
        tuple[str, ...] | None, "Its recommendations by name; an empty list says that there are none."
    ] = None


def fieldwork_before_report(seen: Seen[AuditReported]) -> Iterable[Unmet]:
    """A final report follows the fieldwork."""
    if seen.facts.fieldwork_end > seen.occurred:
        yield Unmet(
            "facts.fieldwork_end",
            f"{seen.facts.fieldwork_end} is after the report of {seen.occurred}.",
            "Fieldwork ends on or before the day of the report.",
        )


KIND = Kind(
    name="audit.reported",
    facts=AuditReported,
    by=(*AUDITORS, Role.SECURITY_MANAGER),
    text={"summary": "What the report says, in brief."},
    about=("audit",),
    shared=lambda facts: (facts.author,),
    document=True,
    links=("corrects", "replaces"),
    weighty=True,
    constraints=(
        in_order("fieldwork_start", "fieldwork_end"),
        distinct("coverage"),
        distinct("recommendations"),
        fieldwork_before_report,
    ),
    example={
        "author": "auditor-a",
        "addressee": "northlight",
        "status": "final",
        "fieldwork_start": "2013-07-15",
        "fieldwork_end": "2013-08-02",
        "coverage": ["Z.4"],
        "recommendations": ["rec-1"],
    },
)
