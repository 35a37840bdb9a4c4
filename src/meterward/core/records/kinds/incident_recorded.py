"""`incident.recorded`: a security incident."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind
from meterward.core.records.roles import PERSONNEL


class IncidentRecorded(NamedTuple):
    """A security incident on the system, or in relation to it."""

    detected: Annotated[date, "The day on which it was detected."]
    severity: Annotated[Literal["low", "medium", "high"], "How grave it was."]
    affected: Annotated[tuple[str, ...], Ref(("element",)), "The elements affected."] = ()


KIND = Kind(
    name="incident.recorded",
    facts=IncidentRecorded,
    by=PERSONNEL,
    text={"description": "What happened, and what was done."},
    introduces="incident",
    document=True,
    example={"detected": "2013-06-10", "severity": "medium"},
)
