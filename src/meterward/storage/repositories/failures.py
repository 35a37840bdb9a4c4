"""What goes wrong in a database, as problems: busy, full, or not to be had."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from django.db import OperationalError

_BUSY = ("database is locked", "lock timeout", "deadlock detected", "could not obtain lock")
_FULL = ("database or disk is full", "no space left", "disk full")


def problem_of(error: OperationalError, *, writing: bool = True, log: bool = True) -> Problem:
    """What happened, and what to do. Nothing was written in any of these cases; who only asked is not told so.

    What the database said goes to the log alone: it may name machines, users and paths.
    """
    said, nothing = str(error).lower(), "Nothing was appended. " if writing else ""
    if any(sign in said for sign in _BUSY):
        hint = f"{nothing}Wait a moment, and try again."
        return Problem(Code.STORE_BUSY, "Others are writing to this ledger and did not finish in time.", hint)
    if log:
        logging.getLogger(__name__).error("The database said: %s", told_of(error))
    if any(sign in said for sign in _FULL):
        hint = f"{nothing}Make room on the disk that holds the store, and try again."
        return Problem(Code.STORE_FULL, "The store is full.", hint)
    hint = f"{nothing}Whoever runs this installation finds in its log what the database said. Try again later."
    return Problem(Code.STORE_UNAVAILABLE, "The store cannot be used at the moment.", hint)


def told_of(error: OperationalError) -> str:
    """What the database itself said, in one line: for whoever runs an installation, and nobody else."""
    return " ".join(str(error).split()).rstrip(".")
