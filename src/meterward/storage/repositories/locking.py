"""One writer at a time: a ledger is locked for as long as somebody works on it, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import OperationalError, transaction

from meterward.core.base.problem import Code, Problem
from meterward.storage import models
from meterward.storage.repositories.failures import problem_of
from meterward.storage.repositories.heads import head_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.usecases.ports import Head

T = TypeVar("T")


def locked(ledger: str, work: Callable[[Head], T]) -> T | Problem:
    """Do some work on a ledger that nobody else writes to meanwhile. All of it is durable after, or nothing is kept."""
    try:
        with transaction.atomic():
            row = models.Ledger.objects.select_for_update().filter(name=ledger).first()
            if row is None:
                hint = "“meterward init” makes one; “meterward restore” brings one back."
                return Problem(Code.LEDGER_UNKNOWN, f"There is no ledger “{ledger}” here.", hint)
            return work(head_of(row))
    except OperationalError as error:
        return problem_of(error)
