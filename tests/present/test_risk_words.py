"""Risk in words: a word for everything that there is, and numbers with how they came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from meterward.core.records.kinds import measure_planned, risk_treated
from meterward.core.records.kinds.risk_estimated import Points
from meterward.core.records.terms import Consequence, RiskState, Strength
from meterward.core.risk.measures import Progress
from meterward.core.risk.queue import Why
from meterward.core.risk.register import Standing
from meterward.present import risk_words as say

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST = (0, 100, 1_000, 10_000)


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (get_args(Standing), say.STANDING_WORDS),
        (get_args(Standing), say.STANDINGS),
        (get_args(Consequence), say.CONSEQUENCES),
        (get_args(Progress), say.PROGRESS),
        (get_args(Progress), say.PROGRESS_MARKS),
        (get_args(Why), say.WHY),
        (get_args(Strength), say.STRENGTHS),
    ],
)
def test_there_is_a_word_for_each_and_for_nothing_else(there: Iterable[str], words: Iterable[str]) -> None:
    assert set(words) == set(there)


def test_there_is_a_word_for_each_state_and_each_treatment() -> None:
    assert set(get_args(RiskState)) < set(say.STATES)
    kinds = (risk_treated.KIND, measure_planned.KIND)
    there = {choice for kind in kinds for field in kind.fields if field.name == "option" for choice in field.choices}
    assert there == set(say.OPTIONS)


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (0, "never"),
        (1, "once in 10,000 years"),
        (3, "about once in 3,333 years"),
        (100, "once in 100 years"),
        (6_000, "about once in 2 years"),
        (9_999, "nearly once a year"),
        (10_000, "once a year"),
        (15_000, "about once a year"),
        (120_000, "12 times a year"),
    ],
)
def test_a_frequency_is_said_as_a_person_says_it(times: int, words: str) -> None:
    assert say.often(times) == words


def test_three_points_are_said_with_their_unit() -> None:
    points = Points(1_000, 40_000, 900_000)
    assert say.amounts(points, "customers off supply") == "40,000 customers off supply (from 1,000 to 900,000)"
    assert say.oftens(Points(1, 100, 10_000)) == "once in 100 years (from once in 10,000 years to once a year)"


def test_how_a_level_came_about_is_said_by_where_it_begins() -> None:
    assert say.amount_is(40_000, 4, _LEAST, "customers") == "40,000 customers is level 4: from 10,000 on"
    assert say.amount_is(20, 1, _LEAST, "customers") == "20 customers is level 1: below 100"
    assert say.often_is(200, 2, _LEAST) == "once in 50 years is level 2: from once in 100 years on"


def test_each_level_of_a_scale_is_said() -> None:
    assert say.likelihood_levels((0, 100, 10_000)) == [
        "less often than once in 100 years",
        "once in 100 years or more often",
        "once a year or more often",
    ]
    assert say.consequence_levels((0, 10, 100), "bills") == [
        "fewer than 10 bills",
        "10 or more bills",
        "100 or more bills",
    ]
