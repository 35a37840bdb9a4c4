"""What goes wrong in a database, as problems: busy, full, or not to be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from django.db import OperationalError

_BUSY = ("database is locked", "lock timeout", "deadlock detected", "could not obtain lock")
_FULL = ("database or disk is full", "no space left", "disk full")


def problem_of(error: OperationalError) -> Problem:
    """What happened, and what to do. Nothing was written in any of these cases."""
    said = str(error).lower()
    if any(sign in said for sign in _BUSY):
        hint = "Nothing was appended. Wait a moment, and send it again."
        return Problem(Code.STORE_BUSY, "Others are writing to this ledger and did not finish in time.", hint)
    if any(sign in said for sign in _FULL):
        hint = "Nothing was appended. Make room on the disk that holds the store, and send it again."
        return Problem(Code.STORE_FULL, "The store is full.", hint)
    hint = "Nothing was appended. See that the database runs and may be written to, and send it again."
    return Problem(Code.STORE_UNAVAILABLE, f"The store cannot be used: {error}.", hint)
