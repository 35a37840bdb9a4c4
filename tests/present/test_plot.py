"""Counts over days, drawn: every place within the picture, axes of round numbers, and the same in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.present.plot import HEIGHT, Curve, plot

MARCH = date(2013, 3, 4)


def test_fewer_than_two_days_make_no_picture() -> None:
    assert plot([], MARCH) is None
    assert plot([Curve("none", "None", [(MARCH, 5)]), Curve("several", "Several", [(MARCH, 6)])], MARCH) is None


def test_what_stays_is_drawn_in_steps_up_to_the_day() -> None:
    found = plot([Curve("actual", "In service", [(MARCH, 0), (date(2013, 3, 14), 100)], stays=True)], date(2013, 3, 24))
    assert found
    (curve,) = found.curves
    level = [(one.y1, one.y2) for one in curve.strokes]
    assert level == [("222.0", "222.0"), ("222.0", "26.0"), ("26.0", "26.0"), ("26.0", "26.0")]
    assert [one.x1 for one in curve.strokes[::2]] == ["6.00%", "52.25%"]
    assert curve.strokes[-1].x2 == found.day.at == "98.50%"
    assert found.spoken == "In service: 0 on 4 March 2013, 100 on 14 March 2013"


@pytest.mark.parametrize(
    ("most", "says"),
    [
        (9_400, ["0", "2,500", "5,000", "7,500", "10,000"]),
        (0, ["0", "1"]),
        (3, ["0", "1", "2", "3", "4"]),
        (1_200_000, ["0", "500,000", "1 million", "1.5 million", "2 million"]),
    ],
)
def test_the_axis_has_round_numbers(most: int, says: list[str]) -> None:
    found = plot([Curve("none", "None", [(MARCH, most), (MARCH + timedelta(9), 0)])], MARCH)
    assert found
    assert [one.text for one in found.up] == says


@pytest.mark.parametrize(
    ("days", "says"),
    [(50, ["Apr 2013"]), (400, ["Apr 2013", "Jul 2013", "Oct 2013", "Jan 2014", "Apr 2014"]), (1500, ["2014", "2015"])],
)
def test_months_or_years_stand_along(days: int, says: list[str]) -> None:
    found = plot([Curve("none", "None", [(MARCH, 1), (MARCH + timedelta(days), 2)])], MARCH)
    assert found
    assert [one.text for one in found.along][: len(says)] == says
    assert len(found.along) <= 6


@given(
    st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2199, 12, 31)), st.integers(0, 2**53)), max_size=8),
    st.dates(date(1990, 1, 1), date(2199, 12, 31)),
    st.booleans(),
)
def test_everything_lies_within_the_picture(points: list[tuple[date, int]], day: date, stays: bool) -> None:
    found = plot([Curve("none", "None", sorted(dict(points).items()), stays)], day)
    if found is None:
        assert len(dict(points)) < 2
        return
    (curve,) = found.curves
    along = [one.x for one in curve.points] + [one.at for one in found.along] + [found.day.at]
    assert all(0 <= float(one.rstrip("%")) <= 100 for one in along)
    assert all(0 <= float(one.y) <= HEIGHT for one in curve.points)
    assert all(0 <= float(one.at) <= HEIGHT for one in found.up)
