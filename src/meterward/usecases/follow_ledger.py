"""Follow a ledger that is kept in a store: its records in memory, and what was computed from them, entry by entry.

A process holds one `Following` for each ledger that it is asked about. After an append it reads the new entries only,
and what they do not touch is not computed again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.base.problem import Code, Problem
from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.read_ledger import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from meterward.core.records.record import Record
    from meterward.usecases.evaluate_position import Dossier
    from meterward.usecases.ports import Ledgers

Tell: TypeAlias = "Callable[[int, int], None]"
"""Hears how far reading has come: so many entries of so many. It may raise to stop it."""

_MOST_PREFIXES = 3
"""So many earlier sizes of a ledger, or sets of parameters tried out, are held ready at a time."""
_TELL_EVERY = 1_000


class Place(NamedTuple):
    """Where a ledger stood: its licensee, its size, and the Merkle root over it in hex."""

    licensee: str
    size: int
    root: str


@dataclass(slots=True)
class Following:
    """One ledger, as far as it was read."""

    ledgers: Ledgers
    name: str
    lock: RLock = field(default_factory=RLock)
    _records: list[Record[Any]] = field(default_factory=list)
    _held: OrderedDict[tuple[int, tuple[tuple[str, str], ...]], list[Dossier]] = field(default_factory=OrderedDict)

    def known(self, known_at: date | int | None, tell: Tell) -> Loaded | Problem:
        """The ledger as known now, at a size, or at the end of a day; new entries are read first."""
        with self.lock:
            place = self.place(known_at)
            if isinstance(place, Problem):
                return place
            self._catch_up(place.size, tell)
            return Loaded(place.licensee, self._records[: place.size], place.size, place.root)

    def place(self, known_at: date | int | None) -> Place | Problem:
        """Where the ledger stood as it is known; nothing is read but that."""
        head = self.ledgers.head(self.name)
        if head is None:
            return Problem(Code.LEDGER_UNKNOWN, f"There is no ledger “{self.name}” here.", "Check the name.")
        size = self._size(known_at, head.size)
        if not 1 <= size <= head.size:
            hint = f"Choose a size from 1 to {head.size:,}, or a day on which something was recorded already."
            return Problem(Code.DAY_INVALID, "The ledger never was known like that.", hint)
        return Place(head.licensee, size, self.ledgers.root(self.name, size))

    def is_near(self, known_at: date | int | None, most: int) -> bool:
        """Whether the ledger as known can be answered about after reading at most so many entries."""
        head = self.ledgers.head(self.name)
        behind = (head.size if head else 0) - len(self._records)
        held = known_at is None or any(key[0] == self._size(known_at, 0) for key in self._held)
        return behind <= most and (held or len(self._records) <= most)

    def dossiers(self, loaded: Loaded, hypothesis: Mapping[str, str]) -> list[Dossier]:
        """The licences of the ledger as known, each with what was computed of it so far."""
        with self.lock:
            now = loaded.size == len(self._records)
            key = (0 if now else loaded.size, tuple(sorted(hypothesis.items())))
            if key not in self._held:
                found = dossiers_of(loaded.licensee, loaded.records, None, hypothesis)
                self._held[key] = [] if isinstance(found, Problem) else found
                while len(self._held) > _MOST_PREFIXES:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return self._held[key]

    def beside(
        self, loaded: Loaded, record: Record[Any], hypothesis: Mapping[str, str]
    ) -> tuple[Loaded, list[Dossier]]:
        """The ledger as known, and its licences, as they would be with one more record."""
        records = [*loaded.records, record]
        found = dossiers_of(loaded.licensee, records, None, hypothesis)
        return replace(loaded, records=records, size=loaded.size + 1), [] if isinstance(found, Problem) else found

    def _size(self, known_at: date | int | None, now: int) -> int:
        if known_at is None:
            return now
        return known_at if isinstance(known_at, int) else self.ledgers.size_on(self.name, known_at)

    def _catch_up(self, size: int, tell: Tell) -> None:
        for number, record in enumerate(self.ledgers.records(self.name, len(self._records), size), 1):
            self._take(record)
            if not number % _TELL_EVERY:
                tell(len(self._records), size)

    def _take(self, record: Record[Any]) -> None:
        self._records.append(record)
        for key, licences in list(self._held.items()):
            if key[0]:
                continue
            if {one.name for one in licences}.issuperset(record.licences):
                for one in licences:
                    one.append(record)
            else:
                del self._held[key]
