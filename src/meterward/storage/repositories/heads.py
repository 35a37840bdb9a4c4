"""Where ledgers stand, between their rows and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from meterward.core.records.keeper import Keeper
from meterward.storage.fields import storable
from meterward.storage.repositories.statements import execute, select
from meterward.usecases.ports import Head

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVERY = "SELECT name, licensee, size, last_recorded, peaks, sort FROM storage_ledger"
_FIND = f"{_EVERY} WHERE name = %s"
_MOVE = "UPDATE storage_ledger SET licensee = %s, size = %s, last_recorded = %s, peaks = %s, sort = %s WHERE name = %s"


def find(ledger: str, *, lock: bool = False) -> Head | None:
    """Where a ledger stands, if there is one of that name; with a lock, nobody else moves it in this transaction."""
    sql = f"{_FIND} FOR UPDATE" if lock and connection.features.has_select_for_update else _FIND
    return next(map(_head, select(sql, storable(ledger))), None)


def every() -> list[Head]:
    """Where all ledgers stand, by name."""
    return list(map(_head, select(f"{_EVERY} ORDER BY name")))


def _head(row: Sequence[Any]) -> Head:
    name, licensee, size, last_recorded, peaks, sort = row
    return Head(name, licensee, size, last_recorded, tuple(map(bytes.fromhex, peaks.split())), Keeper(sort))


def move(head: Head) -> None:
    """Let a ledger stand elsewhere."""
    peaks = " ".join(peak.hex() for peak in head.peaks)
    execute(_MOVE, head.keeper, head.size, head.last_recorded, peaks, head.sort.value, head.ledger)
