"""`document.received`: a report or direction reached the licensee."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind
from meterward.core.records.roles import PERSONNEL


class DocumentReceived(NamedTuple):
    """An audit report or a direction reaches the licensee; the record's day is the day of receipt."""

    by: Annotated[Literal["post", "electronic", "hand"], "How it came."]


KIND = Kind(
    name="document.received",
    facts=DocumentReceived,
    by=PERSONNEL,
    text={"note": "Who received it and how."},
    about=("audit", "direction"),
    example={"by": "electronic"},
)
