"""Evaluation: every duty under every reading, on every day. Same records, same result, in any order of arrival.

status timeline of a duty = readings side by side, each the worst of its strands, laid over the days in force
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.core.base.days import EVER
from meterward.core.base.timeline import Timeline, of_changes, tally, zip_with
from meterward.core.facts.ask import Ask
from meterward.core.facts.node import Node
from meterward.core.obligations.attention import Beside
from meterward.core.obligations.blocks import Blocks
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.regimes import Regime, regimes_of
from meterward.core.obligations.registry import FACTS
from meterward.core.obligations.rules import apply
from meterward.core.obligations.status import Group, Status, group_of, over_children, over_readings
from meterward.core.obligations.strand import Outlook, together

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from datetime import date

    from meterward.core.facts.node import Flag
    from meterward.core.facts.reader import Reader
    from meterward.core.facts.retractions import Retraction
    from meterward.core.obligations.law import Duty, Pack, Reading


@dataclass(frozen=True, slots=True)
class Basis:
    """What an evaluation is made on, besides the records: for whom it is, and what is tried out."""

    licensee: str
    licence: str
    fuel: str
    hypothesis: Mapping[str, str]
    """Parameters tried out on the command line; none of them was adopted."""


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """A duty under one reading. `outlooks` has the reasons, for each regime in which the condition binds."""

    reading: Reading
    timeline: Timeline[Status]
    outlooks: tuple[tuple[Regime, Outlook], ...]
    besides: tuple[tuple[Regime, Beside], ...] = ()
    """What to look at beside them; of the default reading only."""

    def outlook(self, day: date) -> Outlook | None:
        """The reasons on a day; None where the condition does not bind."""
        within = (outlook for regime, outlook in self.outlooks if regime.in_force[0] <= day < regime.in_force[1])
        return next(within, None)


@dataclass(frozen=True, slots=True)
class DutyResult:
    """A duty: its readings side by side, and what they come to."""

    duty: Duty
    readings: tuple[ReadingResult, ...]
    timeline: Timeline[Status]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every duty of a pack, on every day."""

    pack: Pack
    basis: Basis
    regimes: tuple[Regime, ...]
    duties: tuple[DutyResult, ...]
    taken_back: tuple[Retraction, ...] = ()
    """Records of the regimes that were taken back."""

    def duty(self, identity: str) -> DutyResult | None:
        """The result of one duty."""
        return next((result for result in self.duties if result.duty.id == identity), None)

    def regime(self, day: date) -> Regime:
        """The regime of a day."""
        return next(regime for regime in self.regimes if regime.first <= day < regime.until)


