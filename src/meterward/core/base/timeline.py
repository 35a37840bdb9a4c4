"""Timelines: a value for every legal day, each day covered exactly once."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from meterward.core.base.days import DAY, EVER, NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

V = TypeVar("V")
W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Span(Generic[V]):
    """A value that holds on every day of `[first, until)`."""

    first: date
    until: date
    value: V

    @property
    def last(self) -> date:
        """The last day of the span, NEVER if it has no end."""
        return self.until if self.until == NEVER else self.until - DAY


class Timeline(NamedTuple, Generic[V]):
    """Changes in order: from `starts[i]` the value is `values[i]`; the first start is `EVER`, neighbours differ."""

    starts: tuple[date, ...]
    values: tuple[V, ...]

    def at(self, day: date) -> V:
        """The value on a day."""
        return self.values[bisect_right(self.starts, day) - 1]

    def span(self, day: date) -> Span[V]:
        """The span that a day lies in."""
        place = bisect_right(self.starts, day) - 1
        return Span(self.starts[place], self._until(place), self.values[place])

    def spans(self) -> Iterator[Span[V]]:
        """Every span in order."""
        for place, value in enumerate(self.values):
            yield Span(self.starts[place], self._until(place), value)

    def map(self, change: Callable[[V], W]) -> Timeline[W]:
        """Change every value."""
        return of_changes(zip(self.starts, map(change, self.values), strict=True))

    def between(self, first: date, until: date, outside: V) -> Timeline[V]:
        """This timeline on `[first, until)`, and `outside` before and after."""
        if first >= until:
            return constant(outside)
        if first == EVER and until == NEVER:
            return self
        inner = ((start, value) for start, value in zip(self.starts, self.values, strict=True) if first < start < until)
        return of_changes(((EVER, outside), (first, self.at(first)), *inner, (until, outside)))

    def _until(self, place: int) -> date:
        return self.starts[place + 1] if place + 1 < len(self.starts) else NEVER


def constant(value: V) -> Timeline[V]:
    """The same value on every day."""
    return Timeline((EVER,), (value,))


def of_changes(changes: Iterable[tuple[date, V]]) -> Timeline[V]:
    """Changes in order of day, the first on `EVER`; a later change on the same day wins; `NEVER` is no day."""
    starts: list[date] = []
    values: list[V] = []
    for start, value in changes:
        if start == NEVER:
            break
        if starts and starts[-1] == start:
            starts.pop()
            values.pop()
        if not values or values[-1] != value:
            starts.append(start)
            values.append(value)
    return Timeline(tuple(starts), tuple(values))


def zip_with(change: Callable[[Sequence[V]], W], timelines: Sequence[Timeline[V]]) -> Timeline[W]:
    """Combine a few timelines day by day. For many, `tally` is faster."""
    if len(timelines) == 1:
        return timelines[0].map(lambda value: change((value,)))
    days = sorted({start for timeline in timelines for start in timeline.starts})
    return of_changes((day, change([timeline.at(day) for timeline in timelines])) for day in days)


def tally(timelines: Iterable[Timeline[V]], change: Callable[[Counter[V]], W]) -> Timeline[W]:
    """Combine many timelines by how many have each value on a day. Needs at least one.

    One sweep over all changes: for n changes in all, n log n.
    """
    now: Counter[V] = Counter()
    changes: list[tuple[date, V, V]] = []
    for timeline in timelines:
        now[timeline.values[0]] += 1
        changes.extend(zip(timeline.starts[1:], timeline.values, timeline.values[1:], strict=False))
    changes.sort(key=lambda item: item[0])
    return of_changes(_sweep(now, changes, change))


def _sweep(
    now: Counter[V], changes: list[tuple[date, V, V]], change: Callable[[Counter[V]], W]
) -> Iterator[tuple[date, W]]:
    day = EVER
    for start, old, new in changes:
        if start != day:
            yield day, change(now)
            day = start
        now[new] += 1
        now[old] -= 1
        if not now[old]:
            del now[old]
    yield day, change(now)
