"""`document.received`: a report or direction reached the licensee."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind
from meterward.core.records.roles import ISSUING, PERSONNEL
from meterward.core.records.terms import Issuer


class DocumentReceived(NamedTuple):
    """An audit report or a direction reaches the licensee; the record's day is the day of receipt."""

    by: Annotated[Literal["post", "electronic", "hand"], "How it came."]
    to: Annotated[tuple[Issuer, ...], "Who is told that it came. Nobody outside, if none is named."] = ()


KIND = Kind(
    name="document.received",
    facts=DocumentReceived,
    by=PERSONNEL,
    text={"note": "Who received it and how."},
    about=("audit", "direction"),
    shared=lambda facts: [ISSUING[issuer] for issuer in facts.to],
    example={"by": "electronic"},
)
