"""`action.assessed`: somebody checks whether an action had its effect."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, needs_file
from meterward.core.records.roles import AUDITORS, PERSONNEL


class ActionAssessed(NamedTuple):
    """Somebody other than who completed an action checks whether it had its effect."""

    effective: Annotated[Literal["yes", "partly", "no"], "Whether it had its effect."]


KIND = Kind(
    name="action.assessed",
    facts=ActionAssessed,
    by=(*PERSONNEL, *AUDITORS),
    text={"check": "What was looked at, and what was found."},
    about=("action",),
    document=True,
    constraints=(needs_file("whether an action had its effect is shown by what was looked at"),),
    example={"effective": "yes"},
)
