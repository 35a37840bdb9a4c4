"""Histories: from the first day in force to the day of the position, and in cells that hide no breach."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.timeline import Span
from meterward.core.obligations.status import WORST_FIRST, Status
from meterward.usecases.trace_history import first_day, in_cells, trace_history
from tests.usecases.positions import AS_AT, position_of

FIRST = date(2013, 3, 4)


def test_a_history_covers_every_day_once() -> None:
    position = position_of()
    for duty in position.duties:
        history = trace_history(position, duty)
        assert history[0].first == FIRST
        assert history[-1].last == AS_AT
        assert all(one.until == other.first for one, other in itertools.pairwise(history))
        assert history[-1].value is duty.status


@pytest.mark.parametrize(
    ("day", "first"), [(date(2013, 3, 3), None), (FIRST, FIRST), (FIRST + timedelta(1), FIRST), (AS_AT, FIRST)]
)
def test_it_begins_with_the_first_day_in_force(day: date, first: date | None) -> None:
    position = position_of(day)
    assert first_day(position) == first
    assert bool(trace_history(position, position.duties[0])) is (first is not None)


def test_the_first_day_alone_is_a_history() -> None:
    position = position_of(FIRST)
    assert [(span.first, span.last) for span in trace_history(position, position.duties[0])] == [(FIRST, FIRST)]


@st.composite
def histories(draw: st.DrawFn) -> list[Span[Status]]:
    """A history of some stretches."""
    lengths = draw(st.lists(st.integers(1, 400), min_size=1, max_size=12))
    values = draw(st.lists(st.sampled_from(list(Status)), min_size=len(lengths), max_size=len(lengths)))
    spans, day = [], FIRST
    for length, value in zip(lengths, values, strict=True):
        spans.append(Span(day, day + timedelta(length), value))
        day += timedelta(length)
    return spans


@given(histories(), st.integers(2, 60))
def test_no_status_is_better_in_its_cell_than_it_was(history: list[Span[Status]], count: int) -> None:
    cells = in_cells(history, count)
    assert len(cells) == count
    days = (history[-1].last - FIRST).days
    for span in history:
        if days and span.first < history[-1].last:
            place = (span.first - FIRST).days * (count - 1) // days
            assert WORST_FIRST.index(cells[place]) <= WORST_FIRST.index(span.value)
    assert set(cells) <= {span.value for span in history}


@given(histories(), st.integers(2, 60))
def test_the_last_cell_is_the_status_of_the_day(history: list[Span[Status]], count: int) -> None:
    assert in_cells(history, count)[-1] is history[-1].value


@given(histories())
def test_a_cell_for_each_day_is_the_history_itself(history: list[Span[Status]]) -> None:
    days = (history[-1].until - FIRST).days
    cells = in_cells(history, days)
    assert cells == [span.value for span in history for _ in range((span.until - span.first).days)]


def test_nothing_comes_to_nothing() -> None:
    assert in_cells([], 20) == []
