"""Several things written together: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def together(work: Callable[[], T]) -> T:
    """Do some work in one transaction. Nothing of it is kept if it comes to a list of problems."""
    with transaction.atomic():
        done = work()
        if isinstance(done, list) and done:
            transaction.set_rollback(True)
        return done
