"""Steps of an explanation: the ways down to them, and what they are called away from their place."""

from __future__ import annotations

import pytest

from meterward.core.facts.node import Node, Outcome, in_its_place


def path(*labels: str) -> tuple[Node, ...]:
    """A way down."""
    return tuple(Node(label, Outcome.HELD) for label in labels)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (("element/a",), "element/a"),
        (("element/a", "designed, against loss"), "element/a: designed, against loss"),
        (("each element", "element/a", "designed, against loss"), "element/a: designed, against loss"),
        (("all needs", "need met: need/a"), "need met: need/a"),
        (("the latest gap assessment", "a gap assessment"), "a gap assessment"),
    ],
)
def test_a_step_is_named_with_what_it_belongs_to(labels: tuple[str, ...], words: str) -> None:
    assert in_its_place(path(*labels)) == words


def test_the_ways_down_are_in_the_order_of_the_tree() -> None:
    leaf, other = path("leaf", "other")
    middle = Node("middle", Outcome.HELD, children=(leaf,))
    top = Node("top", Outcome.HELD, children=(middle, other))
    assert list(top.paths()) == [(top,), (top, middle), (top, middle, leaf), (top, other)]
