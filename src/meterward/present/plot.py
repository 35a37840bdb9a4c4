"""Counts over days, drawn: lines as parts of a picture of any width, with their axes and the same in words.

Places along are in percent of the width and places up in pixels, so that a page can draw it at every width with letters
of one size and no style of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import add_months, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

HEIGHT = 250
_TOP, _BOTTOM = 26, 222
_LEFT, _RIGHT = 6.0, 98.5
_MOST_ALONG, _MOST_UP = 6, 4
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_YEAR = 12
_NEAR_LEFT, _NEAR_RIGHT = 8.0, 93.0


class Curve(NamedTuple):
    """Counts by day: its name in style sheets, what it is called, its points, and whether it stays until the next."""

    name: str
    called: str
    points: Sequence[tuple[date, int]]
    stays: bool = False


class Stroke(NamedTuple):
    """A straight part of a line."""

    x1: str
    y1: str
    x2: str
    y2: str


class Point(NamedTuple):
    """A point of a line, and what it says."""

    x: str
    y: str
    says: str


class Drawn(NamedTuple):
    """A line as drawn."""

    name: str
    called: str
    strokes: list[Stroke]
    points: list[Point]


class Tick(NamedTuple):
    """A word at an axis."""

    at: str
    text: str
    anchor: str = "start"


class Plot(NamedTuple):
    """A picture of some lines."""

    curves: list[Drawn]
    up: list[Tick]
    along: list[Tick]
    day: Tick
    """The day that is shown."""
    spoken: str


def plot(curves: Sequence[Curve], day: date) -> Plot | None:
    """Lines in one picture, with a mark at a day; None if they have fewer than two days to be drawn over."""
    curves = [one for one in curves if one.points]
    days = {when for one in curves for when, _ in one.points}
    if len(days) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    scale = _Scale(min(days), max(*days, day), _ceiling(max(count for one in curves for _, count in one.points)))
    drawn = [Drawn(one.name, one.called, list(_strokes(one, scale, day)), _points(one, scale)) for one in curves]
    spoken = ". ".join(_spoken(one) for one in curves)
    return Plot(drawn, _up(scale), _along(scale), _tick(scale, day, ""), spoken)


class _Scale(NamedTuple):
    first: date
    last: date
    most: int

    def x(self, day: date) -> str:
        """How far along, in percent."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return f"{_LEFT + (_RIGHT - _LEFT) * min(max(share, 0), 1):.2f}%"

    def y(self, count: int) -> str:
        """How far down, in pixels."""
        return f"{_BOTTOM - (_BOTTOM - _TOP) * count / self.most:.1f}"


def _ceiling(most: int) -> int:
    """The next round number."""
    step = 1
    while step * 10 <= most:
        step *= 10
    return next(step * times for times in (1, 2, 4, 5, 10) if step * times >= most)


def _strokes(curve: Curve, scale: _Scale, day: date) -> Iterator[Stroke]:
    points = [*curve.points, (day, curve.points[-1][1])] if curve.stays and curve.points[-1][0] < day else curve.points
    for (one, before), (other, after) in itertools.pairwise(points):
        if curve.stays:
            yield Stroke(scale.x(one), scale.y(before), scale.x(other), scale.y(before))
            yield Stroke(scale.x(other), scale.y(before), scale.x(other), scale.y(after))
        else:
            yield Stroke(scale.x(one), scale.y(before), scale.x(other), scale.y(after))


def _points(curve: Curve, scale: _Scale) -> list[Point]:
    return [
        Point(scale.x(day), scale.y(count), f"{curve.called}, {in_words(day)}: {count:,}")
        for day, count in curve.points
    ]


def _up(scale: _Scale) -> list[Tick]:
    times = next(parts for parts in (_MOST_UP, 5, 2, 1) if scale.most % parts == 0)
    return [Tick(scale.y(one), _short(one)) for one in range(0, scale.most + 1, scale.most // times)]


def _short(count: int) -> str:
    """A count at an axis: 1.2 million, 400,000."""
    million = 1_000_000
    if count < million:
        return f"{count:,}"
    return f"{count // million}{f'.{count % million // 100_000}' if count % million else ''} million"


def _along(scale: _Scale) -> list[Tick]:
    """The beginnings of months or years, a few."""
    months = (scale.last.year - scale.first.year) * _YEAR + scale.last.month - scale.first.month
    step = next((one for one in _STEPS if months // one < _MOST_ALONG), _STEPS[-1])
    start = date(scale.first.year, 1, 1)
    days = (add_months(start, step * number) for number in itertools.count())
    there = itertools.takewhile(lambda one: one <= scale.last, itertools.dropwhile(lambda one: one < scale.first, days))
    return [_tick(scale, one, f"{one:%Y}" if step >= _YEAR else f"{one:%b %Y}") for one in there]


def _tick(scale: _Scale, day: date, text: str) -> Tick:
    at = scale.x(day)
    percent = float(at.rstrip("%"))
    return Tick(at, text, "start" if percent < _NEAR_LEFT else "end" if percent > _NEAR_RIGHT else "middle")


def _spoken(curve: Curve) -> str:
    (first, before), (last, after) = curve.points[0], curve.points[-1]
    return f"{curve.called}: {before:,} on {in_words(first)}, {after:,} on {in_words(last)}"
