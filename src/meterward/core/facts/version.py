"""Versions of an artefact: when each is in effect, and whether it contains what it must, traced to its proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.facts.request import Request
    from meterward.core.facts.state import State
    from meterward.core.records.record import Record


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a version must contain. Absent is a breach; present but not traced is open."""

    label: str
    present: bool
    traced: State
    missing: Request
    """What to supply if it is absent."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version, approved on a day, in effect on `[effective, until)`."""

    name: str
    approved: date
    effective: date
    until: date
    record: Record[Any]
    items: tuple[Item, ...] = ()
    attention: tuple[str, ...] = ()

    @property
    def established(self) -> date:
        """The later of approval and effect."""
        return max(self.approved, self.effective)
