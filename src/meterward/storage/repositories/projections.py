"""What is computed from entries as they are written, and can be made anew: subjects, acts, streams, terms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.canonical import Json
from meterward.core.records.record import LINKS, Record
from meterward.storage import models
from meterward.storage.repositories import terms
from meterward.storage.repositories.rows import BODY, LINE, RECORD, body_row, hit_of, line_of, record_of
from meterward.storage.repositories.statements import OR_LEAVE, insert, select
from meterward.usecases.find_terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from meterward.usecases.ports import Head

_AT_ONCE = 500
_OR_ADD = "ON CONFLICT (ledger_id, name) DO UPDATE SET count = storage_stream.count + excluded.count"


class Told(NamedTuple):
    """An entry by its key, with what it says."""

    key: int
    recorded: str
    record: Record[Any]
    line: Mapping[str, Json]

    @property
    def terms(self) -> list[str]:
        """What the entry is found by."""
        return terms_of(hit_of(self.record, self.recorded), self.line)


def project(ledger: str, licensee: str, told: Sequence[Told]) -> None:
    """Note what entries do and introduce, count them, and let them be found."""
    insert("storage_act", ("ledger_id", "verb", "target", "by"), list(_acts(ledger, told)))
    insert("storage_subject", ("ledger_id", "space", "name", "by"), list(_subjects(ledger, told)), OR_LEAVE)
    counted = Counter(f"{licensee}/{one.record.kind.family}" for one in told)
    rows = [(ledger, name, more) for name, more in counted.items()]
    insert("storage_stream", ("ledger_id", "name", "count"), rows, _OR_ADD)
    terms.keep(ledger, ((one.key, one.terms) for one in told))


def project_anew(head: Head) -> int:
    """Forget what was computed from the entries of a ledger, and compute it again, a few hundred at a time."""
    ledger = head.ledger
    for projection in (models.Act, models.Subject, models.Stream):
        projection.objects.filter(ledger_id=ledger).delete()
    terms.forget_ledger(ledger)
    for start in range(0, head.size, _AT_ONCE):
        project(ledger, head.keeper, list(_told(ledger, start)))
    return head.size


def erase(ledger: str, index: int, line: Mapping[str, Json]) -> None:
    """Keep the texts that a line has left; no entry of its statement is found by the others any more."""
    identity = models.Entry.objects.values_list("body_id", flat=True).get(ledger_id=ledger, index=index)
    erased = dict(zip(BODY, body_row(identity, line), strict=True))
    models.Body.objects.filter(pk=identity).update(**{part: erased[part] for part in ("text", "salts", "erased")})
    terms.forget_statement(identity)
    for entry in models.Entry.objects.filter(body_id=identity).select_related("body"):
        terms.keep(entry.ledger_id, [(entry.pk, _tell(entry).terms)])


def texts_left(statements: Collection[str]) -> dict[str, dict[str, Json]]:
    """What is left of the texts of those of some statements of which texts were erased, be it in another ledger."""
    rows = select("SELECT id, text FROM storage_body WHERE erased <> '{}' AND id IN ({among})", among=statements)
    return {identity: {"text": json.loads(text)} for identity, text in rows}


def _told(ledger: str, start: int) -> Iterator[Told]:
    entries = models.Entry.objects.filter(ledger_id=ledger, index__gte=start, index__lt=start + _AT_ONCE)
    return map(_tell, entries.select_related("body").order_by("index"))


def _tell(entry: models.Entry) -> Told:
    return Told(entry.pk, entry.recorded, record_of(_columns(entry, RECORD)), line_of(_columns(entry, LINE)))


def _columns(entry: models.Entry, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(attrgetter(name.replace("__", "."))(entry) for name in names)


def _acts(ledger: str, told: Iterable[Told]) -> Iterator[tuple[object, ...]]:
    for one in told:
        for verb, target in zip(LINKS, one.record.links, strict=True):
            if target:
                yield ledger, verb, target.hex(), one.record.id.hex()


def _subjects(ledger: str, told: Iterable[Told]) -> Iterator[tuple[object, ...]]:
    for one in told:
        for name in one.record.introduced:
            yield ledger, name.partition("/")[0], name, one.record.id.hex()
