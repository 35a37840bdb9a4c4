"""A ledger that is locked for one writer, within a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.storage import models
from meterward.storage.repositories.heads import columns_of
from meterward.storage.repositories.projections import Told, project, texts_left
from meterward.storage.repositories.rows import BODY, ENTRY, RECORD, body_row, entry_row, record_of
from meterward.storage.repositories.statements import OR_LEAVE, insert, select
from meterward.usecases.ports import Known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Asked, Head, Written

_LICENCE = "licence"
_MOST_ASKED = 10_000
_KEYS = 'SELECT id FROM storage_entry WHERE ledger_id = %s AND "index" >= %s ORDER BY "index"'
_ACTS = "SELECT id, verb, target, by FROM storage_act WHERE ledger_id = %s AND target IN ({among})"
_NAMED = "SELECT space, name, by FROM storage_subject WHERE ledger_id = %s AND name IN ({among})"
_IN_SPACE = "SELECT space, name, by FROM storage_subject WHERE ledger_id = %s AND space = %s"
_STREAMS = "SELECT name, count FROM storage_stream WHERE ledger_id = %s AND name IN ({among})"


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
        acts = self._acts(ids)
        acting = self._acts([by for _, _, by in acts]) if acts else []
        subjects = self._subjects(asked.names)
        return Known(
            tuple(record_of(row) for row in self._entries(ids)),
            {(verb, bytes.fromhex(target)): bytes.fromhex(by) for verb, target, by in (*acts, *acting)},
            {name: bytes.fromhex(by) for _, name, by in subjects if name in asked.names},
            frozenset(name.partition("/")[2] for space, name, _ in subjects if space == _LICENCE),
            dict(row for some in _portions(asked.streams) for row in select(_STREAMS, self.head.ledger, among=some)),
        )

    def done(self, key: str) -> tuple[str, int] | None:
        """See `Book.done`."""
        found = models.Done.objects.filter(ledger_id=self.head.ledger, key=key)
        return found.values_list("request", "first").first()

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
        models.Ledger.objects.filter(name=ledger).update(**columns_of(head))
        if key:
            models.Done.objects.create(ledger_id=ledger, key=key, request=request, first=self.head.size)

    def _entries(self, ids: Collection[str]) -> Iterator[tuple[Any, ...]]:
        for some in _portions(ids):
            rows = models.Entry.objects.filter(ledger_id=self.head.ledger, body_id__in=some)
            yield from rows.values_list(*RECORD)

    def _acts(self, targets: Collection[str]) -> list[tuple[str, str, str]]:
        found = (select(_ACTS, self.head.ledger, among=some) for some in _portions(targets))
        return [row[1:] for row in sorted(row for rows in found for row in rows)]

    def _subjects(self, names: Collection[str]) -> list[tuple[str, str, str]]:
        found = select(_IN_SPACE, self.head.ledger, _LICENCE)
        for some in _portions(names):
            found.extend(select(_NAMED, self.head.ledger, among=some))
        return found


def _texts_left(ids: Collection[str]) -> dict[str, dict[str, Json]]:
    found: dict[str, dict[str, Json]] = {}
    for some in _portions(ids):
        found |= texts_left(some)
    return found


def _portions(values: Collection[str]) -> Iterator[list[str]]:
    """As many values at a time as a query takes."""
    listed = list(values)
    return (listed[start : start + _MOST_ASKED] for start in range(0, len(listed), _MOST_ASKED))
