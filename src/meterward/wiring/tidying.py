"""Tidying up the store of a home, as of now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from meterward.adapters import clock
from meterward.adapters.home import CHECKPOINTS, KEYS
from meterward.adapters.strays import strays
from meterward.usecases.tidy_up import GRACE, Tidied, tidy_up
from meterward.wiring.store import within

if TYPE_CHECKING:
    from meterward.core.base.problem import Problem
    from meterward.wiring.installed import Installation


def tidy(home: Path, *, dry: bool) -> Tidied | Problem:
    """Clear what nothing refers to in the store of a home, or say what would be."""
    return within(home, lambda store: tidy_now(store, dry=dry))


def tidy_now(store: Installation, *, dry: bool = False) -> Tidied:
    """The same in a store that is in use."""
    now = datetime.fromisoformat(clock.now())
    if not dry:
        from meterward.wiring.imports_kept import clear_abandoned  # noqa: PLC0415 - rows can be loaded only within a store

        clear_abandoned(store, now)
    done = tidy_up(store, now, dry=dry)
    for folder in (KEYS, CHECKPOINTS):
        for stray in strays(Path(settings.HOME) / folder, now - GRACE):
            done.strays += 1
            if not dry:
                stray.unlink(missing_ok=True)
    return done
