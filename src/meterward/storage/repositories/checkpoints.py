"""Published checkpoints in the database, one row after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from meterward.storage import models
from meterward.usecases.ports import Published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

_PUBLISHED = ("size", "note", "made")


@dataclass(frozen=True, slots=True)
class DatabaseCheckpoints:
    """See `Checkpoints`."""

    def last(self, ledger: str) -> Published | None:
        """See `Checkpoints.last`."""
        row = _of(ledger).order_by("-number").values_list(*_PUBLISHED).first()
        return _published(row) if row else None

    def all(self, ledger: str) -> Sequence[Published]:
        """See `Checkpoints.all`."""
        return [_published(row) for row in _of(ledger).order_by("number").values_list(*_PUBLISHED)]

    def keep(self, ledger: str, published: Published, last: Published | None) -> bool:
        """See `Checkpoints.keep`. Of two at once the guards of the table let in one."""
        try:
            with transaction.atomic(durable=True):
                # Read once: a number that was counted after another came in would be free, and both be kept.
                newest = _of(ledger).order_by("-number").values_list("number", *_PUBLISHED).first()
                if (_published(newest[1:]) if newest else None) != last:
                    return False
                row = {"size": published.size, "note": published.note.decode(), "made": published.made}
                models.Checkpoint.objects.create(ledger_id=ledger, number=newest[0] + 1 if newest else 0, **row)
        except IntegrityError:
            return False
        return True


def _of(ledger: str) -> QuerySet[models.Checkpoint]:
    return models.Checkpoint.objects.filter(ledger_id=ledger)


def _published(row: tuple[int, str, str]) -> Published:
    size, note, made = row
    return Published(size, note.encode(), made)
