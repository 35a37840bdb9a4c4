"""The treatment plan as a timeline: a bar a measure, from the day on which work begins to the day on which it is due.

Places along are in percent of the width and places up in pixels, as in `plot`.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import add_months, in_words
from meterward.core.risk.measures import Progress
from meterward.present.risk_words import PROGRESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from meterward.core.risk.measures import Measure


_ROW, _TOP = 34, 30
_LEFT, _RIGHT = 1.0, 99.0
_EDGE = 55.0
_MOST_ALONG = 7
_STEPS = (1, 3, 6, 12, 24, 60, 120)
_YEAR = 12


class Step(NamedTuple):
    """What was said of a measure on a day, as a mark on its bar."""

    x: str
    state: Progress
    says: str


class Text(NamedTuple):
    """Words in the picture, and at which end they begin."""

    x: str
    anchor: str
    says: str


class Bar(NamedTuple):
    """A measure as drawn."""

    name: str
    x: str
    width: str
    y: int
    text: Text
    state: Progress
    is_late: bool
    steps: tuple[Step, ...]
    says: str


class Mark(NamedTuple):
    """A day at the axis."""

    x: str
    text: str


class Timeline(NamedTuple):
    """The whole picture."""

    height: int
    bars: tuple[Bar, ...]
    along: tuple[Mark, ...]
    today: str
    spoken: str


class Sums(NamedTuple):
    """What measures cost, once and each year, and of how many nobody said it."""

    once: int
    yearly: int
    unsaid: int
    states: dict[Progress, int]
    late: int


def timeline(measures: Sequence[Measure], day: date) -> Timeline | None:
    """Measures in one picture, with a mark at a day; None if there are none."""
    if not measures:
        return None
    days = [day, *(_begins(one) for one in measures), *(one.record.facts.due for one in measures)]
    days += [said.occurred for one in measures for said in one.progress if said.occurred <= day]
    first, last = min(days) - timedelta(20), max(days) + timedelta(20)

    def x(when: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (when - first).days / (last - first).days

    bars = tuple(_bar(one, place, x, day) for place, one in enumerate(measures))
    late = sum(one.is_late for one in bars)
    spoken = f"{len(bars)} measures from {in_words(first)} to {in_words(last)}, {late} of them late"
    along = tuple(Mark(f"{x(when):.2f}%", text) for when, text in _along(first, last))
    return Timeline(_TOP + _ROW * len(bars) + 12, bars, along, f"{x(day):.2f}%", spoken)


def sums(measures: Sequence[Measure], day: date) -> Sums:
    """What measures come to."""
    facts = [one.record.facts for one in measures]
    states = Counter(one.state(day) for one in measures)
    return Sums(
        sum(one.cost or 0 for one in facts),
        sum(one.cost_yearly or 0 for one in facts),
        sum(one.cost is None and one.cost_yearly is None for one in facts),
        {state: states[state] for state in PROGRESS if states[state]},
        sum(one.is_overdue(day) for one in measures),
    )


def _begins(measure: Measure) -> date:
    return measure.record.facts.starts or min(measure.first, measure.record.facts.due)


def _bar(measure: Measure, place: int, x: Callable[[date], float], day: date) -> Bar:
    facts, start = measure.record.facts, x(_begins(measure))
    width = max(0.4, x(facts.due) - start)
    state = measure.state(day)
    steps = tuple(
        Step(f"{x(one.occurred):.2f}%", one.facts.state, f"{PROGRESS[one.facts.state].word}, {in_words(one.occurred)}")
        for one in measure.progress
        if one.occurred <= day
    )
    late = measure.is_overdue(day)
    says = f"{facts.label}: {PROGRESS[state].word.lower()}, due {in_words(facts.due)}{', late' if late else ''}"
    right = start > _EDGE
    text = Text(f"{start + width if right else start:.2f}%", "end" if right else "start", facts.label)
    x1, across, y = f"{start:.2f}%", f"{width:.2f}%", _TOP + _ROW * place
    return Bar(measure.record.subject, x1, across, y, text, state, late, steps, says)


def _along(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The beginnings of months or years, a few."""
    months = (last.year - first.year) * _YEAR + last.month - first.month
    step = next((one for one in _STEPS if months // one < _MOST_ALONG), _STEPS[-1])
    when = first.replace(month=1, day=1)
    while when <= last:
        if when >= first:
            yield when, f"{when:%Y}" if step >= _YEAR else f"{when:%b %Y}"
        when = add_months(when, step)
