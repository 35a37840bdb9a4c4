"""What goes wrong in a database, as problems: busy, full, or not to be had. Nobody above looks at its exceptions."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from django.db import DatabaseError, OperationalError

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_BUSY = ("database is locked", "lock timeout", "deadlock detected", "could not obtain lock")
_FULL = ("database or disk is full", "no space left", "disk full")


class CommitFailedError(OperationalError):
    """The database failed as it made durable what had been written: it may be there now, and may be gone later."""


def problem_of(error: Exception, *, writing: bool = True, log: bool = True) -> Problem:
    """What happened, and what to do. Nothing was written but where that is not known; who only asked is not told so.

    What the database said goes to the log alone: it may name machines, users and paths.
    """
    nothing = "Nothing was appended. " if writing else ""
    if is_busy(error):
        hint = f"{nothing}Wait a moment, and try again."
        return Problem(Code.STORE_BUSY, "Others are writing to this ledger and did not finish in time.", hint)
    if log:
        logging.getLogger(__name__).error("The database said: %s", " ".join(str(error).split()))
    if is_full(error):
        hint = f"{nothing}Make room on the disk that holds the store, and try again."
        return Problem(Code.STORE_FULL, "The store is full.", hint)
    if isinstance(error, CommitFailedError):
        hint = "Whether it was appended is not known: look at the ledger before you try again."
        return Problem(Code.STORE_UNAVAILABLE, "The store failed as it was to make this durable.", hint)
    hint = f"{nothing}Whoever runs this installation finds in its log what the database said. Try again later."
    return Problem(Code.STORE_UNAVAILABLE, "The store cannot be used at the moment.", hint)


def is_busy(error: Exception) -> bool:
    """Whether others kept somebody waiting too long."""
    return any(sign in str(error).lower() for sign in _BUSY)


def is_full(error: Exception) -> bool:
    """Whether there was no room; then nothing was written."""
    return any(sign in str(error).lower() for sign in _FULL)


def problem_in(error: BaseException, *, writing: bool = True, log: bool = True) -> Problem | None:
    """What an exception says of the store; None if the store is not to blame, but whoever used it."""
    if isinstance(error, DatabaseError) and type(error) in (DatabaseError, OperationalError):
        return problem_of(error, writing=writing, log=log)
    return None


def said_aloud(error: BaseException) -> Problem | None:
    """What is said to whoever works at a terminal of the machine, who is told what the database said."""
    problem = problem_in(error, writing=False, log=False)
    if problem is None or problem.code is not Code.STORE_UNAVAILABLE:
        return problem
    hint = "See that the database runs and may be written to, and try again."
    told = " ".join(str(error).split()).rstrip(".")
    return Problem(problem.code, f"The store cannot be used: {told}.", hint)


def attempt(work: Callable[[], T], said: Callable[[BaseException], Problem | None] = problem_in) -> T | Problem:
    """What some work with the database comes to, or the problem that kept it from being done."""
    try:
        return work()
    except DatabaseError as error:
        problem = said(error)
        if problem is None:
            raise
        return problem
