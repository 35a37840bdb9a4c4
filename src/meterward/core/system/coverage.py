"""How far the meter inventory covers the premises that are supplied: for each fuel, what was counted last by a day.

No duty reads it. Whoever looks at the system sees by it how much of what is at the premises it knows of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import plural
from meterward.core.records.kinds import coverage_measured
from meterward.core.records.kinds.coverage_measured import CoverageMeasured
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from meterward.core.facts.reader import Reader

FUELS = ("gas", "electricity")


class Covered(NamedTuple):
    """What is known of one fuel on a day; no record if nobody has counted it."""

    fuel: str
    record: Record[CoverageMeasured] | None
    age: int = 0
    """So many days before the day asked about lies the one that was counted."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """What keeps one from saying that every premises has one known metering system, in words; empty if nothing."""
        if self.record is None:
            return ("nobody has counted it",)
        facts = self.record.facts
        found = (
            (facts.with_none, f"{facts.with_none:,} premises without a metering system"),
            (facts.with_several, f"{facts.with_several:,} premises with several"),
            (facts.supplying_nobody, f"{plural(facts.supplying_nobody, 'metering system')} supplying nobody"),
        )
        return tuple(says for count, says in found if count)


def last_coverage(read: Reader, day: date, fuels: Iterable[str] = FUELS) -> list[Covered]:
    """What was counted last for each fuel, of a day that had come, by records of days that had come."""
    there = [one for one in read.all(coverage_measured.KIND) if one.occurred <= day]
    return [_covered(fuel, there, day) for fuel in fuels]


def _covered(fuel: str, there: Iterable[Record[CoverageMeasured]], day: date) -> Covered:
    """The newest day counted decides; of several counts of one day, the last record, by day and id."""
    of_it = [one for one in there if one.facts.fuel in (fuel, "both")]
    last = max(of_it, key=lambda one: (one.facts.as_at, one.order), default=None)
    return Covered(fuel, last, (day - last.facts.as_at).days if last else 0)
