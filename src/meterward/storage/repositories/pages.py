"""A ledger within one transaction: what is known of it, and what was written to it that the database has not seen yet.

Threads that append together are looked up for together and written together. Whoever reads the ledger meanwhile by
other ways, in the same transaction, has what was written settled first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import local
from typing import TYPE_CHECKING, Any, Self

from meterward.core.records.record import LINKS
from meterward.storage.repositories import heads
from meterward.storage.repositories.projected import told_of
from meterward.storage.repositories.projections import Told, project, texts_left
from meterward.storage.repositories.rows import BODY, ENTRY, RECORDS, body_row, entry_row, record_of
from meterward.storage.repositories.statements import OR_LEAVE, execute, insert, select
from meterward.usecases.ports import Asked, Known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Head, Written

_MOST_ASKED = 10_000
_RECORDS = f"{RECORDS} WHERE ledger_id = %s AND body_id IN ({{among}})"
_NOTE = "INSERT INTO storage_done (ledger_id, key, request, first) VALUES (%s, %s, %s, %s)"
_KEYS = 'SELECT id FROM storage_entry WHERE ledger_id = %s AND "index" >= %s ORDER BY "index"'
_KEY = "key"
NOTHING = Asked(frozenset(), frozenset(), frozenset())
_here = local()


@dataclass(slots=True)
class Page:
    """A ledger that is locked, where it stands, and what was written to it in this transaction."""

    head: Head
    foreseen: Asked = NOTHING
    """What whoever writes together asks about, so that it is looked up once."""
    _looked_up: bool = False
    _records: dict[bytes, Record[Any]] = field(default_factory=dict)
    _acts: dict[tuple[str, bytes], bytes] = field(default_factory=dict)
    _subjects: dict[str, bytes] = field(default_factory=dict)
    _licences: set[str] = field(default_factory=set)
    _counters: dict[str, int] = field(default_factory=dict)
    _telling: set[bytes] = field(default_factory=set)
    _written: list[Written] = field(default_factory=list)
    _notes: list[tuple[str, str, int]] = field(default_factory=list)

    def known(self, asked: Asked) -> Known:
        """See `Book.known`."""
        if not self._looked_up or not _covers(self.foreseen, asked):
            self.settle()
            self._look_up(self.foreseen if _covers(self.foreseen, asked) else asked)
        acts = self._acting(asked.ids) if self._acts else {}
        return Known(
            tuple(self._records[one] for one in asked.ids if one in self._records),
            acts | self._acting(acts.values()) if acts else acts,
            {name: self._subjects[name] for name in asked.names if name in self._subjects},
            frozenset(self._licences),
            {name: self._counters[name] for name in asked.streams if name in self._counters},
            frozenset(self._telling),
        )

    def add(self, written: Sequence[Written], head: Head, key: str, request: str) -> None:
        """Take in what is written. It is known at once, and settled at the latest before the transaction ends."""
        if key:
            self._notes.append((key, request, self.head.size))
        self._written.extend(written)
        self.head = head
        for one in written:
            self._learn(one)

    def settle(self) -> None:
        """Let the database have what was written."""
        written, notes, ledger = self._written, self._notes, self.head.ledger
        self._written, self._notes = [], []
        if written:
            ids = [one.record.id.hex() for one in written]
            bodies = [body_row(identity, one.line) for identity, one in zip(ids, written, strict=True)]
            all_new = insert("storage_body", BODY, bodies, OR_LEAVE) == len(bodies)
            insert("storage_entry", ENTRY, [entry_row(ledger, one) for one in written])
            keys = select(_KEYS, ledger, written[0].entry.index)
            left = {} if all_new else _texts_left(ids)
            told = [
                Told(key, one.entry.recorded, one.record, {**one.line, **left.get(identity, {})})
                for (key,), identity, one in zip(keys, ids, written, strict=True)
            ]
            project(ledger, self.head.keeper, told)
            heads.move(self.head)
        for note in notes:
            execute(_NOTE, ledger, *note)

    def _look_up(self, asked: Asked) -> None:
        self.foreseen, self._looked_up = asked, True
        ids = [identity.hex() for identity in asked.ids]
        acts, subjects, licences, counters, keys = told_of(self.head.ledger, ids, asked.names, asked.streams)
        acting = told_of(self.head.ledger, acts.values()).acts if acts else {}
        self._records = {record.id: record for record in map(record_of, self._rows(ids))}
        pairs = {**acts, **acting}.items()
        self._acts = {(verb, bytes.fromhex(target)): bytes.fromhex(by) for (verb, target), by in pairs}
        self._subjects = {name: bytes.fromhex(by) for name, by in subjects.items()}
        self._licences = {name.partition("/")[2] for name in licences}
        self._counters, self._telling = counters, {bytes.fromhex(one) for one in keys}

    def _learn(self, one: Written) -> None:
        record = one.record
        self._records[record.id] = record
        self._counters[one.entry.stream] = one.entry.counter + 1
        for verb, target in zip(LINKS, record.links, strict=True):
            if target:
                self._acts[verb, target] = record.id
                if target in self._telling:
                    self._telling.add(record.id)
        for subject in record.introduced:
            space, _, name = subject.partition("/")
            self._subjects.setdefault(subject, record.id)
            if space == "licence":
                self._licences.add(name)
            elif space == _KEY:
                self._telling.add(record.id)

    def _acting(self, targets: Iterable[bytes]) -> dict[tuple[str, bytes], bytes]:
        sought = ((verb, target) for target in targets for verb in LINKS)
        return {one: self._acts[one] for one in sought if one in self._acts}

    def _rows(self, ids: Collection[str]) -> Iterator[tuple[Any, ...]]:
        for some in _portions(ids):
            yield from select(_RECORDS, self.head.ledger, among=some)


@dataclass(slots=True)
class Pages:
    """The ledgers that are written to in one transaction of this thread."""

    foreseen: dict[str, Asked] = field(default_factory=dict)
    _open: dict[str, Page] = field(default_factory=dict)

    def of(self, ledger: str) -> Page | None:
        """A ledger, locked; None if there is none of that name."""
        if ledger not in self._open:
            head = heads.find(ledger, lock=True)
            if head is None:
                return None
            self._open[ledger] = Page(head, self.foreseen.get(ledger, NOTHING))
        return self._open[ledger]

    def __enter__(self) -> Self:
        """From here on whoever reads in this thread has what was written settled first."""
        _here.pages = self
        return self

    def __exit__(self, *_: object) -> None:
        """It is over."""
        _here.pages = None

    def settle(self) -> None:
        """Let the database have everything that was written."""
        for page in self._open.values():
            page.settle()


def settle() -> None:
    """Before a ledger is read: let the database have what this thread wrote in its transaction."""
    pages: Pages | None = getattr(_here, "pages", None)
    if pages:
        pages.settle()


def both(one: Asked, other: Asked) -> Asked:
    """What either asks."""
    return Asked(one.ids | other.ids, one.names | other.names, one.streams | other.streams)


def _covers(whole: Asked, part: Asked) -> bool:
    return part.ids <= whole.ids and part.names <= whole.names and part.streams <= whole.streams


def _texts_left(ids: Collection[str]) -> dict[str, dict[str, Json]]:
    found: dict[str, dict[str, Json]] = {}
    for some in _portions(ids):
        found |= texts_left(some)
    return found


def _portions(values: Collection[str]) -> Iterator[list[str]]:
    """As many values at a time as a query takes."""
    listed = list(values)
    return (listed[start : start + _MOST_ASKED] for start in range(0, len(listed), _MOST_ASKED))
