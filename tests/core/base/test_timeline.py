"""The algebra of timelines, held against doing everything day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.days import DAY, EVER, NEVER
from meterward.core.base.timeline import Span, Timeline, constant, of_changes, tally, zip_with

if TYPE_CHECKING:
    from collections.abc import Sequence

START = date(2013, 1, 1)
WINDOW = [START + step * DAY for step in range(-1, 42)]
SAMPLE = [EVER, *WINDOW, NEVER - DAY, NEVER]
SOME_DAYS = st.sampled_from(WINDOW)
V = TypeVar("V")
Changes = list[tuple[date, str]]
CHANGES: st.SearchStrategy[Changes] = st.builds(
    lambda first, later: [(EVER, first), *sorted(later, key=lambda change: change[0])],
    st.sampled_from("abc"),
    st.lists(st.tuples(SOME_DAYS | st.just(NEVER), st.sampled_from("abc")), max_size=12),
)
TIMELINES = CHANGES.map(of_changes)
SOME = st.lists(TIMELINES, min_size=1, max_size=6)


def naive(changes: Changes, day: date) -> str:
    """The last change on or before a day; there is nothing on NEVER."""
    return [value for start, value in changes if start <= day and start != NEVER][-1]


def well_formed(timeline: Timeline[V]) -> bool:
    """One value for each start, from EVER on, in order, neighbours different."""
    starts, values = timeline
    return (
        len(starts) == len(values) > 0
        and starts[0] == EVER
        and NEVER not in starts
        and all(one < other for one, other in pairwise(starts))
        and all(one != other for one, other in pairwise(values))
    )


@given(CHANGES)
def test_a_timeline_has_the_value_of_the_last_change(changes: Changes) -> None:
    timeline = of_changes(changes)
    assert well_formed(timeline)
    assert [timeline.at(day) for day in SAMPLE] == [naive(changes, day) for day in SAMPLE]


@given(TIMELINES, TIMELINES)
def test_timelines_are_equal_if_they_are_on_every_day(one: Timeline[str], other: Timeline[str]) -> None:
    assert (one == other) == all(one.at(day) == other.at(day) for day in SAMPLE)


@given(TIMELINES)
def test_spans_cover_every_day_once(timeline: Timeline[str]) -> None:
    spans = list(timeline.spans())
    assert (spans[0].first, spans[-1].until) == (EVER, NEVER)
    assert all(one.until == other.first for one, other in pairwise(spans))
    for day in SAMPLE[:-1]:
        (found,) = [span for span in spans if span.first <= day < span.until]
        assert timeline.span(day) == found
        assert found.value == timeline.at(day)


def test_a_span_ends_on_the_day_before_the_next() -> None:
    assert Span(START, START + 10 * DAY, "x").last == START + 9 * DAY
    assert Span(START, NEVER, "x").last == NEVER


@given(TIMELINES)
def test_every_value_is_mapped(timeline: Timeline[str]) -> None:
    mapped = timeline.map(lambda value: value == "a")
    assert well_formed(mapped)
    assert [mapped.at(day) for day in SAMPLE] == [timeline.at(day) == "a" for day in SAMPLE]


@given(TIMELINES, SOME_DAYS | st.just(EVER), SOME_DAYS | st.just(NEVER))
def test_between_keeps_the_days_from_the_first_to_the_last(timeline: Timeline[str], first: date, until: date) -> None:
    cut = timeline.between(first, until, "-")
    assert well_formed(cut)
    days = SAMPLE[:-1]
    assert [cut.at(day) for day in days] == [timeline.at(day) if first <= day < until else "-" for day in days]


@given(SOME)
def test_timelines_are_zipped_day_by_day(timelines: list[Timeline[str]]) -> None:
    def joined(values: Sequence[str]) -> str:
        return "".join(values)

    zipped = zip_with(joined, timelines)
    assert well_formed(zipped)
    assert [zipped.at(day) for day in SAMPLE] == [joined([one.at(day) for one in timelines]) for day in SAMPLE]


@given(SOME)
def test_timelines_are_tallied_day_by_day(timelines: list[Timeline[str]]) -> None:
    def counted(count: Counter[str]) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(count.items()))

    tallied = tally(timelines, counted)
    assert well_formed(tallied)
    assert [tallied.at(day) for day in SAMPLE] == [counted(Counter(one.at(day) for one in timelines)) for day in SAMPLE]


@given(SOME)
def test_the_order_of_what_is_tallied_does_not_matter(timelines: list[Timeline[str]]) -> None:
    assert tally(timelines, dict) == tally(timelines[::-1], dict)


@pytest.mark.parametrize("day", SAMPLE)
def test_a_constant_is_the_same_on_every_day(day: date) -> None:
    assert constant("x").at(day) == "x"
    assert constant("x").span(day) == Span(EVER, NEVER, "x")
