"""The roll-out prepared for a page: plan and devices drawn and listed, and where the devices are on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.system.rollout import IN_SERVICE
from meterward.present.plot import Curve, plot

if TYPE_CHECKING:
    from meterward.core.system.rollout import Rollout
    from meterward.present.plot import Plot
    from meterward.usecases.draw_system import Chart

GROUPS: Mapping[str, str] = {
    "region": "Region",
    "model": "Model",
    "element": "Element",
    "version": "Version",
    "firmware": "Firmware",
    "keys": "Keys",
}
"""What devices are grouped by, where it is told of them."""
UNSAID = "Not said"
STATES = ("live", "trial", "suspended", "decommissioned")
_OUT_OF = 1_000


class Milestone(NamedTuple):
    """What was to be by a day, and what was; None where the day has not come."""

    by: date
    planned: int
    had: int | None

    @property
    def short_of(self) -> int:
        """How many devices were missing."""
        return max(0, self.planned - self.had) if self.had is not None else 0


class Group(NamedTuple):
    """Devices that are alike in something: how many in each state, and how many in service of all that are."""

    name: str
    states: Mapping[str, int]
    share: str

    @property
    def in_service(self) -> int:
        """How many are in service."""
        return sum(self.states.get(one, 0) for one in IN_SERVICE)


def picture(found: Rollout, day: date) -> Plot | None:
    """Plan and devices in one picture."""
    planned = [(one.by, one.devices) for one in found.plan.facts.milestones] if found.plan else []
    actual = [(one.by, one.devices) for one in found.actual]
    return plot([Curve("planned", "Planned", planned), Curve("actual", "In service", actual, stays=True)], day)


def milestones(found: Rollout, day: date) -> list[Milestone]:
    """Every milestone of the plan in force, with what was there on its day."""
    there = found.plan.facts.milestones if found.plan else ()
    return [Milestone(one.by, one.devices, found.had(one.by) if one.by <= day else None) for one in there]


def offered(chart: Chart) -> dict[str, str]:
    """What devices can be grouped by: whatever is told of any."""
    return {
        name: title for name, title in GROUPS.items() if any(getattr(one, name) for one in chart.populations.values())
    }


def groups(chart: Chart, by: str) -> list[Group]:
    """The devices of the day in groups, the largest first."""
    found: dict[str, Counter[str]] = {}
    for one in chart.populations.values():
        found.setdefault(getattr(one, by) or UNSAID, Counter())[one.state] += one.devices
    whole = max((sum(one[state] for state in IN_SERVICE) for one in found.values()), default=0) or 1
    made = [_group(chart, by, name, states, whole) for name, states in found.items()]
    return sorted(made, key=lambda one: (-one.in_service, one.name))


def _group(chart: Chart, by: str, name: str, states: Counter[str], whole: int) -> Group:
    called = chart.elements[name].called if by == "element" and name in chart.elements else name
    tenths = sum(states[state] for state in IN_SERVICE) * _OUT_OF // whole
    return Group(called, dict(states), f"{tenths // 10}.{tenths % 10}%")
