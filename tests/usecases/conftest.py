"""What tests of several use cases need: a home with a ledger, and the checkpoint that is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.adapters.in_memory.keys import MemoryKeys
from tests.builders.kept import LEDGER
from tests.builders.kept_outside import Place, filled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A home with a ledger of four entries, and its checkpoint."""
    made = Place(tmp_path / "checkpoints", filled(4), MemoryKeys())
    assert made.begun().ready(LEDGER) is None
    return made
