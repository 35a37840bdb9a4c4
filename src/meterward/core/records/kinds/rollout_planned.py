"""`rollout.planned`: how many devices are to be in service by when."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import PERSONNEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Milestone(NamedTuple):
    """So many devices by a day."""

    by: Annotated[date, "The day."]
    devices: Annotated[int, "How many are in service by then, those of before counted in."]


class RolloutPlanned(NamedTuple):
    """The trajectory of the roll-out as it is planned. A later plan takes its place."""

    milestones: Annotated[tuple[Milestone, ...], "By when how many; in order."]


def onwards(seen: Seen[RolloutPlanned]) -> Iterable[Unmet]:
    """There is a milestone, and each comes after the one before it."""
    points = seen.facts.milestones
    if not points:
        yield Unmet("facts.milestones", "The list is empty.", "Name at least one day and count.")
    for place, (one, other) in enumerate(itertools.pairwise(points), 1):
        if other.by <= one.by:
            hint = "Write the milestones in the order of their days."
            yield Unmet(f"facts.milestones[{place}].by", f"{other.by} is not after {one.by}.", hint)


KIND = Kind(
    name="rollout.planned",
    facts=RolloutPlanned,
    by=PERSONNEL,
    text={"note": "What the plan rests on."},
    about=("system",),
    constraints=(onwards,),
    example={"milestones": [{"by": "2014-12-31", "devices": 250_000}, {"by": "2015-12-31", "devices": 900_000}]},
)
