"""A ledger that is locked for one writer, within a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.storage import models
from meterward.storage.repositories.heads import columns_of
from meterward.storage.repositories.projections import Told, project, texts_left
from meterward.storage.repositories.rows import RECORD, body_of, entry_of, record_of
from meterward.usecases.ports import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meterward.usecases.ports import Asked, Head, Written

_LICENCE = "licence"


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
        acting = self._acts(acts.values()) if acts else {}
        return Known(
            tuple(record_of(row) for row in self._entries(ids)),
            {(verb, bytes.fromhex(target)): bytes.fromhex(by) for (verb, target), by in {**acts, **acting}.items()},
            self._subjects(asked.names),
            frozenset(self._licences()),
            self._counters(asked.streams),
        )

    def done(self, key: str) -> tuple[str, int] | None:
        """See `Book.done`."""
        found = models.Done.objects.filter(ledger_id=self.head.ledger, key=key)
        return found.values_list("request", "first").first()

    def write(self, written: Sequence[Written], head: Head, key: str = "", request: str = "") -> None:
        """See `Book.write`."""
        ledger = head.ledger
        bodies = [body_of(one.record.id.hex(), one.line) for one in written]
        models.Body.objects.bulk_create(bodies, ignore_conflicts=True)
        entries = models.Entry.objects.bulk_create([entry_of(ledger, one) for one in written])
        left = texts_left(body.pk for body in bodies)
        told = [
            Told(entry, one.record, {**one.line, **left.get(entry.body_id, {})})
            for entry, one in zip(entries, written, strict=True)
        ]
        project(ledger, head.licensee, told)
        models.Ledger.objects.filter(name=ledger).update(**columns_of(head))
        if key:
            models.Done.objects.create(ledger_id=ledger, key=key, request=request, first=self.head.size)

    def _entries(self, ids: Sequence[str]) -> Iterable[tuple[object, ...]]:
        return models.Entry.objects.filter(ledger_id=self.head.ledger, body_id__in=ids).values_list(*RECORD)

    def _acts(self, targets: Iterable[str]) -> dict[tuple[str, str], str]:
        found = models.Act.objects.filter(ledger_id=self.head.ledger, target__in=list(targets)).order_by("pk")
        return {(verb, target): by for verb, target, by in found.values_list("verb", "target", "by")}

    def _subjects(self, names: Iterable[str]) -> dict[str, bytes]:
        found = models.Subject.objects.filter(ledger_id=self.head.ledger, name__in=list(names))
        return {name: bytes.fromhex(by) for name, by in found.values_list("name", "by")}

    def _licences(self) -> Iterable[str]:
        found = models.Subject.objects.filter(ledger_id=self.head.ledger, space=_LICENCE)
        return (name.partition("/")[2] for name in found.values_list("name", flat=True))

    def _counters(self, streams: Iterable[str]) -> dict[str, int]:
        found = models.Stream.objects.filter(ledger_id=self.head.ledger, name__in=list(streams))
        return dict(found.values_list("name", "count"))
