"""Measures: what is there to treat a risk, how far it is on a day, and whether it is shown to work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from meterward.core.records.kinds import measure_planned, measure_progressed
from meterward.core.records.kinds.measure_planned import Effect, MeasurePlanned
from meterward.core.records.kinds.measure_progressed import MeasureProgressed
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.facts.reader import Reader

Progress: TypeAlias = Literal["planned", "started", "operating", "effective", "ineffective", "stopped"]
_STEPS: tuple[Progress, ...] = ("planned", "started", "operating", "effective", "ineffective", "stopped")
_WORKS = ("operating", "effective")


class Measure(NamedTuple):
    """A measure as it is planned on `[first, until)`, and everything that was said of its progress."""

    record: Record[MeasurePlanned]
    first: date
    until: date
    progress: tuple[Record[MeasureProgressed], ...]

    @property
    def given_up(self) -> date:
        """The day from which it treats nothing any more: its plan ended, or it was stopped for good."""
        last = self.progress[-1] if self.progress else None
        if last is None or last.facts.state != "stopped":
            return self.until
        return min(self.until, last.occurred)

    def is_on(self, day: date) -> bool:
        """Whether it is planned on a day, or was carried out."""
        return self.first <= day < self.until

    def last(self, day: date) -> Record[MeasureProgressed] | None:
        """What was said last of its progress by a day."""
        said = [one for one in self.progress if one.occurred <= day]
        return said[-1] if said else None

    def state(self, day: date) -> Progress:
        """How far it is on a day, as it is said."""
        last = self.last(day)
        return last.facts.state if last else "planned"

    def works_since(self, day: date) -> Record[MeasureProgressed] | None:
        """What shows that it works, if that is shown on a day: the first record since it last did not.

        That it works has to be shown; that it does not is believed.
        """
        since: Record[MeasureProgressed] | None = None
        for one in self.progress:
            if one.occurred > day or not self.is_on(day):
                break
            if one.facts.state not in _WORKS:
                since = None
            elif since is None and one.facts.strength != "claimed":
                since = one
        return since

    def is_overdue(self, day: date) -> bool:
        """Whether it should work by now, and is not shown to."""
        return self.is_on(day) and self.record.facts.due < day and self.works_since(day) is None

    def effect(self, risk: str) -> Effect:
        """What it does to a risk that it is there for."""
        return next(one for one in self.record.facts.effects if one.risk == risk)


def measures_of(read: Reader, risk: str) -> tuple[Measure, ...]:
    """Every measure that is or was there for a risk."""
    return tuple(_measures(read, read.of(measure_planned.KIND, risk)))


def every_measure(read: Reader) -> tuple[Measure, ...]:
    """Every measure that was ever planned."""
    return tuple(_measures(read, read.all(measure_planned.KIND)))


def _measures(read: Reader, planned: tuple[Record[MeasurePlanned], ...]) -> Iterator[Measure]:
    for record in planned:
        said = sorted(read.of(measure_progressed.KIND, record.subject), key=_further_last)
        yield Measure(record, record.occurred, read.until(record), tuple(said))


def _further_last(progress: Record[MeasureProgressed]) -> tuple[date, int, bytes]:
    """By day; of one day as measures go on, and that one does not work, or was stopped, after all else."""
    return progress.occurred, _STEPS.index(progress.facts.state), progress.id
