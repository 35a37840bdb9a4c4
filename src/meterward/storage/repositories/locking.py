"""One writer at a time: a ledger is locked for as long as somebody works on it, in one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from django.db import OperationalError, connection, transaction

from meterward.core.base.problem import Code, Problem
from meterward.storage import models
from meterward.storage.repositories.failures import problem_of
from meterward.storage.repositories.heads import head_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meterward.usecases.ports import Head

T = TypeVar("T")
_TURN = RLock()
"""Whose turn it is among the threads of this process, where all of a database is locked for one writer.

SQLite has who waits sleep and look again, up to a tenth of a second each time and in no order, so that one may never
come to its turn. Threads that wait here come to it one after the other, without a pause between.
"""
_PATIENCE = 10.0
_BUSY = OperationalError("database is locked")


def locked(ledger: str, work: Callable[[Head], T]) -> T | Problem:
    """Do some work on a ledger that nobody else writes to meanwhile. All of it is durable after, or nothing is kept."""
    try:
        with _turn(), transaction.atomic():
            row = models.Ledger.objects.select_for_update().filter(name=ledger).first()
            if row is None:
                hint = "“meterward init” makes one; “meterward restore” brings one back."
                return Problem(Code.LEDGER_UNKNOWN, f"There is no ledger “{ledger}” here.", hint)
            return work(head_of(row))
    except OperationalError as error:
        return problem_of(error)


@contextmanager
def _turn() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    if not _TURN.acquire(timeout=_PATIENCE):
        raise _BUSY
    try:
        yield
    finally:
        _TURN.release()
