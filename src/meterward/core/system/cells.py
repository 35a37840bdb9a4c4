"""The cells of the matrix of Z.6 as they stand on a day: how strong the proof is, and by which records."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.facts.evidence import findings
from meterward.core.facts.node import Outcome
from meterward.core.facts.remark import Reason
from meterward.core.facts.state import Finding, state_of
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.facts.reader import Reader
    from meterward.core.facts.reference import Reference

SECURE, INSTEAD = "element_secure", "done_instead"
"""The state that a cell is about, and the one that may stand for it where the licensee's power is limited."""


class Standing(StrEnum):
    """How well a cell is shown, worst first. What stands before `evidenced` shows nothing."""

    FAILED = "failed"
    EMPTY = "empty"
    LAPSED = "lapsed"
    CLAIMED = "claimed"
    INSTEAD = "instead"
    """What is within the licensee's power was done instead; said of an element, never of a cell."""
    EVIDENCED = "evidenced"
    CHECKED = "checked"
    AUDITED = "audited"

    @property
    def is_shown(self) -> bool:
        """Whether it is shown to hold."""
        return self in _SHOWN


_SHOWN = frozenset((Standing.INSTEAD, Standing.EVIDENCED, Standing.CHECKED, Standing.AUDITED))
_PLACES = {one: place for place, one in enumerate(Standing)}


class Cell(NamedTuple):
    """A cell on a day: how it stands, the record that decides it, and the day from which it lapses by itself."""

    standing: Standing = Standing.EMPTY
    record: Record[Any] | None = None
    turns: date | None = None
    findings: tuple[Finding, ...] = ()


EMPTY = Cell()
"""A cell that no record is about. It is one, however many there are."""


def worst(standings: Sequence[Standing]) -> Standing:
    """The worst of some."""
    return min(standings, key=_PLACES.__getitem__, default=Standing.EMPTY)


def cell(read: Reader, reference: Reference, day: date, subject: str, aspect: str, fact: str = SECURE) -> Cell:
    """How a cell stands on a day, as the law reads its records."""
    found = tuple(findings(read, reference.states[fact], fact, subject, aspect))
    if not found:
        return EMPTY
    node = state_of(aspect, found, None).explain(day)
    record = node.records[0] if node.records else None
    return Cell(_standing(node.outcome, node.remark and node.remark.reason, record), record, node.turns, found)


def _standing(outcome: StrEnum, reason: Reason | None, record: Record[Any] | None) -> Standing:
    if outcome is Outcome.FAILED:
        return Standing.FAILED
    if outcome is Outcome.HELD and record:
        return Standing(record.facts.strength)
    if reason is Reason.LAPSED:
        return Standing.LAPSED
    return Standing.CLAIMED if record else Standing.EMPTY


def together(cells: Sequence[Cell], instead: Cell, *, limited: bool) -> Standing:
    """How an element stands: as its worst cell, or as what was done instead where power over it is limited."""
    found = worst([one.standing for one in cells])
    return Standing.INSTEAD if limited and not found.is_shown and instead.standing.is_shown else found
