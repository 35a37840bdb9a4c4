"""A ledger that is locked for one writer, within a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.storage.fields import storable
from meterward.storage.repositories import heads
from meterward.storage.repositories.projected import told_of
from meterward.storage.repositories.projections import Told, project, texts_left
from meterward.storage.repositories.rows import BODY, ENTRY, RECORDS, body_row, entry_row, record_of
from meterward.storage.repositories.statements import OR_LEAVE, execute, insert, select
from meterward.usecases.ports import Known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Asked, Head, Written

_MOST_ASKED = 10_000
_RECORDS = f"{RECORDS} WHERE ledger_id = %s AND body_id IN ({{among}})"
_DONE = "SELECT request, first FROM storage_done WHERE ledger_id = %s AND key = %s"
_NOTE = "INSERT INTO storage_done (ledger_id, key, request, first) VALUES (%s, %s, %s, %s)"
_KEYS = 'SELECT id FROM storage_entry WHERE ledger_id = %s AND "index" >= %s ORDER BY "index"'


@dataclass(frozen=True, slots=True)
class DatabaseBook:
    """See `Book`."""

    head: Head
    now: str

    def stamp(self) -> str:
        """See `Book.stamp`."""
        return max(self.now, self.head.last_recorded)

    def known(self, asked: Asked) -> Known:
        """See `Book.known`."""
        ids = [identity.hex() for identity in asked.ids]
        acts, subjects, licences, counters, keys = told_of(self.head.ledger, ids, asked.names, asked.streams)
        acting = told_of(self.head.ledger, acts.values()).acts if acts else {}
        return Known(
            tuple(record_of(row) for row in self._entries(ids)),
            {(verb, bytes.fromhex(target)): bytes.fromhex(by) for (verb, target), by in {**acts, **acting}.items()},
            {name: bytes.fromhex(by) for name, by in subjects.items()},
            frozenset(name.partition("/")[2] for name in licences),
            counters,
            frozenset(map(bytes.fromhex, keys)),
        )

    def done(self, key: str) -> tuple[str, int] | None:
        """See `Book.done`."""
        return next(((request, first) for request, first in select(_DONE, self.head.ledger, storable(key))), None)

    def write(self, written: Sequence[Written], head: Head, key: str = "", request: str = "") -> None:
        """See `Book.write`."""
        ledger, ids = head.ledger, [one.record.id.hex() for one in written]
        bodies = [body_row(identity, one.line) for identity, one in zip(ids, written, strict=True)]
        insert("storage_body", BODY, bodies, OR_LEAVE)
        insert("storage_entry", ENTRY, [entry_row(ledger, one) for one in written])
        keys, left = select(_KEYS, ledger, self.head.size), _texts_left(ids)
        told = [
            Told(key, one.entry.recorded, one.record, {**one.line, **left.get(identity, {})})
            for (key,), identity, one in zip(keys, ids, written, strict=True)
        ]
        project(ledger, head.licensee, told)
        heads.move(head)
        if key:
            execute(_NOTE, ledger, key, request, self.head.size)

    def _entries(self, ids: Collection[str]) -> Iterator[tuple[Any, ...]]:
        for some in _portions(ids):
            yield from select(_RECORDS, self.head.ledger, among=some)


def _texts_left(ids: Collection[str]) -> dict[str, dict[str, Json]]:
    found: dict[str, dict[str, Json]] = {}
    for some in _portions(ids):
        found |= texts_left(some)
    return found


def _portions(values: Collection[str]) -> Iterator[list[str]]:
    """As many values at a time as a query takes."""
    listed = list(values)
    return (listed[start : start + _MOST_ASKED] for start in range(0, len(listed), _MOST_ASKED))
