"""Several things written together: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def once_durable(work: Callable[[], None]) -> None:
    """Do some work when what was written is durable: now, or when the transaction ends in which this is called."""
    if connection.in_atomic_block:
        transaction.on_commit(work)
    else:
        work()


def together(work: Callable[[], T]) -> T:
    """Do some work in one transaction. Nothing of it is kept if it comes to a list of problems."""
    with transaction.atomic():
        done = work()
        if isinstance(done, list) and done:
            transaction.set_rollback(True)
        return done
