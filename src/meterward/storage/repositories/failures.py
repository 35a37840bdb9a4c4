"""What goes wrong in a database, as problems: busy, full, or not to be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from django.db import OperationalError

_BUSY = ("database is locked", "lock timeout", "deadlock detected", "could not obtain lock")
_FULL = ("database or disk is full", "no space left", "disk full")


def problem_of(error: OperationalError, *, writing: bool = True) -> Problem:
    """What happened, and what to do. Nothing was written in any of these cases; who only asked is not told so."""
    said, nothing = str(error).lower(), "Nothing was appended. " if writing else ""
    if any(sign in said for sign in _BUSY):
        hint = f"{nothing}Wait a moment, and try again."
        return Problem(Code.STORE_BUSY, "Others are writing to this ledger and did not finish in time.", hint)
    if any(sign in said for sign in _FULL):
        hint = f"{nothing}Make room on the disk that holds the store, and try again."
        return Problem(Code.STORE_FULL, "The store is full.", hint)
    hint = f"{nothing}See that the database runs and may be written to, and try again."
    return Problem(Code.STORE_UNAVAILABLE, f"The store cannot be used: {error}.", hint)
