"""How a status looks: a shape, a word and a colour, the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.facts.node import Outcome
from meterward.core.obligations.status import Status

if TYPE_CHECKING:
    from enum import StrEnum


class Mark(NamedTuple):
    """Shape and colour of a status, and the name that a page's style knows it by.

    The colours are of middle lightness, to be read on a dark terminal and on a light one.
    """

    shape: str
    style: str
    name: str


MARKS = {
    Status.MET: Mark("●", "#2e9e63", "met"),
    Status.MET_LATE: Mark("◐", "#7a9e3a", "late"),
    Status.PENDING: Mark("○", "#4a8fe0", "pending"),
    Status.INDETERMINATE: Mark("?", "#b8860b", "unknown"),
    Status.CONTESTED: Mark("⇄", "#a274dc", "contested"),
    Status.BREACHED: Mark("✕", "bold #e0574b", "breached"),
    Status.NOT_TRIGGERED: Mark("·", "dim", "none"),
    Status.CEASED: Mark("–", "dim", "none"),  # noqa: RUF001 - the dash is the shape of what has ceased
    Status.NOT_IN_FORCE: Mark("⌀", "dim", "none"),
}

OUTCOMES = {
    Outcome.HELD: Mark("✓", "#2e9e63", "met"),
    Outcome.FAILED: Mark("✕", "bold #e0574b", "breached"),
    Outcome.UNKNOWN: Mark("?", "#b8860b", "unknown"),
}

FLAG = Mark("⚑", "#c8742b", "flag")


def mark_of(outcome: StrEnum) -> Mark:
    """The mark of a status or an outcome."""
    if isinstance(outcome, Status):
        return MARKS[outcome]
    return OUTCOMES[Outcome(outcome)]