def evaluate(pack: Pack, read: Reader, basis: Basis) -> Evaluation:
    """Evaluate every duty. With the same reader after a further record, only what it touches is made again."""
    making = _Making(pack, read, basis)
    results: dict[str, DutyResult] = {}
    for duty in pack.duties:
        if duty.kind is not DutyKind.UMBRELLA:
            results[duty.id] = making.duty(duty)
    for duty in pack.duties:
        if duty.kind is DutyKind.UMBRELLA:
            results[duty.id] = making.umbrella(duty, [results[child] for child in duty.children])
    regimes, taken_back = making.regimes(), read.retractions(making.regimes_key)
    return Evaluation(pack, basis, regimes, tuple(results[duty.id] for duty in pack.duties), taken_back)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one fact comes to, what it flags, and what both are kept by."""

    outlook: Outlook
    flags: tuple[Flag, ...]
    key: Hashable


@dataclass(frozen=True, slots=True)
class _Making:
    """The making of one evaluation."""

    pack: Pack
    read: Reader
    basis: Basis

    @property
    def key(self) -> tuple[str, ...]:
        """What every result depends on besides the records."""
        hypothesis = (f"{name}={value}" for name, value in sorted(self.basis.hypothesis.items()))
        return (self.pack.digest, self.basis.fuel, *hypothesis)

    @property
    def regimes_key(self) -> Hashable:
        """What the regimes are kept by."""
        return ("regimes", *self.key)

    def regimes(self) -> tuple[Regime, ...]:
        fixed = {"fuel": self.basis.fuel, **self.basis.hypothesis}
        return self.read.keep(
            self.regimes_key,
            lambda: tuple(regimes_of(self.read, self.pack, self.basis.licence, fixed)),
        )

    def duty(self, duty: Duty) -> DutyResult:
        def compute() -> DutyResult:
            readings = tuple(self._reading(duty, reading) for reading in duty.readings)
            return DutyResult(duty, readings, zip_with(over_readings, [result.timeline for result in readings]))

        return self.read.keep(("duty", duty.id, *self.key), compute)

    def umbrella(self, duty: Duty, children: Sequence[DutyResult]) -> DutyResult:
        regimes = self.regimes()
        rolled = tally([child.timeline for child in children], over_children)
        timeline = _laid_over(regimes, {regime.first: rolled for regime in regimes})
        explained = Outlook(rolled, lambda day: _children(children, day), lambda _: ())
        outlooks = tuple((regime, explained) for regime in regimes)
        return DutyResult(duty, (ReadingResult(duty.readings[0], timeline, outlooks),), timeline)

    def _reading(self, duty: Duty, reading: Reading) -> ReadingResult:
        outlooks: list[tuple[Regime, Outlook]] = []
        besides: list[tuple[Regime, Beside]] = []
        for regime in self.regimes():
            first, until = regime.in_force
            if regime.begins is None or first >= until:
                continue
            ask = self._ask(regime, regime.begins, reading)
            made = [self._outlook(duty, name, reading, ask) for name in duty.facts]
            outlooks.append((regime, together([one.outlook for one in made])))
            if reading is duty.readings[0]:
                taken_back = self.read.retractions(*(one.key for one in made))
                besides.append((regime, Beside(tuple(flag for one in made for flag in one.flags), taken_back)))
        inside = {regime.first: outlook.timeline for regime, outlook in outlooks}
        return ReadingResult(reading, _laid_over(self.regimes(), inside), tuple(outlooks), tuple(besides))

    def _outlook(self, duty: Duty, name: str, reading: Reading, ask: Ask) -> _Told:
        """What one fact comes to; readings that do not differ in what it asks share it."""
        fact, due = FACTS[name], reading.due or duty.due
        narrowed = ask.narrowed(fact.asks)
        key = ("outlook", duty.id, name, due, narrowed.key, *self.key)
        blocks = Blocks(self.read, key)

        def compute() -> _Told:
            told = fact.tell(self.read, narrowed)
            return _Told(apply(duty, due, told, narrowed, blocks), told.flags, key)

        return self.read.keep(key, compute)

    def _ask(self, regime: Regime, commencement: date, reading: Reading) -> Ask:
        pack = self.pack
        return Ask(
            self.basis.licensee, regime.parameters, commencement, pack.reference, pack.working_days, reading.settings
        )


def _children(children: Sequence[DutyResult], day: date) -> tuple[Node, ...]:
    found = ((child.duty, child.timeline.at(day)) for child in children)
    return tuple(
        Node(f"{duty.id} {duty.title}", status) for duty, status in found if group_of(status) is not Group.NEUTRAL
    )


def _laid_over(regimes: Sequence[Regime], inside: Mapping[date, Timeline[Status]]) -> Timeline[Status]:
    """What a duty is on every day: not in force before, ceased after, its own status in between."""
    changes: list[tuple[date, Status]] = [(EVER, Status.NOT_IN_FORCE)]
    for regime in regimes:
        first, until = regime.in_force
        if first > regime.first:
            changes.append((regime.first, Status.NOT_IN_FORCE))
        if first < until:
            timeline = inside[regime.first]
            changes.append((first, timeline.at(first)))
            changes.extend((span.first, span.value) for span in timeline.spans() if first < span.first < until)
        if regime.begins and until < regime.until:
            changes.append((max(until, regime.first), Status.CEASED))
    return of_changes(changes)
