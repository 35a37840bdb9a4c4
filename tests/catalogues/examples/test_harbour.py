"""Harbour, an invented supplier of 2013 to 2016, on its telling days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.catalogues.examples.told import evaluated, read, statuses

if TYPE_CHECKING:
    from meterward.core.obligations.evaluate import Evaluation

TODAY = date(2016, 9, 30)
READINGS = (
    "deadline-windows",
    "anniversaries",
    "calendar-years",
    "since-last",
    "late-first-serves-its-window",
)


def evaluation(known_at: date | None = None) -> Evaluation:
    return evaluated("harbour-2013", TODAY, "gas", known_at).position.evaluation


def on(day: date) -> dict[str, str]:
    return statuses(evaluation(), day)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2013, 3, 4), {"Z.4": "indeterminate", "Z.8": "indeterminate", "Z.9": "met", "Z.14(a)": "pending"}),
        (date(2013, 3, 17), {"Z.13(a)": "met", "Z.13(b)": "indeterminate", "Z.12": "met"}),
        (date(2013, 8, 19), {"Z.14(a)": "pending", "Z.14(b)": "not-triggered", "Z.15(a)": "not-triggered"}),
        (date(2013, 8, 20), {"Z.14(a)": "met", "Z.14(b)": "met", "Z.15(a)": "met", "Z.16(a)": "pending"}),
        (date(2014, 3, 1), {"Z.7(b)/produce": "breached", "Z.16(b)": "indeterminate", "Z.9/maintain": "met"}),
        (date(2014, 3, 10), {"Z.7(b)/produce": "met-late", "Z.9/maintain": "breached", "Z.7(a)": "breached"}),
        (date(2014, 3, 11), {"Z.9/maintain": "met", "Z.12": "contested", "Z.10(c)": "met"}),
        (date(2014, 4, 11), {"Z.12": "indeterminate", "Z.7(a)": "indeterminate", "Z.9(a)": "met"}),
        (date(2014, 4, 22), {"Z.12": "met-late", "Z.4": "met"}),
        (date(2014, 5, 20), {"Z.4": "indeterminate", "Z.11": "met"}),
        (date(2014, 6, 12), {"Z.4": "breached", "Z.11": "met"}),
        (date(2014, 7, 1), {"Z.8": "indeterminate", "Z.4": "breached"}),
        (date(2014, 8, 20), {"Z.14(b)": "pending", "Z.8": "met"}),
        (date(2014, 8, 21), {"Z.14(b)": "contested", "Z.7(a)": "contested"}),
        (date(2014, 9, 1), {"Z.4": "met"}),
        (date(2014, 11, 29), {"Z.14(b)": "contested", "Z.17(c)": "pending"}),
        (date(2014, 11, 30), {"Z.14(b)": "met-late", "Z.16(a)": "pending"}),
        (date(2014, 12, 5), {"Z.17(c)": "pending", "Z.19": "pending"}),
        (date(2014, 12, 6), {"Z.17(c)": "contested", "Z.19": "contested"}),
        (date(2014, 12, 9), {"Z.17(c)": "met-late", "Z.19": "met-late"}),
        (date(2014, 12, 31), {"Z.11": "indeterminate"}),
        (date(2015, 1, 12), {"Z.11": "met"}),
        (date(2015, 10, 1), {"Z.8": "met"}),
        (date(2015, 10, 2), {"Z.8": "indeterminate", "Z.16(a)": "met"}),
        (date(2015, 11, 16), {"Z.8": "met", "Z.7(a)": "pending"}),
        (date(2016, 8, 30), {"Z.19": "pending", "Z.4": "met", "Z.7(a)": "pending"}),
    ],
)
def test_where_duties_stand(day: date, expected: dict[str, str]) -> None:
    found = on(day)
    assert {duty: found[duty] for duty in expected} == expected


@pytest.mark.parametrize("day", [date(2012, 12, 20), date(2013, 3, 3)])
def test_nothing_binds_before_commencement(day: date) -> None:
    assert set(on(day).values()) == {"not-in-force"}


@pytest.mark.parametrize("day", [date(2016, 8, 31), date(2016, 9, 16)])
def test_everything_ends_at_go_live(day: date) -> None:
    assert set(on(day).values()) == {"ceased"}


def test_until_it_was_moved_go_live_was_in_april() -> None:
    before = evaluation(date(2016, 2, 14))
    assert statuses(before, date(2016, 3, 31))["Z.9/maintain"] == "met"
    assert set(statuses(before, date(2016, 4, 1)).values()) == {"ceased"}
    assert on(date(2016, 4, 1))["Z.9/maintain"] == "met"


@pytest.mark.parametrize(
    ("reading", "spans"),
    [
        (
            "deadline-windows",
            [
                ("pending", date(2013, 9, 5), date(2014, 9, 4)),
                ("breached", date(2014, 9, 5), date(2014, 11, 29)),
                ("met-late", date(2014, 11, 30), date(2015, 9, 4)),
                ("pending", date(2015, 9, 5), date(2015, 9, 9)),
                ("met", date(2015, 9, 10), date(2016, 8, 30)),
            ],
        ),
        (
            "since-last",
            [
                ("met", date(2013, 8, 20), date(2014, 8, 20)),
                ("breached", date(2014, 8, 21), date(2014, 11, 29)),
                ("met-late", date(2014, 11, 30), date(2015, 9, 9)),
                ("met", date(2015, 9, 10), date(2016, 8, 30)),
            ],
        ),
    ],
)
def test_the_worked_history_of_audits_comes_out_day_for_day(reading: str, spans: list[tuple[str, date, date]]) -> None:
    result = evaluation().duty("Z.14(b)")
    assert result
    timeline = next(one.timeline for one in result.readings if one.reading.id == reading)
    for status, first, last in spans:
        days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
        assert {timeline.at(day).value for day in days} == {status}, (status, first, last)


def test_two_readings_never_breach() -> None:
    result = evaluation().duty("Z.14(b)")
    assert result
    breached = {
        one.reading.id for one in result.readings if any(s.value.value == "breached" for s in one.timeline.spans())
    }
    assert set(READINGS) - breached == {"anniversaries", "calendar-years"}


def test_its_size() -> None:
    loaded = read("harbour-2013", TODAY)
    assert 110 <= loaded.size <= 150
    assert {record.licences for record in loaded.records} == {("gas",)}
