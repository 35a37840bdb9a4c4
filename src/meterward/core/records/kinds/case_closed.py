"""`case.closed`: an enforcement case is closed."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.core.records.kind import Kind
from meterward.core.records.roles import REGULATORS


class CaseClosed(NamedTuple):
    """A case is closed. What was decided outside is told in its words; the position of the licensee is computed."""

    outcome: Annotated[
        Literal["no_action", "put_right", "undertaking", "direction", "enforcement"], "How it came to its end."
    ]


KIND = Kind(
    name="case.closed",
    facts=CaseClosed,
    by=REGULATORS,
    text={"reasons": "The reasons."},
    needs_text=("reasons",),
    about=("case",),
    homes=REGULATOR_KEEPERS,
    example={"outcome": "put_right"},
)
