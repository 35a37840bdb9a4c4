"""The solution design (3.3 of the consultation) beside the register: what treats which risk, and the gaps both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds import design_adopted
from meterward.core.records.kinds.design_adopted import DesignAdopted
from meterward.core.records.record import Record
from meterward.core.risk.measures import Measure
from meterward.core.risk.register import Rated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from meterward.core.facts.reader import Reader


class Traced(NamedTuple):
    """A risk, with the measures that treat it on a day and those that the design traces it to."""

    rated: Rated
    measures: tuple[Measure, ...]
    designed: tuple[str, ...]

    @property
    def is_above(self) -> bool:
        """Whether there is more of it than is accepted."""
        return bool(self.rated.residual and self.rated.residual.above)

    @property
    def beyond(self) -> tuple[str, ...]:
        """The measures that treat it and that the design does not have."""
        return tuple(one.record.subject for one in self.measures if one.record.subject not in self.designed)

    @property
    def over(self) -> tuple[str, ...]:
        """The measures that the design has and that do not treat it any more."""
        there = {one.record.subject for one in self.measures}
        return tuple(one for one in self.designed if one not in there)

    @property
    def is_open(self) -> bool:
        """Whether it is above appetite, and nothing treats it and nobody accepted it."""
        return self.is_above and self.rated.standing == "open"


class Design(NamedTuple):
    """How the measures and the risks of a day hang together, and what the design in force says of it."""

    record: Record[DesignAdopted] | None
    traces: tuple[Traced, ...]
    """Every risk that is above appetite, that a measure treats, or that the design has."""
    measures: Mapping[str, tuple[Measure, tuple[str, ...]]]
    """Every measure in force, with the risks of the register that it treats."""

    @property
    def idle(self) -> tuple[Measure, ...]:
        """The measures none of whose risks is in the register."""
        return tuple(one for one, risks in self.measures.values() if not risks)

    @property
    def gone(self) -> tuple[str, ...]:
        """The risks that the design has and the register has not."""
        there = {one.rated.risk.name for one in self.traces}
        return tuple(one.risk for one in self.record.facts.traces if one.risk not in there) if self.record else ()


def design_on(read: Reader, day: date) -> Record[DesignAdopted] | None:
    """The design in force on a day, the latest if there are several."""
    there = [
        one
        for one in read.all(design_adopted.KIND)
        if one.facts.effective <= day < read.until(one, lambda record: record.facts.effective)
    ]
    return max(there, key=lambda one: one.facts.effective, default=None)


def traced(
    record: Record[DesignAdopted] | None, register: Iterable[Rated], measures: Iterable[Measure], day: date
) -> Design:
    """A design beside the register and the measures of a day."""
    designed = {one.risk: one.measures for one in record.facts.traces} if record else {}
    rows = [Traced(one, treating(one, day), designed.get(one.risk.name, ())) for one in register]
    there = {one.rated.risk.name for one in rows}
    in_force = {
        one.record.subject: (one, tuple(effect.risk for effect in one.record.facts.effects if effect.risk in there))
        for one in measures
        if one.first <= day < one.given_up
    }
    return Design(record, tuple(one for one in rows if one.is_above or one.measures or one.designed), in_force)


def treating(rated: Rated, day: date) -> tuple[Measure, ...]:
    """The measures that are there for a risk on a day, and were not given up."""
    return tuple(one for one in rated.risk.measures if one.first <= day < one.given_up)
