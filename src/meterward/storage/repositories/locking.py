"""One writer at a time: a ledger is locked for as long as somebody works on it, in one transaction.

Threads of this process that write to a ledger at the same time share a transaction, and so what it costs to make it
durable. If it cannot be carried out, each of them is carried out alone; but if another process keeps the ledger locked,
they have waited for it together, and are told together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from django.db import OperationalError, connection, transaction

from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.failures import CommitFailedError, is_busy, is_full, problem_of
from meterward.storage.repositories.pages import NOTHING, Page, Pages, both
from meterward.storage.repositories.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meterward.storage.repositories.turns import Waiting
    from meterward.usecases.ports import Asked

T = TypeVar("T")
_TURNS: dict[str, Turns] = {}
"""By ledger; under no name where all of a database is locked for one writer, as SQLite does it.

SQLite has who waits sleep and look again, up to a tenth of a second each time and in no order, so that one may never
come to its turn. Threads that wait here come to it without a pause between.
"""
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class _Work(Generic[T]):
    """Some work on a ledger, and what it asks about earlier records if it asks only that."""

    ledger: str
    do: Callable[[Page], T]
    asked: Asked | None

    def __call__(self, pages: Pages) -> T | Problem:
        page = pages.of(self.ledger)
        if page is None:
            hint = "“meterward init” makes one; “meterward restore” brings one back."
            return Problem(Code.LEDGER_UNKNOWN, f"There is no ledger “{self.ledger}” here.", hint)
        if self.asked is None:
            pages.settle()
        return self.do(page)


def locked(ledger: str, work: Callable[[Page], T], asked: Asked | None = None) -> T | Problem:
    """Do some work on a ledger that nobody else writes to meanwhile. All of it is durable after, or nothing is kept.

    The work may be done a second time, if what it was to be kept together with could not be kept. Work that says what
    it asks about earlier records is looked up for together with others.
    """
    turns = _TURNS.setdefault("" if connection.vendor == "sqlite" else ledger, Turns())
    one = _Work(ledger, work, asked)
    try:
        if connection.in_atomic_block:
            # A transaction that began before may yet be undone: nobody else's work may depend on it.
            return _done([one])[0]
        return turns.take(one, _together, _PATIENCE)
    except TimeoutError:
        return problem_of(OperationalError("database is locked"))
    except OperationalError as error:
        return problem_of(error)


def _done(works: Sequence[_Work[T]]) -> list[T | Problem]:
    """What comes of some works, in one transaction.

    If the commit itself fails, nobody knows whether it took place: where the disk refuses the very last sync, SQLite
    reports an error and the records are there all the same. To do the work once more could then acknowledge what is
    not durable.
    """
    pages = Pages()
    for one in works:
        pages.foreseen[one.ledger] = both(pages.foreseen.get(one.ledger, NOTHING), one.asked or NOTHING)
    settled = False
    try:
        with transaction.atomic(), pages:
            found = [one(pages) for one in works]
            pages.settle()
            settled = True
            return found
    except OperationalError as fault:
        if not settled or is_busy(fault) or is_full(fault):
            raise
        raise CommitFailedError(*fault.args) from fault


def _together(some: Sequence[Waiting]) -> None:
    try:
        results = _done([cast("_Work[object]", one.work) for one in some])
    except Exception as fault:  # noqa: BLE001 - whoever waits for it raises it
        final = len(some) == 1 or isinstance(fault, CommitFailedError)
        final = final or (isinstance(fault, OperationalError) and is_busy(fault))
        for one in some:
            if final:
                one.end(fault=fault)
            else:
                _together([one])
        return
    for one, result in zip(some, results, strict=True):
        one.end(result)
