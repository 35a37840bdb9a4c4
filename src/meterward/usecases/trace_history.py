"""Trace how a duty has stood since the condition first bound, to the day of a position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import DAY
from meterward.core.base.timeline import Span
from meterward.core.obligations.status import WORST_FIRST, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.core.obligations.position import DutyPosition, Position


def first_day(position: Position) -> date | None:
    """The first day on which the condition bound; None if it has not yet."""
    days = [first for first, until in (one.in_force for one in position.evaluation.regimes) if first < until]
    first = min(days, default=None)
    return first if first and first <= position.as_at else None


def trace_history(position: Position, duty: DutyPosition) -> list[Span[Status]]:
    """The statuses of a duty from the first day in force to the day of the position, both inclusive."""
    first, until = first_day(position), position.as_at + DAY
    result = position.evaluation.duty(duty.duty.id)
    if first is None or result is None:
        return []
    return [
        Span(max(span.first, first), min(span.until, until), span.value)
        for span in result.timeline.spans()
        if span.first < until and span.until > first
    ]


def in_cells(history: Sequence[Span[Status]], count: int) -> list[Status]:
    """A history in so many cells: the last is the day of the position alone, the others share the days before it.

    So the last cell is what the status beside it says, and whatever happened earlier keeps its place.
    """
    if not history:
        return []
    now = history[-1]
    before = [Span(span.first, min(span.until, now.last), span.value) for span in history if span.first < now.last]
    return [*_shared_out(before, count - 1), now.value] if before else [now.value] * count


def _shared_out(history: Sequence[Span[Status]], count: int) -> list[Status]:
    """A history in so many equal cells, each with the worst that happened in it: a breach of one day is seen."""
    first, days = history[0].first, (history[-1].until - history[0].first).days
    cells = [Status.NOT_IN_FORCE] * count
    for span in history:
        begin = (span.first - first).days * count // days
        end = max(begin + 1, -(-(span.until - first).days * count // days))
        for place in range(begin, min(end, count)):
            cells[place] = min(cells[place], span.value, key=WORST_FIRST.index)
    return cells
