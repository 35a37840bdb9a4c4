"""Legal days and calendar months, held against the standard library and against a definition in so many words."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meterward.core.base.days import (
    DAY,
    EARLIEST,
    EVER,
    LATEST,
    NEVER,
    add_months,
    after,
    in_words,
    london_day,
    parse_day,
    plural,
    stretches,
)

DAYS = st.dates(EARLIEST, LATEST)
MONTHS = st.integers(-600, 600)


@pytest.mark.parametrize("year", [1990, 1995, 1996, 2013, 2014, 2024, 2026, 2037])
def test_every_hour_of_a_year_is_on_the_day_that_its_clocks_show(year: int) -> None:
    london = ZoneInfo("Europe/London")
    hour = datetime(year, 1, 1, 1, tzinfo=UTC)
    while hour.year == year:
        for minute in ("00:00", "59:59"):
            assert london_day(f"{hour:%Y-%m-%dT%H}:{minute}Z") == hour.astimezone(london).date(), (hour, minute)
        hour += timedelta(hours=1)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2013-03-30T23:59:59Z", "2013-03-30"),
        ("2013-03-31T00:59:59Z", "2013-03-31"),
        ("2013-03-31T22:59:59Z", "2013-03-31"),
        ("2013-03-31T23:00:00Z", "2013-04-01"),
        ("2013-10-26T23:00:00Z", "2013-10-27"),
        ("2013-10-27T23:00:00Z", "2013-10-27"),
        ("2013-10-27T23:59:59Z", "2013-10-27"),
        ("2013-12-31T23:59:59Z", "2013-12-31"),
        ("2013-06-30T23:00:00Z", "2013-07-01"),
    ],
)
def test_a_day_turns_at_midnight_in_london_before_and_after_the_clocks_change(instant: str, day: str) -> None:
    assert str(london_day(instant)) == day


@pytest.mark.parametrize(
    "instant",
    [
        "",
        "2013-03-04",
        "2013-03-04T09:30:00",
        "2013-03-04T09:30:00z",
        "2013-03-04t09:30:00Z",
        "2013-03-04 09:30:00Z",
        "2013-03-04T09:30Z",
        "2013-03-04T09:30:00.5Z",
        "2013-03-04T09:30:00+00:00",
        "2013-03-04T24:00:00Z",
        "2013-03-04T09:60:00Z",
        "2013-03-04T23:59:60Z",
        "2013-02-29T09:30:00Z",
        "2013-13-01T09:30:00Z",
        "2013-00-01T09:30:00Z",
        "2013-3-4T09:30:00Z",
        " 2013-03-04T09:30:00Z",
        "2013-03-04T09:30:00Z\n",
        "٢٠١٣-03-04T09:30:00Z",
        "1989-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ],
)
def test_what_is_not_an_instant_has_no_day(instant: str) -> None:
    assert london_day(instant) is None


@pytest.mark.parametrize(("instant", "day"), [("1990-01-01T00:00:00Z", EARLIEST), ("2199-12-31T23:59:59Z", LATEST)])
def test_the_first_and_the_last_instant_have_a_day(instant: str, day: date) -> None:
    assert london_day(instant) == day


def test_the_first_hour_of_all_has_no_day_though_london_was_behind() -> None:
    assert london_day("0001-01-01T00:00:00Z") is None
    assert london_day("0000-01-01T00:00:00Z") is None


@given(DAYS)
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20130304",
        "2013-W10-1",
        "2013-3-4",
        "2013-02-29",
        "1900-02-29",
        "2013-04-31",
        "1989-12-31",
        "2200-01-01",
        "2013-03-04 ",
        "٢٠١٣-03-04",
        "2013-03-04T00:00:00",
    ],
)
def test_what_is_not_a_day_is_not_read(text: str) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2013-08-31", 6, "2014-02-28"),
        ("2015-08-31", 6, "2016-02-29"),
        ("2012-02-29", 12, "2013-02-28"),
        ("2012-02-29", 48, "2016-02-29"),
        ("2014-02-28", 6, "2014-08-28"),
        ("2013-12-31", 1, "2014-01-31"),
        ("2013-01-31", 1, "2013-02-28"),
        ("2013-12-15", 12, "2014-12-15"),
        ("2014-03-31", -1, "2014-02-28"),
        ("2014-01-15", -1, "2013-12-15"),
        ("2013-05-31", 0, "2013-05-31"),
    ],
)
def test_months_are_counted_to_the_corresponding_date(day: str, months: int, later: str) -> None:
    assert str(add_months(date.fromisoformat(day), months)) == later


def step_by_step(day: date, months: int) -> date:
    """Month after month, then the same number in that month, or the last that it has."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError(day)


@given(DAYS, MONTHS)
@example(date(2013, 8, 31), 6)
@example(date(2012, 2, 29), 12)
@example(date(2199, 12, 31), 2)
def test_months_are_counted_as_one_would_by_hand(day: date, months: int) -> None:
    assert add_months(day, months) == step_by_step(day, months)


@given(DAYS, DAYS, MONTHS)
def test_a_later_day_never_falls_due_sooner(one: date, other: date, months: int) -> None:
    early, late = sorted((one, other))
    assert add_months(early, months) <= add_months(late, months)


@given(DAYS, MONTHS)
def test_counting_back_leads_back_unless_a_month_was_too_short(day: date, months: int) -> None:
    later = add_months(day, months)
    back = add_months(later, -months)
    assert back == day if later.day == day.day else (back.month, back.day) == (day.month, later.day)
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


def test_a_period_is_over_on_the_day_after_its_last() -> None:
    assert after(date(2013, 12, 31)) == date(2014, 1, 1)
    assert after(None) == after(NEVER) == NEVER


def test_stretches_leave_no_gap_and_no_end() -> None:
    one, two = date(2013, 3, 4), date(2013, 5, 1)
    assert stretches([EVER, one, two]) == [(EVER, one), (one, two), (two, NEVER)]
    assert stretches([one]) == [(one, NEVER)]
    assert stretches([]) == []


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1000, "1,000 days"), (1234567, "1,234,567 days")]
)
def test_one_is_not_many(count: int, words: str) -> None:
    assert plural(count, "day") == words


def test_a_day_is_written_as_a_person_writes_it() -> None:
    assert in_words(date(2013, 3, 4)) == "4 March 2013"
    assert in_words(date(2013, 3, 4) + 10 * DAY) == "14 March 2013"
