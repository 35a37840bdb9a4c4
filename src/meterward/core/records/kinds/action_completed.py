"""`action.completed`: a planned action was done."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.apart import Apart
from meterward.core.records.kind import Kind, needs_file
from meterward.core.records.roles import PERSONNEL


class ActionCompleted(NamedTuple):
    """A planned action is completed, with proof."""

    effective: Annotated[bool, "Whether it was checked to have had its effect."] = False


KIND = Kind(
    name="action.completed",
    facts=ActionCompleted,
    by=PERSONNEL,
    text={"note": "What was done."},
    about=("action",),
    document=True,
    apart=(
        Apart(
            ("action.completed",),
            "says of what they completed themselves that it had its effect",
            when=lambda facts: facts.effective,
        ),
    ),
    constraints=(needs_file("a completed action is shown by its proof"),),
    example={"effective": True},
)
