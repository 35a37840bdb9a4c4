"""Ledgers in memory."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from meterward.adapters.in_memory.books import MemoryBook, Shelf
from meterward.core.base.problem import Code, Problem
from meterward.usecases.find_terms import fits, groups_of
from meterward.usecases.ports import Head, Hits, Placed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Asked, Book, Hit, Wanted

T = TypeVar("T")


@dataclass(slots=True)
class MemoryLedgers:
    """See `Ledgers`. `now` gives the instant that it is, as a ledger writes it."""

    now: Callable[[], str]
    _shelves: dict[str, Shelf] = field(default_factory=dict)
    _bodies: dict[bytes, dict[str, Json]] = field(default_factory=dict)
    """What statements say; one that several ledgers have entered is erased in all of them."""
    _lock: RLock = field(default_factory=RLock)

    def names(self) -> list[str]:
        """See `Ledgers.names`."""
        return sorted(self._shelves)

    def open(self, ledger: str) -> None:
        """See `Ledgers.open`."""
        self._shelves.setdefault(ledger, Shelf(Head(ledger, "", 0, ""), self._bodies))

    def head(self, ledger: str) -> Head | None:
        """See `Ledgers.head`."""
        return self._shelves[ledger].head if ledger in self._shelves else None

    def records(self, ledger: str, start: int = 0, until: int | None = None) -> Iterator[Record[Any]]:
        """See `Ledgers.records`."""
        return iter(self._shelf(ledger).records[start:until])

    def records_of(
        self, ledger: str, kinds: Collection[str], subjects: Collection[str] = (), start: int = 0
    ) -> Iterator[Record[Any]]:
        """See `Ledgers.records_of`."""
        records = self._shelf(ledger).records
        meant = (one for one in records if one.kind.name in kinds and (not subjects or one.subject in subjects))
        wanted = {record.id for record in meant}
        return (record for record in records[start:] if record.id in wanted or not wanted.isdisjoint(record.links))

    def across(self, kinds: Collection[str]) -> Iterator[tuple[str, Record[Any]]]:
        """See `Ledgers.across`."""
        return ((name, one) for name in self.names() for one in self.records_of(name, kinds))

    def heads(self) -> list[Head]:
        """See `Ledgers.heads`."""
        return [head for name in self.names() if (head := self.head(name))]

    def places(self, ids: Collection[str]) -> list[Placed]:
        """See `Ledgers.places`."""
        there = ((name, hit) for name in self.names() for hit in reversed(self.hits(name, ids)))
        return [Placed(name, hit.index + 1, hit.recorded, hit.id) for name, hit in there]

    def lines(self, ledger: str, start: int = 0, until: int | None = None) -> Iterator[dict[str, Json]]:
        """See `Ledgers.lines`."""
        shelf = self._shelf(ledger)
        return (shelf.line(index) for index in range(len(shelf.records))[start:until])

    def line(self, ledger: str, index: int) -> dict[str, Json] | None:
        """See `Ledgers.line`."""
        return next(self.lines(ledger, index, index + 1), None)

    def lines_of(self, ledger: str, ids: Collection[str]) -> list[dict[str, Json]]:
        """See `Ledgers.lines_of`."""
        return [line for line in self.lines(ledger) if line["id"] in ids]

    def root(self, ledger: str, size: int) -> str:
        """See `Ledgers.root`."""
        return self._shelf(ledger).roots[size - 1].hex()

    def leaves(self, ledger: str, start: int, until: int) -> list[bytes]:
        """See `Ledgers.leaves`."""
        return list(self._shelf(ledger).leaves[start:until])

    def signers(self, ledger: str, start: int, until: int) -> list[tuple[str, ...]]:
        """See `Ledgers.signers`."""
        return [tuple(one) for one in self._shelf(ledger).signatures[start:until]]

    def size_on(self, ledger: str, day: date) -> int:
        """See `Ledgers.size_on`."""
        return bisect_right(self._shelf(ledger).records, day, key=lambda record: record.recorded)

    def search(self, ledger: str, wanted: Wanted, size: int, before: int | None = None, limit: int = 50) -> Hits:
        """See `Ledgers.search`."""
        shelf, groups, found = self._shelf(ledger), groups_of(wanted), list[int]()
        below = min(size, len(shelf.records), size if before is None else before)
        for index in range(below - 1, -1, -1):
            if fits(groups, shelf.terms(index)):
                found.append(index)
                if len(found) > limit:
                    break
        more = len(found) > limit
        return Hits([shelf.hit(index) for index in found[:limit]], found[limit - 1] if more else None)

    def hits(self, ledger: str, ids: Collection[str]) -> list[Hit]:
        """See `Ledgers.hits`."""
        shelf = self._shelf(ledger)
        found = {shelf.known[identity].index for one in ids if (identity := bytes.fromhex(one)) in shelf.known}
        return [shelf.hit(index) for index in sorted(found, reverse=True)]

    def write(self, ledger: str, work: Callable[[Book], T], asked: Asked | None = None) -> T | Problem:  # noqa: ARG002 - nothing is looked up
        """See `Ledgers.write`."""
        with self._lock:
            if ledger not in self._shelves:
                return _unknown(ledger)
            book = MemoryBook(self._shelves[ledger], self.now())
            done = work(book)
            book.settle()
            return done

    def erase(self, ledger: str, index: int, line: dict[str, Json]) -> Problem | None:
        """See `Ledgers.erase`."""
        if ledger not in self._shelves:
            return _unknown(ledger)
        body = self._bodies[self._shelf(ledger).records[index].id]
        body |= {part: line.get(part, {}) for part in ("text", "salts", "erased")}
        return None

    def rebuild(self, ledger: str) -> int | Problem:
        """See `Ledgers.rebuild`. Here nothing is kept that could differ from the entries."""
        return len(self._shelves[ledger].records) if ledger in self._shelves else _unknown(ledger)

    def _shelf(self, ledger: str) -> Shelf:
        """A ledger's; one that is not there is empty."""
        return self._shelves.get(ledger) or Shelf(Head(ledger, "", 0, ""), {})


def _unknown(ledger: str) -> Problem:
    return Problem(Code.LEDGER_UNKNOWN, f"There is no ledger “{ledger}” here.", "Check the name.")
