"""The scales of a context, and what an estimate comes to on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds import context_established
from meterward.core.records.kinds.context_established import ContextEstablished, Criterion
from meterward.core.records.record import Record
from meterward.core.records.terms import Consequence

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.risk_estimated import Come, RiskEstimated


class Rating(NamedTuple):
    """What an estimate comes to: levels of likelihood, of each consequence and of risk, and where appetite ends."""

    likelihood: int
    consequences: Mapping[Consequence, int]
    levels: Mapping[Consequence, int]
    above: tuple[Consequence, ...]
    """The consequences of which there is more risk than is accepted."""

    @property
    def level(self) -> int:
        """The highest level of risk of any consequence."""
        return max(self.levels.values())


class Scales(NamedTuple):
    """A context in effect."""

    record: Record[ContextEstablished]
    criteria: Mapping[Consequence, Criterion]

    def rate(self, estimate: RiskEstimated) -> Rating | None:
        """What an estimate comes to; None if it was made in levels of other scales, or of none that there are.

        What was estimated in three points can be rated on any scales that know its consequences.
        """
        likelihood = self._likelihood(estimate)
        found = {one.consequence: self._consequence(estimate, one) for one in estimate.consequences}
        known = {name: level for name, level in found.items() if level is not None}
        return self.rating(likelihood, known) if likelihood is not None and len(known) == len(found) else None

    def rating(self, likelihood: int, consequences: Mapping[Consequence, int]) -> Rating:
        """The levels of risk that a likelihood and some consequences make."""
        row = self.record.facts.matrix[likelihood - 1].levels
        levels = {name: row[level - 1] for name, level in consequences.items()}
        above = tuple(name for name, level in levels.items() if level > self.criteria[name].appetite)
        return Rating(likelihood, consequences, levels, above)

    def moved(self, rating: Rating, likelihood: int, consequence: int) -> Rating:
        """A rating after so many levels less of each, or more where that is below zero; it stays on the scales."""
        facts = self.record.facts
        highest = len(facts.matrix[0].levels)
        moved = {name: _within(level - consequence, highest) for name, level in rating.consequences.items()}
        return self.rating(_within(rating.likelihood - likelihood, len(facts.likelihood)), moved)

    def _likelihood(self, estimate: RiskEstimated) -> int | None:
        least = self.record.facts.likelihood
        if estimate.often:
            return _level(least, estimate.often.likely)
        return self._own(estimate, estimate.likelihood, len(least))

    def _consequence(self, estimate: RiskEstimated, come: Come) -> int | None:
        criterion = self.criteria.get(come.consequence)
        if criterion is None:
            return None
        if come.points:
            return _level(criterion.least, come.points.likely)
        return self._own(estimate, come.level, len(criterion.least))

    def _own(self, estimate: RiskEstimated, level: int | None, levels: int) -> int | None:
        own = level is not None and estimate.context == self.record.subject and 1 <= level <= levels
        return level if own else None


def scales_on(read: Reader, day: date) -> Scales | None:
    """The scales in effect on a day, the latest if there are several; None if there are none."""
    for one in reversed(every_scales(read)):
        if one.record.occurred <= day < read.until(one.record):
            return one
    return None


def every_scales(read: Reader) -> tuple[Scales, ...]:
    """The scales of every context that was ever established, in order."""

    def make() -> tuple[Scales, ...]:
        there = read.all(context_established.KIND)
        return tuple(Scales(one, {item.consequence: item for item in one.facts.criteria}) for one in there)

    return read.keep(("scales",), make)


def _level(least: tuple[int, ...], amount: int) -> int:
    """The level that an amount lies in; what is less than the first level begins with is of the first."""
    return max(1, bisect_right(least, amount))


def _within(level: int, highest: int) -> int:
    return max(1, min(highest, level))
