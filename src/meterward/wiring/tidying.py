"""Tidying up the store of a home, as of now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from meterward.adapters import clock
from meterward.usecases.tidy_up import Tidied, tidy_up
from meterward.wiring.store import within

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.base.problem import Problem
    from meterward.wiring.installed import Installation


def tidy(home: Path, *, dry: bool) -> Tidied | Problem:
    """Clear what nothing refers to in the store of a home, or say what would be."""
    return within(home, lambda store: tidy_now(store, dry=dry))


def tidy_now(store: Installation, *, dry: bool = False) -> Tidied:
    """The same in a store that is in use."""
    return tidy_up(store, datetime.fromisoformat(clock.now()), dry=dry)
