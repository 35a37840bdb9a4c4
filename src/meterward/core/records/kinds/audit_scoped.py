"""`audit.scoped`: the plan of an audit, and what of the system it looks at, clause by clause."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, Unmet, in_order
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Scoped(NamedTuple):
    """How one clause is looked at."""

    clause: Annotated[str, "The clause."]
    approach: Annotated[Literal["full", "sample", "reading", "none"], "How deep the auditors look."]
    elements: Annotated[tuple[str, ...], "At which elements of the system, by name; left out: at all of them."] = ()


class AuditScoped(NamedTuple):
    """The auditors plan an audit: when they are there, and which clauses they look at, how, and at which elements."""

    fieldwork_start: Annotated[date, "First day of the fieldwork that is planned."]
    fieldwork_end: Annotated[date, "Last day of it."]
    report_by: Annotated[date | None, "Day by which the report is promised."] = None
    rows: Annotated[tuple[Scoped, ...], "What is looked at."] = ()


def one_row_each(seen: Seen[AuditScoped]) -> Iterable[Unmet]:
    """Each clause is planned once."""
    clauses = [row.clause for row in seen.facts.rows]
    if len(set(clauses)) != len(clauses):
        yield Unmet("facts.rows", "Two rows are about one clause.", "Plan each clause in one row.")


KIND = Kind(
    name="audit.scoped",
    facts=AuditScoped,
    by=(Role.LEAD_AUDITOR,),
    text={"plan": "The plan in words: what is looked at and why, and who has to be there."},
    about=("audit",),
    shared=lambda _: (),
    links=("corrects", "replaces"),
    constraints=(in_order("fieldwork_start", "fieldwork_end"), in_order("fieldwork_end", "report_by"), one_row_each),
    example={
        "fieldwork_start": "2013-07-15",
        "fieldwork_end": "2013-08-02",
        "report_by": "2013-08-30",
        "rows": [{"clause": "Z.4", "approach": "sample", "elements": ["element/head-end"]}],
    },
)
