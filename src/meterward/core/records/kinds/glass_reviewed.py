"""`glass.reviewed`: somebody else looked at what was done by broken glass."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.apart import Apart
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kind import Kind
from meterward.core.records.kinds import glass_broken
from meterward.core.records.roles import MANAGERS, REGULATORS, Role


class GlassReviewed(NamedTuple):
    """Somebody else reviews why the glass was broken, and what was done and read meanwhile."""

    justified: Annotated[Literal["yes", "partly", "no"], "Whether it was justified."]


KIND = Kind(
    name="glass.reviewed",
    facts=GlassReviewed,
    by=(*MANAGERS, Role.LEAD_AUDITOR, *REGULATORS),
    homes=EVERY_KEEPER,
    about=("glass",),
    text={"outcome": "What came of it."},
    needs_text=("outcome",),
    apart=(Apart((glass_broken.KIND.name,), "broke the glass and would review it"),),
    example={"justified": "yes"},
)
