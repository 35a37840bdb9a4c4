"""Working days are counted one by one; which days are bank holidays is checked where the calendar is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.days import DAY
from meterward.core.base.working_days import WorkingDays

YEAR = (date(2013, 1, 1), date(2013, 12, 31))
EASTER = frozenset({date(2013, 3, 29), date(2013, 4, 1)})
CALENDAR = WorkingDays(*YEAR, EASTER)


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        ("2013-03-04", 0, "2013-03-04"),
        ("2013-03-04", 1, "2013-03-05"),
        ("2013-03-08", 1, "2013-03-11"),
        ("2013-03-09", 1, "2013-03-11"),
        ("2013-03-10", 1, "2013-03-11"),
        ("2013-03-28", 1, "2013-04-02"),
        ("2013-03-29", 1, "2013-04-02"),
        ("2013-03-28", 5, "2013-04-08"),
        ("2013-03-04", 5, "2013-03-11"),
    ],
)
def test_weekends_and_bank_holidays_do_not_count(day: str, count: int, later: str) -> None:
    assert str(CALENDAR.after(date.fromisoformat(day), count)) == later


def test_a_saturday_that_is_a_holiday_as_well_is_left_out_once() -> None:
    calendar = WorkingDays(*YEAR, frozenset({date(2013, 3, 9)}))
    assert calendar.after(date(2013, 3, 8), 1) == date(2013, 3, 11)


@given(st.dates(*YEAR), st.integers(1, 60), st.frozensets(st.dates(*YEAR), max_size=30))
def test_between_a_day_and_the_count_there_are_as_many_working_days(
    day: date, count: int, holidays: frozenset[date]
) -> None:
    calendar = WorkingDays(*YEAR, holidays)
    later = calendar.after(day, count)
    between = [day + (step + 1) * DAY for step in range((later - day).days)]
    working = [one for one in between if one.isoweekday() <= 5 and one not in holidays]
    assert len(working) == count
    assert working[-1] == later
