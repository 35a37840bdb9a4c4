"""What is computed from entries as they are written, and can be made anew: subjects, acts, streams, terms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F

from meterward.core.base.canonical import Json
from meterward.core.records.record import LINKS, Record
from meterward.storage import models
from meterward.storage.repositories import terms
from meterward.storage.repositories.rows import LINE, RECORD, body_of, found_by, line_of, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meterward.usecases.ports import Head

_AT_ONCE = 500


class Told(NamedTuple):
    """An entry with what it says."""

    entry: models.Entry
    record: Record[Any]
    line: Mapping[str, Json]


def project(ledger: str, licensee: str, told: Sequence[Told]) -> None:
    """Note what entries do and introduce, count them, and let them be found."""
    models.Act.objects.bulk_create(_acts(ledger, told))
    models.Subject.objects.bulk_create(_subjects(ledger, told))
    _count(ledger, Counter(f"{licensee}/{one.record.kind.family}" for one in told))
    terms.keep(ledger, (found_by(one.entry, one.line) for one in told))


def project_anew(head: Head) -> int:
    """Forget what was computed from the entries of a ledger, and compute it again, a few hundred at a time."""
    ledger = head.ledger
    for projection in (models.Act, models.Subject, models.Stream):
        projection.objects.filter(ledger_id=ledger).delete()
    terms.forget_ledger(ledger)
    for start in range(0, head.size, _AT_ONCE):
        project(ledger, head.licensee, list(_told(ledger, start)))
    return head.size


def erase(ledger: str, index: int, line: Mapping[str, Json]) -> None:
    """Keep the texts that a line has left; no entry of its statement is found by the others any more."""
    identity = models.Entry.objects.values_list("body_id", flat=True).get(ledger_id=ledger, index=index)
    erased = body_of(identity, line)
    models.Body.objects.filter(pk=identity).update(text=erased.text, salts=erased.salts, erased=erased.erased)
    terms.forget_statement(identity)
    for entry in models.Entry.objects.filter(body_id=identity).select_related("body"):
        terms.keep(entry.ledger_id, [found_by(entry, line)])


def texts_left(statements: Iterable[str]) -> dict[str, dict[str, Json]]:
    """What is left of the texts of those of some statements of which texts were erased, be it in another ledger."""
    rows = models.Body.objects.filter(pk__in=list(statements)).exclude(erased="{}")
    return {identity: {"text": json.loads(text)} for identity, text in rows.values_list("pk", "text")}


def _told(ledger: str, start: int) -> Iterator[Told]:
    entries = models.Entry.objects.filter(ledger_id=ledger, index__gte=start, index__lt=start + _AT_ONCE)
    for entry in entries.select_related("body").order_by("index"):
        yield Told(entry, record_of(_columns(entry, RECORD)), line_of(_columns(entry, LINE)))


def _columns(entry: models.Entry, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(attrgetter(name.replace("__", "."))(entry) for name in names)


def _acts(ledger: str, told: Iterable[Told]) -> Iterator[models.Act]:
    for _, record, _ in told:
        for verb, target in zip(LINKS, record.links, strict=True):
            if target:
                yield models.Act(ledger_id=ledger, verb=verb, target=target.hex(), by=record.id.hex())


def _subjects(ledger: str, told: Iterable[Told]) -> Iterator[models.Subject]:
    for _, record, _ in told:
        if record.kind.introduces and not record.links.corrects:
            space = record.subject.partition("/")[0]
            yield models.Subject(ledger_id=ledger, space=space, name=record.subject, by=record.id.hex())


def _count(ledger: str, streams: Mapping[str, int]) -> None:
    rows = [models.Stream(ledger_id=ledger, name=name) for name in streams]
    models.Stream.objects.bulk_create(rows, ignore_conflicts=True)
    for name, more in streams.items():
        models.Stream.objects.filter(ledger_id=ledger, name=name).update(count=F("count") + more)
