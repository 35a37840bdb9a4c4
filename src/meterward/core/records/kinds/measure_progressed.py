"""`measure.progressed`: how far a measure is, and whether it works."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind
from meterward.core.records.roles import AUDITORS, PERSONNEL
from meterward.core.records.strength import audited_by_auditor, shown_unless_claimed
from meterward.core.records.terms import Strength


class MeasureProgressed(NamedTuple):
    """A measure was begun, operates, was found to work or not to work, or was stopped. The latest counts."""

    state: Annotated[Literal["started", "operating", "effective", "ineffective", "stopped"], "How far it is."]
    strength: Annotated[Strength, "How that is shown. A claim alone lowers no risk."] = "claimed"


KIND = Kind(
    name="measure.progressed",
    facts=MeasureProgressed,
    by=(*PERSONNEL, *AUDITORS),
    text={"note": "What was done or looked at, and what was found."},
    about=("measure",),
    constraints=(shown_unless_claimed, audited_by_auditor),
    example={"state": "started"},
)
