"""Ledgers of the installation compared with their checkpoints that are kept outside the database, and kept there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from meterward.adapters.key_files import KeyFileError
from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.together import once_durable
from meterward.wiring.failing import unusable
from meterward.wiring.store import within

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meterward.wiring.installed import Installation


def ready(store: Installation, ledger: str) -> Problem | None:
    """Why a ledger cannot be gone on with, if it cannot; compared when this process first works with it."""
    return _attempted(lambda: store.checkpoints.ready(ledger))


def all_ready(store: Installation) -> Problem | None:
    """Why some ledger of the store cannot be gone on with, if one cannot."""
    return next((problem for name in store.ledgers.names() if (problem := ready(store, name))), None)


def unlike(home: Path, ledger: str) -> Problem | None:
    """In what a ledger does not fit what is kept outside, for whoever only reads it. Nothing is made or kept."""
    found = within(home, lambda store: _attempted(lambda: store.checkpoints.loss(ledger)))
    return found if found and found.code in (Code.LEDGER_LOST, Code.KEY_UNUSABLE) else None


def keep(store: Installation, ledger: str, size: int) -> None:
    """Keep where a ledger stands, once what was appended is durable. It was: nothing that goes wrong here undoes it."""

    def kept() -> None:
        if problem := _attempted(lambda: store.checkpoints.keep(ledger, size)):
            logging.getLogger(__name__).error("The checkpoint of %s was not kept outside: %s", ledger, problem)

    once_durable(kept)


def _attempted(work: Callable[[], Problem | None]) -> Problem | None:
    try:
        return work()
    except KeyFileError as error:
        return unusable(error)
    except OSError as error:
        message = f"No checkpoint can be kept outside the database: {error.strerror or error}."
        hint = "Nothing was appended. See that “checkpoints” and “keys” in the home may be written to, and have room."
        return Problem(Code.STORE_UNAVAILABLE, message, hint)
