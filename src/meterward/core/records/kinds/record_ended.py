"""`record.ended`: an end to the effect of a record."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kind import Kind
from meterward.core.records.roles import EVERYBODY


class RecordEnded(NamedTuple):
    """The effect of a record ends on this record's day: an appointment, a licence, an element's service, a direction.

    What it said stays true for the days before.
    """

    because: Annotated[Literal["expired", "revoked", "superseded", "gone"], "Why it ends."]


KIND = Kind(
    name="record.ended",
    facts=RecordEnded,
    by=EVERYBODY,
    homes=EVERY_KEEPER,
    about=("any",),
    text={"reason": "What brought it about."},
    links=("ends",),
    needs_link="ends",
    example={"because": "gone"},
)
