"""Charts are drawn once for what they are drawn from, and so many are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code
from meterward.usecases.draw_system import Chart, draw
from meterward.wiring import charting, seeing
from meterward.wiring.answering import Answering
from meterward.wiring.charting import MOST_KEPT, chart_of
from tests.builders.answers import AS_AT, Kept, at_last, kept, question
from tests.builders.histories import History
from tests.builders.lines import Draft
from tests.builders.system_told import element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAYS = [AS_AT - timedelta(days=back) for back in range(MOST_KEPT + 1)]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[date]]:
    """For which days a chart was drawn, over a ledger of one element of both licences and one of one."""
    history, days = History(), list[date]()
    for name, licences in (("both", ("electricity", "gas")), ("one", ("gas",))):
        facts = {"source": "by_hand", "elements": [element(name)]}
        day = date(2013, 4, 2)
        history.enter(Draft("system.described", day, day, facts, licences=licences))
    store: Kept = kept(history.scribe)
    answering = Answering(store)

    def noted(sides: Sequence[Any], day: date) -> Chart:
        days.append(day)
        return draw(sides, day)

    monkeypatch.setattr(charting, "draw", noted)
    monkeypatch.setattr(seeing, "answering", lambda: answering)
    charting._charts.cache_clear()  # noqa: SLF001 - what other tests had drawn
    yield days
    charting._charts.cache_clear()  # noqa: SLF001 - what this one had drawn


def chart(day: date = AS_AT, licence: str = "") -> Chart:
    """The chart of a day, at once or after jobs."""
    found = at_last(lambda: chart_of(question(day), licence))
    assert isinstance(found, Chart), found
    return found


def test_a_chart_is_drawn_once_and_the_same_one_is_given_again(drawn: list[date]) -> None:
    assert chart() is chart()
    assert drawn == [AS_AT]


def test_what_somebody_supposes_draws_no_other_chart(drawn: list[date]) -> None:
    first = chart()
    supposed = replace(question(), hypothesis={"reading": "other"})
    assert chart_of(supposed) is first
    assert drawn == [AS_AT]


def test_so_many_are_kept_and_the_one_that_was_not_asked_for_longest_goes(drawn: list[date]) -> None:
    found = [chart(day) for day in DAYS[:MOST_KEPT]]
    assert [chart(day) for day in DAYS[:MOST_KEPT]] == found
    assert drawn == DAYS[:MOST_KEPT]
    chart(DAYS[0])
    chart(DAYS[-1])
    assert len(drawn) == MOST_KEPT + 1
    assert chart(DAYS[0]) is found[0]
    assert len(drawn) == MOST_KEPT + 1
    assert chart(DAYS[1]) is not found[1]
    assert drawn[MOST_KEPT + 1 :] == [DAYS[1]]


def test_each_licence_has_its_own_and_one_that_is_not_held_none(drawn: list[date]) -> None:
    assert [set(chart(licence=one).elements) for one in ("", "gas", "electricity")] == [
        {"element/both", "element/one"},
        {"element/both", "element/one"},
        {"element/both"},
    ]
    assert [set(chart(licence=one).elements) for one in ("electricity", "")] == [
        {"element/both"},
        {"element/both", "element/one"},
    ]
    assert len(drawn) == 3
    found = at_last(lambda: chart_of(question(), "water"))
    assert isinstance(found, list)
    assert [one.code for one in found] == [Code.LICENCE_UNKNOWN]
