"""What was computed last is kept in the order in which it was asked for."""

from __future__ import annotations

from meterward.wiring.recent import Recent


def test_what_was_not_asked_for_longest_goes() -> None:
    kept = Recent[str](2)
    kept.keep("a", "first")
    kept.keep("b", "second")
    assert kept.get("a") == "first"
    kept.keep("c", "third")
    assert [kept.get(one) for one in "abc"] == ["first", None, "third"]


def test_what_is_forgotten_is_not_there() -> None:
    kept = Recent[str](2)
    kept.keep("a", "first")
    kept.forget("a")
    kept.forget("b")
    assert kept.get("a") is None
