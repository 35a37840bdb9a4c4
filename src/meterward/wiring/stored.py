"""Ledgers of the store, read as commands read a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.usecases.read_ledger import Loaded, read_ledger
from meterward.wiring.store import head_of, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from meterward.core.records.record import Record
    from meterward.usecases.ports import Head, Ledgers

    Tell = Callable[[int, int], None]
    See = Callable[[Record[Any], bytes], None]

_TELL_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Stored:
    """A ledger of the store in a home. `tell` hears how many entries were read, of how many."""

    home: Path
    name: str
    tell: Tell = lambda _done, _total: None

    def read(self, known_at: date | int | None = None, see: See | None = None) -> Loaded | Problem:
        """The ledger as known now, at a size, or at the end of a day. `see` is shown every record with its line."""
        return within(self.home, lambda store: self._read(store.ledgers, known_at, see))

    def check(self, root_at: int | None = None) -> Loaded | Problem:
        """The ledger read anew from its lines, every id and the root computed again, and compared with the store's."""
        return within(self.home, lambda store: self._check(store.ledgers, root_at))

    def _read(self, ledgers: Ledgers, known_at: date | int | None, see: See | None) -> Loaded | Problem:
        head = head_of(ledgers, self.name)
        if isinstance(head, Problem):
            return head
        size = size_at(ledgers, head, known_at)
        root = ledgers.root(self.name, size) if size else ""
        records = []
        for record in ledgers.records(self.name, 0, size):
            records.append(record)
            self._told(len(records), size)
        if see:
            for record, line in zip(records, ledgers.lines(self.name, 0, size), strict=True):
                see(record, json.dumps(line, ensure_ascii=False).encode())
        return Loaded(head.keeper, records, size, root)

    def _check(self, ledgers: Ledgers, root_at: int | None) -> Loaded | Problem:
        head = head_of(ledgers, self.name)
        if isinstance(head, Problem):
            return head
        loaded = read_ledger(self._lines(ledgers, head.size), root_at=root_at)
        kept = ledgers.root(self.name, head.size)
        if loaded.root != kept and not loaded.problems:
            message = f"Its entries give the root {loaded.root[:16]}…, and the store says {kept[:16]}…."
            hint = "The store was changed from outside: bring it back from a copy, with “meterward restore”."
            loaded.refuse(Problem(Code.COMMITMENT_MISMATCH, message, hint), 0)
        return loaded

    def _lines(self, ledgers: Ledgers, size: int) -> Iterator[bytes]:
        for number, line in enumerate(ledgers.lines(self.name, 0, size), 1):
            yield json.dumps(line, ensure_ascii=False).encode()
            self._told(number, size)

    def _told(self, number: int, size: int) -> None:
        if not number % _TELL_EVERY:
            self.tell(number, size)


def size_at(ledgers: Ledgers, head: Head, known_at: date | int | None) -> int:
    """How many entries of a ledger were known: now, at a size that it has, or at the end of a day."""
    if known_at is None:
        return head.size
    return min(known_at, head.size) if isinstance(known_at, int) else ledgers.size_on(head.ledger, known_at)
