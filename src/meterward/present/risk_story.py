"""The story of a risk: each estimate with how its numbers came about, and step by step from there to what is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import after, plural
from meterward.core.records.kinds.risk_estimated import RiskEstimated
from meterward.core.records.record import Record
from meterward.core.records.terms import Consequence, RiskState
from meterward.core.risk.measures import Measure, Progress
from meterward.core.risk.register import Move, after_moves, base_of, moves, planned_moves
from meterward.core.risk.scales import Rating, Scales
from meterward.present.risk_words import (
    CONSEQUENCES,
    STATES,
    amount_is,
    amounts,
    consequence_levels,
    level_word,
    likelihood_levels,
    often_is,
    oftens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from meterward.core.records.kinds.risk_estimated import Come
    from meterward.core.records.kinds.risk_treated import RiskTreated
    from meterward.core.risk.register import Risk


_BEFORE: tuple[RiskState, ...] = ("inherent", "current")
_ORDER: tuple[RiskState, ...] = (*_BEFORE, "target")


class Number(NamedTuple):
    """A number of an estimate: of what it is, what was said, and how that makes a level."""

    of: str
    said: str
    how: str


class Estimated(NamedTuple):
    """An estimate: its record, what it comes to on the scales in effect (or why to nothing), number by number."""

    record: Record[RiskEstimated]
    rating: Rating | None
    why_not: str
    numbers: Sequence[Number]
    counts: bool
    """Whether no later one of the same state took its place."""


class Step(NamedTuple):
    """A step on the way from the first estimate to what is wanted: a level, or a measure and what it takes off."""

    name: str
    called: str
    says: str
    rating: Rating | None
    records: tuple[Record[Any], ...] = ()
    """What says so: an estimate, or the plan of a measure and what was said of its progress last."""


class Shown(NamedTuple):
    """A measure against the risk on a day."""

    measure: Measure
    state: Progress
    overdue: bool
    counted: str
    """What it does to the level today, in words."""
    lowers: str


class Appetite(NamedTuple):
    """Of one consequence, how much risk there is and how much is accepted."""

    consequence: Consequence
    called: str
    level: int | None
    accepted: int
    above: bool


def estimates(risk: Risk, day: date, scales: Scales | None, contexts: Mapping[str, Scales]) -> list[Estimated]:
    """Every estimate up to a day, the latest first; those of one day from inherent to target, what counts first."""
    there = reversed([one for one in risk.estimates if one.occurred <= day])
    ordered = sorted(there, key=lambda one: (-one.occurred.toordinal(), _ORDER.index(one.facts.state)))
    return [_estimated(one, risk.estimate(one.facts.state, day), scales, contexts) for one in ordered]


def steps(risk: Risk, day: date, scales: Scales | None) -> list[Step]:
    """How the level of today and the one that is planned follow, step by step."""
    base = base_of(risk, day)
    if scales is None or base is None:
        return []
    found = [_level(name, _rate(scales, one), one) for name in _BEFORE if (one := risk.estimate(name, day))]
    rating = scales.rate(base.facts)
    if rating:
        now, then = list(moves(risk, base, day)), list(planned_moves(risk, base, day))
        found += _moving(scales, rating, [], now, day)
        found.append(_level("residual", after_moves(scales, rating, now)))
        found += _moving(scales, rating, now, [*_beyond(then, now), *map(_back, _beyond(now, then))], day)
        found.append(_level("planned", after_moves(scales, rating, then)))
    if target := risk.estimate("target", day):
        found.append(_level("target", _rate(scales, target), target))
    return found


def measures(risk: Risk, day: date) -> list[Shown]:
    """Every measure that was planned by a day, those that are late first."""
    base = base_of(risk, day)
    moved = {one.measure.record.id: one for one in moves(risk, base, day)} if base else {}
    shown = [_shown(one, risk, day, moved.get(one.record.id)) for one in risk.measures if one.first <= day]
    return sorted(shown, key=lambda one: (not one.overdue, one.measure.record.facts.due, one.measure.record.order))


def appetites(risk: Risk, residual: Rating | None, scales: Scales | None) -> list[Appetite]:
    """How much is accepted of each consequence, beside how much there is."""
    names = dict.fromkeys([*risk.record.facts.consequences, *(residual.levels if residual else ())])
    known = scales.criteria if scales else {}
    return [
        Appetite(
            name,
            CONSEQUENCES[name],
            residual.levels.get(name) if residual else None,
            known[name].appetite,
            bool(residual and name in residual.above),
        )
        for name in names
        if name in known
    ]


def treatments(risk: Risk, day: date) -> list[tuple[Record[RiskTreated], bool]]:
    """Every treatment up to a day, the latest first, with whether it still holds then."""
    there = [one for one in risk.treated if one.occurred <= day]
    return [(one, day < after(one.facts.accepted_until)) for one in reversed(there)]


def lowers(likelihood: int, consequence: int) -> str:
    """What a measure takes off, or gives back where that is below zero, in words."""
    parts = [("likelihood", likelihood), ("consequences", consequence)]
    said = [f"{name} by {plural(abs(by), 'level')}" for name, by in parts if by]
    back = min(likelihood, consequence) < 0
    return f"{'works no more, which raises' if back else 'lowers'} {' and '.join(said)}"


def _estimated(
    record: Record[RiskEstimated],
    last: Record[RiskEstimated] | None,
    scales: Scales | None,
    contexts: Mapping[str, Scales],
) -> Estimated:
    rating = _rate(scales, record)
    own = contexts.get(record.facts.context)
    # What cannot be rated is told on the scales that it was made on.
    on = scales if rating else own
    numbers = list(_numbers(record.facts, on)) if on else []
    return Estimated(record, rating, "" if rating else _why_not(record.facts, scales), numbers, record is last)


def _why_not(facts: RiskEstimated, scales: Scales | None) -> str:
    if scales is None:
        return "No context is in effect on this day, so that nothing is rated."
    if facts.context != scales.record.subject:
        return f"It was made in levels of {facts.context}, and {scales.record.subject} is in effect: estimate it anew."
    return f"{scales.record.subject} has no scale or no level for a part of it: estimate it anew."


def _numbers(facts: RiskEstimated, on: Scales) -> Iterator[Number]:
    least = on.record.facts.likelihood
    rating = on.rate(facts)
    if facts.often:
        how = often_is(facts.often.likely, rating.likelihood, least) if rating else ""
        yield Number("Likelihood", oftens(facts.often), how)
    elif facts.likelihood is not None:
        yield Number("Likelihood", f"level {facts.likelihood}", _word_in(likelihood_levels(least), facts.likelihood))
    for come in facts.consequences:
        yield _come(come, on, rating)
    if rating:
        yield from (_matrix(name, rating, on) for name in rating.levels)


def _come(come: Come, on: Scales, rating: Rating | None) -> Number:
    called, criterion = CONSEQUENCES[come.consequence], on.criteria.get(come.consequence)
    if criterion is None:
        return Number(called, f"level {come.level}" if come.level else "", f"{on.record.subject} has no scale for it")
    if come.points:
        level = rating.consequences[come.consequence] if rating else 0
        how = amount_is(come.points.likely, level, criterion.least, criterion.unit) if level else ""
        return Number(called, amounts(come.points, criterion.unit), how)
    level = come.level or 0
    return Number(called, f"level {level}", _word_in(consequence_levels(criterion.least, criterion.unit), level))


def _matrix(name: Consequence, rating: Rating, on: Scales) -> Number:
    level = rating.levels[name]
    made = f"likelihood {rating.likelihood} and consequence {rating.consequences[name]} make it in the matrix"
    limit = f"up to {on.criteria[name].appetite} is accepted"
    said = f"level {level}, {level_word(level, on).lower()}"
    return Number(f"Risk: {CONSEQUENCES[name].lower()}", said, f"{made}; {limit}")


def _word_in(levels: Sequence[str], level: int) -> str:
    return levels[level - 1] if 1 <= level <= len(levels) else "the scale has no such level"


def _rate(scales: Scales | None, record: Record[RiskEstimated] | None) -> Rating | None:
    return scales.rate(record.facts) if scales and record else None


def _level(name: str, rating: Rating | None, *estimate: Record[RiskEstimated]) -> Step:
    return Step(name, STATES[name].word, STATES[name].says, rating, estimate)


def _beyond(these: Sequence[Move], others: Sequence[Move]) -> list[Move]:
    """Those of measures that the others do not have."""
    known = {one.measure.record.id for one in others}
    return [one for one in these if one.measure.record.id not in known]


def _back(one: Move) -> Move:
    return Move(one.measure, -one.likelihood, -one.consequence)


def _moving(scales: Scales, rating: Rating, before: Sequence[Move], these: Sequence[Move], day: date) -> Iterator[Step]:
    for place, one in enumerate(these):
        after_it = after_moves(scales, rating, [*before, *these[: place + 1]])
        says = lowers(one.likelihood, one.consequence)
        shown = one.measure.works_since(day) or one.measure.last(day)
        records = (one.measure.record, shown) if shown else (one.measure.record,)
        yield Step("measure", one.measure.record.facts.label, says, after_it, records)


def _shown(one: Measure, risk: Risk, day: date, move: Move | None) -> Shown:
    effect = one.effect(risk.name)
    said = lowers(effect.likelihood, effect.consequence)
    return Shown(one, one.state(day), one.is_overdue(day), _counted(one, day, move), said)


def _counted(one: Measure, day: date, move: Move | None) -> str:
    if move and min(move.likelihood, move.consequence) < 0:
        return "was known to the last estimate and works no more, which is given back"
    if move:
        return "counts towards the residual level"
    if not one.first <= day < one.given_up:
        return "is given up, and counts for nothing"
    return "was known to the last estimate" if one.works_since(day) else "lowers nothing until it is shown to work"
