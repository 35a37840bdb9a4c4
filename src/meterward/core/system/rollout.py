"""The roll-out: how many devices were to be in service by when, and how many are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds import rollout_planned
from meterward.core.records.kinds.rollout_planned import Milestone, RolloutPlanned
from meterward.core.records.record import Record
from meterward.core.system.model import system

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.facts.reader import Reader

IN_SERVICE = ("trial", "live")
"""Devices in these states are in service; suspended and decommissioned ones are not."""


class Rollout(NamedTuple):
    """The roll-out up to a day: the plan in force, if there is one, and the devices in service at each change."""

    plan: Record[RolloutPlanned] | None
    actual: tuple[Milestone, ...]

    @property
    def now(self) -> int:
        """How many devices are in service."""
        return self.actual[-1].devices if self.actual else 0

    def wanted(self, day: date) -> int | None:
        """How many were to be in service by the last milestone up to a day; None if none was due."""
        due = [one.devices for one in self.plan.facts.milestones if one.by <= day] if self.plan else []
        return due[-1] if due else None


def rollout(read: Reader, day: date) -> Rollout:
    """The roll-out as it stands on a day."""
    plans = [one for one in read.all(rollout_planned.KIND) if one.occurred <= day]
    spans = [span for there in system(read).populations.values() for span in there if span.told.state in IN_SERVICE]
    changes = sorted({edge for span in spans for edge in (span.first, span.until) if edge <= day})
    counted = [Milestone(one, sum(span.told.devices for span in spans if span.is_on(one))) for one in changes]
    return Rollout(plans[-1] if plans else None, tuple(counted))
