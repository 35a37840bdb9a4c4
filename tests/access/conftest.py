"""Every test here has the store with the example licensee that is filled once for each process."""

from __future__ import annotations

import pytest

from meterward.wiring.installed import patience
from tests.builders.filled import example, filled

__all__ = ["example", "filled"]


@pytest.fixture(autouse=True)
def _no_guesses_before() -> None:
    """What was guessed wrongly in one test is not held against the next."""
    patience.cache_clear()
