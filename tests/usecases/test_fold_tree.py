"""Long lists in an explanation are folded: what is open stays in sight."""

from __future__ import annotations

from meterward.core.facts.node import Node, Outcome
from meterward.usecases.fold_tree import fold


def steps(held: int, unknown: int) -> list[Node]:
    """So many steps that hold and that are open, mixed."""
    mixed = [Node(f"held {number}", Outcome.HELD) for number in range(held)]
    for number in range(unknown):
        mixed.insert(2 * number, Node(f"open {number}", Outcome.UNKNOWN))
    return mixed


def test_a_short_list_is_not_folded() -> None:
    assert fold(steps(6, 6)).shown == tuple(steps(6, 6))
    assert fold(steps(6, 6)).more == ""


def test_a_long_list_keeps_what_is_open_in_its_place() -> None:
    folded = fold(steps(30, 5))
    assert [node.label for node in folded.shown] == [
        *(f"{what} {number}" for number in range(3) for what in ("open", "held")),
        "open 3",
        "open 4",
    ]
    assert folded.more == "27 more that hold"


def test_more_than_enough_open_steps_are_counted() -> None:
    folded = fold(steps(10, 50))
    assert (folded.more_open, folded.more_held) == (30, 7)
    assert folded.more == "30 more open and 7 more that hold"


def test_nothing_is_folded_when_all_is_wanted() -> None:
    assert len(fold(steps(100, 100), full=True).shown) == 200
