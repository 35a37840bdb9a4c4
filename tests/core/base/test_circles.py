"""What lies in itself, over however many steps, is found once; a way outward ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.circles import circles, in_words, outward

NAMES = "abcdefgh"


def test_nothing_in_a_circle() -> None:
    assert circles({}) == []
    assert circles({"a": "b", "b": "c", "c": None, "d": "elsewhere"}) == []


def test_each_circle_once_from_its_first_name() -> None:
    around = {"c": "a", "a": "b", "b": "c", "into": "b", "x": "x", "q": "p", "p": "q"}
    assert circles(around) == [("a", "b", "c"), ("p", "q"), ("x",)]


def test_a_way_outward_ends() -> None:
    assert outward({"a": "b", "b": None}, "a") == ("a", "b")
    assert outward({"a": "b", "b": "elsewhere"}, "a") == ("a", "b")
    assert outward({"a": "b", "b": "c", "c": "b"}, "a") == ("a", "b", "c")
    assert outward({}, "a") == ()


def test_a_long_way_is_no_matter() -> None:
    long = {f"{number:06}": f"{number + 1:06}" for number in range(100_000)}
    assert circles(long) == []
    (circle,) = circles({**long, "100000": "000000"})
    assert len(circle) == 100_001


def test_a_circle_in_words() -> None:
    assert in_words("a") == "a is part of itself."
    assert in_words("abcd") == "a is part of itself, by way of b, c, d."
    assert in_words("abcdef") == "a is part of itself, by way of b, c, d and 2 more."


@given(st.dictionaries(st.sampled_from(NAMES), st.none() | st.sampled_from(NAMES)))
def test_what_is_in_a_circle_is_what_comes_back_to_itself(around: dict[str, str | None]) -> None:
    def comes_back(name: str) -> bool:
        step = around.get(name)
        for _ in NAMES:
            if step == name:
                return True
            step = around.get(step) if step else None
        return False

    found = circles(around)
    assert sorted(name for circle in found for name in circle) == sorted(filter(comes_back, NAMES))
    for circle in found:
        assert [around[name] for name in circle] == [*circle[1:], circle[0]]
