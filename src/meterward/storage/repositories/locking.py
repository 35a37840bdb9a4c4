"""One writer at a time: a ledger is locked for as long as somebody works on it, in one transaction.

Threads of this process that write to a ledger at the same time share a transaction, and so what it costs to make it
durable. If it cannot be carried out, each of them is carried out alone; but if another process keeps the ledger locked,
they have waited for it together, and are told together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import OperationalError, connection, transaction

from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories import heads
from meterward.storage.repositories.failures import is_busy, problem_of
from meterward.storage.repositories.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meterward.storage.repositories.turns import Waiting
    from meterward.usecases.ports import Head

T = TypeVar("T")
_TURNS: dict[str, Turns] = {}
"""By ledger; under no name where all of a database is locked for one writer, as SQLite does it.

SQLite has who waits sleep and look again, up to a tenth of a second each time and in no order, so that one may never
come to its turn. Threads that wait here come to it without a pause between.
"""
_PATIENCE = 10.0


def locked(ledger: str, work: Callable[[Head], T]) -> T | Problem:
    """Do some work on a ledger that nobody else writes to meanwhile. All of it is durable after, or nothing is kept.

    The work may be done a second time, if what it was to be kept together with could not be kept.
    """
    turns = _TURNS.setdefault("" if connection.vendor == "sqlite" else ledger, Turns())
    try:
        if connection.in_atomic_block:
            # A transaction that began before may yet be undone: nobody else's work may depend on it.
            with transaction.atomic():
                return _on(ledger, work)
        return turns.take(lambda: _on(ledger, work), _together, _PATIENCE)
    except TimeoutError:
        return problem_of(OperationalError("database is locked"))
    except OperationalError as error:
        return problem_of(error)


def _on(ledger: str, work: Callable[[Head], T]) -> T | Problem:
    head = heads.find(ledger, lock=True)
    if head is None:
        hint = "“meterward init” makes one; “meterward restore” brings one back."
        return Problem(Code.LEDGER_UNKNOWN, f"There is no ledger “{ledger}” here.", hint)
    return work(head)


def _together(some: Sequence[Waiting]) -> None:
    try:
        with transaction.atomic():
            results = [one.work() for one in some]
    except Exception as fault:  # noqa: BLE001 - whoever waits for it raises it
        final = len(some) == 1 or (isinstance(fault, OperationalError) and is_busy(fault))
        for one in some:
            if final:
                one.end(fault=fault)
            else:
                _together([one])
        return
    for one, result in zip(some, results, strict=True):
        one.end(result)
