"""The roll-out: how many devices were to be in service by when, and how many are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import NEVER
from meterward.core.records.kinds import rollout_planned
from meterward.core.records.kinds.rollout_planned import Milestone, RolloutPlanned
from meterward.core.records.record import Record
from meterward.core.system.model import system

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.system_described import PopulationRow
    from meterward.core.system.model import Span

IN_SERVICE = ("trial", "live")
"""Devices in these states are in service; suspended and decommissioned ones are not."""


class Rollout(NamedTuple):
    """The roll-out up to a day: the plans so far, of which the last is in force, and the devices at each change."""

    plans: tuple[Record[RolloutPlanned], ...]
    actual: tuple[Milestone, ...]

    @property
    def plan(self) -> Record[RolloutPlanned] | None:
        """The plan in force, if there is one."""
        return self.plans[-1] if self.plans else None

    @property
    def now(self) -> int:
        """How many devices are in service."""
        return self.actual[-1].devices if self.actual else 0

    def wanted(self, day: date) -> int | None:
        """How many were to be in service by the last milestone up to a day; None if none was due."""
        due = [one.devices for one in self.plan.facts.milestones if one.by <= day] if self.plan else []
        return due[-1] if due else None

    def had(self, day: date) -> int:
        """How many devices were in service on a day."""
        had = [one.devices for one in self.actual if one.by <= day]
        return had[-1] if had else 0


def rollout(read: Reader, day: date) -> Rollout:
    """The roll-out of a licence as it stands on a day."""
    return joined_rollout((read,), day)


def joined_rollout(reads: Sequence[Reader], day: date) -> Rollout:
    """The roll-out of some licences together. Devices that are told for several of them count once."""
    plans = {one.id: one for read in reads for one in read.all(rollout_planned.KIND) if one.occurred <= day}
    changes: Counter[date] = Counter()
    for spans in _named(reads):
        before = 0
        for edge in sorted({edge for one in spans for edge in (one.first, one.until) if edge != NEVER}):
            there = _in_service(spans, edge)
            changes[edge] += there - before
            before = there
    total, actual = 0, []
    for edge in sorted(one for one, more in changes.items() if more and one <= day):
        total += changes[edge]
        actual.append(Milestone(edge, total))
    return Rollout(tuple(sorted(plans.values(), key=lambda one: one.order)), tuple(actual))


def _named(reads: Sequence[Reader]) -> Iterator[list[Span[PopulationRow]]]:
    """What is told of each population that is in service at some time, under any licence."""
    found: dict[str, list[Span[PopulationRow]]] = {}
    for read in reads:
        for name, spans in system(read).populations.items():
            found.setdefault(name, []).extend(spans)
    return (spans for spans in found.values() if any(one.told.state in IN_SERVICE for one in spans))


def _in_service(spans: Sequence[Span[PopulationRow]], day: date) -> int:
    """How many devices of a population are in service on a day, by what was told of it last."""
    there = [one for one in spans if one.is_on(day)]
    last = max(there, key=lambda one: one.record.order, default=None)
    return last.told.devices if last and last.told.state in IN_SERVICE else 0
