"""Fold long lists in an explanation: what is open stays in sight, what holds is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.facts.node import Node
from meterward.usecases.tell_fact import rank

if TYPE_CHECKING:
    from collections.abc import Sequence


_MOST = 12
_MOST_OPEN = 20
_MOST_HELD = 3


class Folded(NamedTuple):
    """The steps to show, in their order, and how many more there are that are open or that hold."""

    shown: tuple[Node, ...]
    more_open: int = 0
    more_held: int = 0

    @property
    def more(self) -> str:
        """In words what is not shown; empty if nothing is."""
        parts = [f"{self.more_open:,} more open" if self.more_open else ""]
        parts.append(f"{self.more_held:,} more that hold" if self.more_held else "")
        return " and ".join(part for part in parts if part)


def fold(nodes: Sequence[Node], *, full: bool = False) -> Folded:
    """Fold the steps at one place of an explanation; `full` leaves all of them."""
    if full or len(nodes) <= _MOST:
        return Folded(tuple(nodes))
    open_ones = [place for place, node in enumerate(nodes) if rank(node)]
    held = [place for place, node in enumerate(nodes) if not rank(node)]
    shown = sorted([*open_ones[:_MOST_OPEN], *held[:_MOST_HELD]])
    return Folded(
        tuple(nodes[place] for place in shown),
        max(0, len(open_ones) - _MOST_OPEN),
        max(0, len(held) - _MOST_HELD),
    )
