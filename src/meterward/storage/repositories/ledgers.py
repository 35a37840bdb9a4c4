"""Ledgers in the database: appended to by one writer at a time, read in order, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from meterward.storage import models
from meterward.storage.repositories import heads
from meterward.storage.repositories.books import DatabaseBook
from meterward.storage.repositories.finding import hits_of, search
from meterward.storage.repositories.locking import locked
from meterward.storage.repositories.pages import settle
from meterward.storage.repositories.projections import erase, project_anew
from meterward.storage.repositories.rows import LEAVES, LINE, RECORD, leaf_of, line_of, record_of
from meterward.storage.repositories.statements import select
from meterward.usecases.ports import Placed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Asked, Book, Head, Hit, Hits, Wanted

T = TypeVar("T")
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class DatabaseLedgers:
    """The ledgers of an installation. `now` gives the instant that it is, as a ledger writes it."""

    now: Callable[[], str]

    def names(self) -> list[str]:
        """See `Ledgers.names`."""
        return list(models.Ledger.objects.order_by("name").values_list("name", flat=True))

    def open(self, ledger: str) -> None:
        """See `Ledgers.open`."""
        with transaction.atomic():
            organisation, _ = models.Organisation.objects.get_or_create(name=ledger)
            models.Ledger.objects.get_or_create(name=ledger, defaults={"organisation": organisation})

    def head(self, ledger: str) -> Head | None:
        """See `Ledgers.head`."""
        settle()
        return heads.find(ledger)

    def records(self, ledger: str, start: int = 0, until: int | None = None) -> Iterator[Record[Any]]:
        """See `Ledgers.records`."""
        settle()
        rows = _between(ledger, start, until).values_list(*RECORD)
        return map(record_of, rows.iterator(_AT_ONCE))

    def records_of(
        self, ledger: str, kinds: Collection[str], subjects: Collection[str] = (), start: int = 0
    ) -> Iterator[Record[Any]]:
        """See `Ledgers.records_of`."""
        settle()
        wanted = models.Entry.objects.filter(ledger_id=ledger, kind__in=kinds)
        targets = (wanted.filter(subject__in=subjects) if subjects else wanted).values("body_id")
        acting = models.Act.objects.filter(ledger_id=ledger, target__in=targets).values("by")
        rows = models.Entry.objects.filter(ledger_id=ledger, body_id__in=targets.union(acting))
        # Asked for in order, or from the first entry on, a database may walk through all of them.
        rows = rows.filter(index__gte=start) if start else rows
        return iter(sorted(map(record_of, rows.values_list(*RECORD)), key=attrgetter("index")))

    def across(self, kinds: Collection[str]) -> Iterator[tuple[str, Record[Any]]]:
        """See `Ledgers.across`."""
        settle()
        wanted = models.Entry.objects.filter(kind__in=kinds).values("body_id")
        acting = models.Act.objects.filter(target__in=wanted).values("by")
        rows = models.Entry.objects.filter(body_id__in=wanted.union(acting)).order_by("ledger_id", "index")
        return ((ledger, record_of(row)) for ledger, *row in rows.values_list("ledger_id", *RECORD))

    def heads(self) -> list[Head]:
        """See `Ledgers.heads`."""
        settle()
        return heads.every()

    def places(self, ids: Collection[str]) -> list[Placed]:
        """See `Ledgers.places`."""
        settle()
        rows = models.Entry.objects.filter(body_id__in=list(ids)).order_by("ledger_id", "index")
        said = rows.values_list("ledger_id", "index", "recorded", "body_id")
        return [Placed(name, index + 1, at, one) for name, index, at, one in said]

    def lines(self, ledger: str, start: int = 0, until: int | None = None) -> Iterator[dict[str, Json]]:
        """See `Ledgers.lines`."""
        settle()
        return map(line_of, _between(ledger, start, until).values_list(*LINE).iterator(_AT_ONCE))

    def line(self, ledger: str, index: int) -> dict[str, Json] | None:
        """See `Ledgers.line`."""
        return next(self.lines(ledger, index, index + 1), None)

    def lines_of(self, ledger: str, ids: Collection[str]) -> list[dict[str, Json]]:
        """See `Ledgers.lines_of`."""
        settle()
        there = models.Entry.objects.filter(ledger_id=ledger, body_id__in=list(ids)).order_by("index")
        return [line_of(row) for row in there.values_list(*LINE)]

    def root(self, ledger: str, size: int) -> str:
        """See `Ledgers.root`."""
        settle()
        return models.Entry.objects.values_list("root", flat=True).get(ledger_id=ledger, index=size - 1)

    def leaves(self, ledger: str, start: int, until: int) -> list[bytes]:
        """See `Ledgers.leaves`."""
        return [leaf_of(row) for row in select(LEAVES, ledger, start, until)]

    def signers(self, ledger: str, start: int, until: int) -> list[tuple[str, ...]]:
        """See `Ledgers.signers`."""
        rows = _between(ledger, start, until).values_list("signatures", flat=True)
        return [tuple(json.loads(signatures)) for signatures in rows.iterator(_AT_ONCE)]

    def size_on(self, ledger: str, day: date) -> int:
        """See `Ledgers.size_on`."""
        settle()
        later = models.Entry.objects.filter(ledger_id=ledger, recorded_day__lte=day)
        last = later.order_by("-index").values_list("index", flat=True).first()
        return 0 if last is None else last + 1

    def search(self, ledger: str, wanted: Wanted, size: int, before: int | None = None, limit: int = 50) -> Hits:
        """See `Ledgers.search`."""
        settle()
        return search(ledger, wanted, size if before is None else min(size, before), limit)

    def hits(self, ledger: str, ids: Collection[str]) -> list[Hit]:
        """See `Ledgers.hits`."""
        settle()
        return hits_of(models.Entry.objects.filter(ledger_id=ledger, body_id__in=list(ids)))

    def write(self, ledger: str, work: Callable[[Book], T], asked: Asked | None = None) -> T | Problem:
        """See `Ledgers.write`."""
        return locked(ledger, lambda page: work(DatabaseBook(page, self.now())), asked)

    def erase(self, ledger: str, index: int, line: dict[str, Json]) -> Problem | None:
        """See `Ledgers.erase`."""
        return locked(ledger, lambda page: erase(page.head.ledger, index, line))

    def rebuild(self, ledger: str) -> int | Problem:
        """See `Ledgers.rebuild`."""
        return locked(ledger, lambda page: project_anew(page.head))


def _between(ledger: str, start: int, until: int | None) -> QuerySet[models.Entry]:
    rows = models.Entry.objects.filter(ledger_id=ledger, index__gte=start)
    return (rows if until is None else rows.filter(index__lt=until)).order_by("index")
