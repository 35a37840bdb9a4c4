"""A home in memory whose ledger has a checkpoint outside, and what is said when the two do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from meterward.adapters.in_memory.ledgers import MemoryLedgers
from meterward.adapters.outside import OutsideFiles
from meterward.core.base.problem import Code, Problem
from meterward.usecases.keep_checkpoints import Checkpoints
from tests.builders.kept import LEDGER, append, incident, opening

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.adapters.in_memory.keys import MemoryKeys

DAY = date(2013, 4, 8)


def clock() -> str:
    """An instant."""
    return "2013-05-01T09:00:00Z"


@dataclass
class Place:
    """A home: its ledgers, its keys, and what is kept outside."""

    folder: Path
    ledgers: MemoryLedgers
    keys: MemoryKeys

    @property
    def file(self) -> Path:
        """Where the checkpoint is kept."""
        return self.folder / LEDGER

    def begun(self) -> Checkpoints:
        """What a new process has."""
        return Checkpoints(self.ledgers, self.keys, OutsideFiles(self.folder))

    def append(self, number: int) -> int:
        """Append an incident; the size after."""
        assert not isinstance(append(self.ledgers, LEDGER, incident(number, DAY)), list)
        return number + 1


def filled(size: int, first: int = 1) -> MemoryLedgers:
    """A ledger of so many entries, its incidents numbered from one on."""
    ledgers = MemoryLedgers(clock)
    ledgers.open(LEDGER)
    append(ledgers, LEDGER, opening(DAY), *(incident(number, DAY) for number in range(first, first + size - 1)))
    return ledgers


def said(problem: Problem | None) -> str:
    """What is said of a loss."""
    assert problem
    assert problem.code is Code.LEDGER_LOST
    assert "accept-loss" in problem.hint
    return problem.message


def kept_size(place: Place) -> int:
    """The size of the checkpoint that is kept."""
    found = place.begun().beside(LEDGER).kept
    assert found
    return found.size
