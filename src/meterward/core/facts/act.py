"""Acts: something done on a day, which counts if every condition holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.state import State, known

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.records.record import Record

_COUNTS = known("it counts", Outcome.HELD)


@dataclass(frozen=True, slots=True)
class Act:
    """An act, the day on which it counts as done, and whether it counts, as far as is known on any day."""

    label: str
    day: date
    record: Record[Any]
    counts: State = _COUNTS

    @property
    def known_on(self) -> date:
        """The day from which the act can be taken into account: never before its record's own."""
        return max(self.day, self.record.occurred)

    def explain(self, day: date) -> Node:
        """The act with its conditions on a day."""
        conditions = self.counts.explain(day)
        children = conditions.children or (() if conditions.label == _COUNTS.label else (conditions,))
        return Node(self.label, conditions.outcome, (self.record,), Outcome.UNKNOWN, children=children)
