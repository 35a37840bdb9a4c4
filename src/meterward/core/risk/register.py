"""The risk register: every risk with its estimates, the measures against it, and how it stands on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from meterward.core.base.days import after
from meterward.core.records.kinds import risk_estimated, risk_identified, risk_treated
from meterward.core.records.kinds.risk_estimated import RiskEstimated
from meterward.core.records.kinds.risk_identified import RiskIdentified
from meterward.core.records.kinds.risk_treated import RiskTreated
from meterward.core.records.record import Record
from meterward.core.risk.measures import Measure, measures_of
from meterward.core.risk.scales import Rating, Scales, every_scales, scales_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.facts.reader import Reader
    from meterward.core.records.terms import RiskState

Standing: TypeAlias = Literal["unrated", "within", "accepted", "treated", "open"]
"""Not rated on the scales in effect; within appetite; above it and accepted, or with a treatment, or with neither."""
RISK = "risk/"


class Risk(NamedTuple):
    """A risk as it was identified on `[first, until)`, and everything recorded about it, in order."""

    name: str
    record: Record[RiskIdentified]
    first: date
    until: date
    estimates: tuple[Record[RiskEstimated], ...]
    measures: tuple[Measure, ...]
    treated: tuple[Record[RiskTreated], ...]

    @property
    def short(self) -> str:
        """Its name as assessments and treatments write it."""
        return self.name.removeprefix(RISK)

    def is_on(self, day: date) -> bool:
        """Whether it is in the register on a day."""
        return self.first <= day < self.until

    def estimate(self, state: RiskState, day: date) -> Record[RiskEstimated] | None:
        """The estimate of a state that counts on a day: the latest."""
        there = [one for one in self.estimates if one.facts.state == state and one.occurred <= day]
        return there[-1] if there else None

    def days(self) -> Iterator[date]:
        """Every day on which how it stands may change."""
        yield self.first
        for estimate in self.estimates:
            yield estimate.occurred
        for measure in self.measures:
            yield from (measure.first, measure.until)
            yield from (one.occurred for one in measure.progress)


class Rated(NamedTuple):
    """How a risk stands on a day. A rating is None where there is no estimate that the scales in effect can rate."""

    risk: Risk
    inherent: Rating | None
    current: Rating | None
    target: Rating | None
    residual: Rating | None
    """The current estimate (or the inherent one), lowered by every measure that was shown to work since, and raised by
    every one that the estimate knew and that works no more."""
    planned: Rating | None
    """The same once every measure that is planned works."""
    standing: Standing


class Move(NamedTuple):
    """By how many levels a measure lowers a risk; below zero, what it gives back since it works no more."""

    measure: Measure
    likelihood: int
    consequence: int


class Register(NamedTuple):
    """Every risk that was ever identified, by name, each time that it was told."""

    risks: Mapping[str, tuple[Risk, ...]]

    def on(self, day: date) -> tuple[Risk, ...]:
        """The risks in the register on a day, by name."""
        return tuple(one for one in self.told() if one.is_on(day))

    def told(self) -> Iterator[Risk]:
        """Every risk, each time that it was told."""
        return chain.from_iterable(self.risks.values())


def register(read: Reader) -> Register:
    """The risk register over all days."""

    def make() -> Register:
        told: defaultdict[str, list[Risk]] = defaultdict(list)
        for record in read.all(risk_identified.KIND):
            told[record.subject].append(_risk(read, record))
        return Register({name: tuple(told[name]) for name in sorted(told)})

    return read.keep(("register",), make)


def rated(read: Reader, risk: Risk, day: date) -> Rated:
    """How a risk stands on a day."""
    last = read.keep(("rated", risk.record.id), lambda: _unasked(read, risk.record))
    found = last.found
    if found is None or found[0] != day:
        found = last.found = day, _rated(read, _risk(read, risk.record), day)
    return found[1]


@dataclass(slots=True)
class _Last:
    """How a risk stands on the day that was asked about last, for pages ask about one day of all risks, and again.

    One day of each is kept and no more: there are as many days as anybody asks about.
    """

    found: tuple[date, Rated] | None = None


def _unasked(read: Reader, record: Record[RiskIdentified]) -> _Last:
    """Nothing yet; but whatever is kept here is made again once anything changes that a rating is read from."""
    _risk(read, record)
    every_scales(read)
    return _Last()


def _rated(read: Reader, risk: Risk, day: date) -> Rated:
    scales = scales_on(read, day)
    if scales is None:
        return Rated(risk, None, None, None, None, None, "unrated")
    of = {state: _rating(scales, risk.estimate(state, day)) for state in _STATES}
    base = base_of(risk, day)
    found = _rating(scales, base)
    residual = after_moves(scales, found, moves(risk, base, day)) if base and found else None
    planned = after_moves(scales, found, planned_moves(risk, base, day)) if base and found else None
    return Rated(risk, of["inherent"], of["current"], of["target"], residual, planned, _standing(risk, residual, day))


def above_appetite(read: Reader, risk: Risk) -> tuple[tuple[date, date], ...]:
    """The periods `[first, until)` in which there is more of a risk than is accepted."""
    return read.keep(("above appetite", risk.record.id), lambda: tuple(_above(read, _risk(read, risk.record))))


def _above(read: Reader, risk: Risk) -> Iterator[tuple[date, date]]:
    contexts = (day for one in every_scales(read) for day in (one.record.occurred, read.until(one.record)))
    days = sorted(day for day in {*risk.days(), *contexts} if risk.is_on(day))
    for day, until in pairwise([*days, risk.until]):
        residual = _rated(read, risk, day).residual
        if residual and residual.above:
            yield day, until


def _risk(read: Reader, record: Record[RiskIdentified]) -> Risk:
    def make() -> Risk:
        name = record.subject
        # Whoever asks until when a record counts has to have read it: what ends it changes its cell.
        read.of(risk_identified.KIND, name)
        estimates = tuple(sorted(read.of(risk_estimated.KIND, name), key=_worse_last))
        treated = read.of(risk_treated.KIND, name.removeprefix(RISK))
        return Risk(name, record, record.occurred, read.until(record), estimates, measures_of(read, name), treated)

    return read.keep(("risk", record.id), make)


def _worse_last(estimate: Record[RiskEstimated]) -> tuple[date, int, bytes]:
    """By day; of one day the worse comes last and counts until it is corrected: nobody knows which was meant."""
    facts = estimate.facts
    likely = facts.often.likely if facts.often else facts.likelihood or 0
    bad = max(come.points.likely if come.points else come.level or 0 for come in facts.consequences)
    return estimate.occurred, likely * bad, estimate.id


_STATES: tuple[RiskState, ...] = ("inherent", "current", "target")


def _rating(scales: Scales, estimate: Record[RiskEstimated] | None) -> Rating | None:
    return scales.rate(estimate.facts) if estimate else None


def base_of(risk: Risk, day: date) -> Record[RiskEstimated] | None:
    """The estimate that residual risk begins with: of the present, or else without any measure."""
    return risk.estimate("current", day) or risk.estimate("inherent", day)


def moves(risk: Risk, base: Record[RiskEstimated], day: date) -> Iterator[Move]:
    """What measures take away that were shown to work since the estimate, and give back that work no more."""
    for measure in risk.measures:
        known, works = _known(measure, base), measure.works_since(day) is not None
        if works != known:
            yield _move(measure, risk, back=known)


def planned_moves(risk: Risk, base: Record[RiskEstimated], day: date) -> Iterator[Move]:
    """What all measures that are planned will take away beyond those that the estimate knew, less what was given up."""
    for measure in risk.measures:
        known, is_planned = _known(measure, base), measure.first <= day < measure.given_up
        if is_planned != known:
            yield _move(measure, risk, back=known)


def after_moves(scales: Scales, rating: Rating, these: Iterable[Move]) -> Rating:
    """A rating once some measures have moved it."""
    found = list(these)
    return scales.moved(rating, sum(one.likelihood for one in found), sum(one.consequence for one in found))


def _move(measure: Measure, risk: Risk, *, back: bool) -> Move:
    _, likelihood, consequence = measure.effect(risk.name)
    return Move(measure, -likelihood, -consequence) if back else Move(measure, likelihood, consequence)


def _known(measure: Measure, base: Record[RiskEstimated]) -> bool:
    """Whether an estimate of the present was made when a measure was shown to work already."""
    return base.facts.state == "current" and measure.works_since(base.occurred) is not None


def _standing(risk: Risk, residual: Rating | None, day: date) -> Standing:
    if residual is None:
        return "unrated"
    if not residual.above:
        return "within"
    there = [one for one in risk.treated if one.occurred <= day < after(one.facts.accepted_until)]
    if any(one.facts.option == "retain" for one in there):
        return "accepted"
    planned = any(measure.first <= day < measure.given_up for measure in risk.measures)
    return "treated" if planned or there else "open"
