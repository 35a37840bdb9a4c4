"""List what is due: across all duties, each thing once, with how far off it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from meterward.core.obligations.position import Deadline, Position

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ahead:
    """A deadline with how many days lie between it and the day of the position, negative if it passed."""

    deadline: Deadline
    days: int


def due_next(position: Position) -> list[Ahead]:
    """Everything due, overdue things first; what several duties ask for stands once, with the first of them."""
    found = each_once(position.deadlines, lambda one: (one.day, one.what))
    return [Ahead(deadline, (deadline.day - position.as_at).days) for deadline in found]


def each_once(deadlines: Iterable[T], told: Callable[[T], Hashable]) -> Iterable[T]:
    """Of deadlines of which the same is told (by when, and what), the first of each."""
    first: dict[Hashable, T] = {}
    for deadline in deadlines:
        first.setdefault(told(deadline), deadline)
    return first.values()
