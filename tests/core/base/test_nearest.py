"""Names offered where one is not known: the nearest, and no more of the others than a person reads."""

from __future__ import annotations

import pytest

from meterward.core.base.nearest import listed, nearest


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "none"),
        (["a"], "a"),
        ([*"abcdefghij"], "a, b, c, d, e, f, g, h, i, j"),
        ([*"abcdefghijk"], "a, b, c, d, e, f, g, h, i, j and 1 more"),
        ([str(number) for number in range(1_500)], "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 1,490 more"),
    ],
)
def test_ten_names_are_listed_and_how_many_more_there_are(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_the_nearest_is_asked_for_if_one_is_near() -> None:
    assert nearest("gsa", ["electricity", "gas"]) == "Did you mean gas? "
    assert nearest("water", ["electricity", "gas"]) == ""


def test_only_so_many_names_are_compared() -> None:
    others = [f"x{number}" for number in range(499)]
    assert nearest("step-l", [*others, "step-1"]) == "Did you mean step-1? "
    assert nearest("step-l", [*others, "x", "step-1"]) == ""
