"""`date.determined`: a day on which the law itself depends."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind
from meterward.core.records.roles import PERSONNEL, REGULATORS


class DateDetermined(NamedTuple):
    """Another instrument determines when the condition comes into force, or when the Code goes live.

    The record's own day is the day on which the licensee learned of it. A later determination counts from its own day
    and changes nothing before it.
    """

    event: Annotated[Literal["commencement", "sec_go_live"], "What is determined."]
    day: Annotated[date, "The day that the instrument names; it may lie ahead."]
    instrument: Annotated[str, "A short name of the instrument, such as modification-notice."]


def by_event(_: str, facts: DateDetermined) -> list[tuple[str, ...]]:
    """Looked up by what is determined."""
    return [(facts.event,)]


KIND = Kind(
    name="date.determined",
    facts=DateDetermined,
    by=(*PERSONNEL, *REGULATORS),
    text={"citation": "Where the instrument can be found."},
    about=("licensee",),
    cells=by_event,
    example={"event": "commencement", "day": "2013-03-04", "instrument": "modification-notice"},
)
