"""`audit.asked`: auditors ask the licensee for evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import AUDITORS
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Wanted(NamedTuple):
    """One thing that the auditors want to see."""

    name: Annotated[str, "A short name, such as item-1."]
    says: Annotated[Label, "What it is."]
    clause: Annotated[str | None, "The clause that it is about."] = None


class AuditAsked(NamedTuple):
    """The auditors ask the licensee for evidence. The clock runs from the day of the request."""

    audit: Annotated[str, Ref(("audit",)), "The audit that it is for."]
    items: Annotated[tuple[Wanted, ...], "What they want to see."]
    due: Annotated[date, "Last day on which an answer is in time."]


def distinct_items(seen: Seen[AuditAsked]) -> Iterable[Unmet]:
    """Something is asked for, and each thing has a name of its own."""
    names = [item.name for item in seen.facts.items]
    if not names:
        yield Unmet("facts.items", "Nothing is asked for.", "Name at least one thing.")
    if len(set(names)) != len(names):
        yield Unmet("facts.items", "Two things have one name.", "Give each a name of its own.")


KIND = Kind(
    name="audit.asked",
    facts=AuditAsked,
    by=AUDITORS,
    text={"request": "The request in words."},
    introduces="enquiry",
    shared=lambda _: (),
    lasting=True,
    constraints=(distinct_items,),
    example={
        "audit": "audit/1",
        "items": [{"name": "item-1", "says": "Minutes of the last three key ceremonies", "clause": "Z.10(b)"}],
        "due": "2013-07-12",
    },
)
