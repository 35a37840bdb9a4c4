"""Where ledgers stand, between their rows and their values."""

from __future__ import annotations

from django.db import connection

from meterward.core.records.keeper import Keeper
from meterward.storage.fields import storable
from meterward.storage.repositories.statements import execute, select
from meterward.usecases.ports import Head

_FIND = "SELECT name, licensee, size, last_recorded, peaks, sort FROM storage_ledger WHERE name = %s"
_MOVE = "UPDATE storage_ledger SET licensee = %s, size = %s, last_recorded = %s, peaks = %s, sort = %s WHERE name = %s"


def find(ledger: str, *, lock: bool = False) -> Head | None:
    """Where a ledger stands, if there is one of that name; with a lock, nobody else moves it in this transaction."""
    sql = f"{_FIND} FOR UPDATE" if lock and connection.features.has_select_for_update else _FIND
    for name, licensee, size, last_recorded, peaks, sort in select(sql, storable(ledger)):
        hashes = tuple(bytes.fromhex(peak) for peak in peaks.split())
        return Head(name, licensee, size, last_recorded, hashes, Keeper(sort))
    return None


def move(head: Head) -> None:
    """Let a ledger stand elsewhere."""
    peaks = " ".join(peak.hex() for peak in head.peaks)
    execute(_MOVE, head.licensee, head.size, head.last_recorded, peaks, head.sort.value, head.ledger)
