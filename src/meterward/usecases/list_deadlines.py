"""List what is due: across all duties, each thing once, with how far off it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.obligations.position import Deadline, Position


@dataclass(frozen=True, slots=True)
class Ahead:
    """A deadline with how many days lie between it and the day of the position, negative if it passed."""

    deadline: Deadline
    days: int


def due_next(position: Position) -> list[Ahead]:
    """Everything due, overdue things first; what several duties ask for stands once, with the first of them."""
    first: dict[tuple[date, str], Deadline] = {}
    for deadline in position.deadlines:
        first.setdefault((deadline.day, deadline.what), deadline)
    return [Ahead(deadline, (deadline.day - position.as_at).days) for deadline in first.values()]
