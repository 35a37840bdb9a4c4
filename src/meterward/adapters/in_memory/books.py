"""A ledger in memory, and the same locked for one writer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from meterward.core.records.record import LINKS
from meterward.usecases.find_terms import terms_of
from meterward.usecases.ports import Hit, Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Asked, Head, Written

_PARTS = ("statement", "facts", "files", "salts", "text", "erased")


@dataclass(slots=True)
class Shelf:
    """What is kept of one ledger."""

    head: Head
    bodies: dict[bytes, dict[str, Json]]
    records: list[Record[Any]] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    roots: list[bytes] = field(default_factory=list)
    signatures: list[dict[str, Json]] = field(default_factory=list)
    known: dict[bytes, Record[Any]] = field(default_factory=dict)
    acts: dict[tuple[str, bytes], bytes] = field(default_factory=dict)
    subjects: dict[str, bytes] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    done: dict[str, tuple[str, int]] = field(default_factory=dict)

    def line(self, index: int) -> dict[str, Json]:
        """The line of an entry."""
        record = self.records[index]
        body = {name: part for name, part in self.bodies[record.id].items() if part or name in _PARTS[:2]}
        signed = {"signatures": self.signatures[index]} if self.signatures[index] else {}
        return {"id": record.id.hex(), "recorded": self.stamps[index], **body, **signed}

    def hit(self, index: int) -> Hit:
        """An entry as a list shows it."""
        one = self.records[index]
        who = (one.actor.person, one.actor.role.value)
        return Hit(index, one.id.hex(), self.stamps[index], one.occurred, one.kind.name, one.subject, *who)

    def terms(self, index: int) -> frozenset[str]:
        """What an entry is found by."""
        return frozenset(terms_of(self.hit(index), self.bodies[self.records[index].id]))

    def take(self, written: Written) -> None:
        """Append an entry."""
        record = written.record
        self.bodies.setdefault(record.id, {name: written.line[name] for name in _PARTS if name in written.line})
        self.records.append(record)
        self.stamps.append(written.entry.recorded)
        self.leaves.append(written.entry.leaf())
        self.roots.append(written.root)
        self.signatures.append(cast("dict[str, Json]", written.line.get("signatures") or {}))
        self.known[record.id] = record
        for verb, target in zip(LINKS, record.links, strict=True):
            if target:
                self.acts[verb, target] = record.id
        for name in record.introduced:
            self.subjects.setdefault(name, record.id)
        self.counters[written.entry.stream] = written.entry.counter + 1


@dataclass(slots=True)
class MemoryBook:
    """See `Book`. What is written is held back until the work is done."""

    _shelf: Shelf
    _now: str
    _held: list[tuple[Sequence[Written], Head, str, str]] = field(default_factory=list)

    @property
    def head(self) -> Head:
        """See `Book.head`."""
        return self._shelf.head

    def stamp(self) -> str:
        """See `Book.stamp`."""
        return max(self._now, self.head.last_recorded)

    def known(self, asked: Asked) -> Known:
        """See `Book.known`."""
        shelf = self._shelf
        acts = _acts(shelf, asked.ids)
        return Known(
            tuple(shelf.known[one] for one in asked.ids if one in shelf.known),
            acts | _acts(shelf, acts.values()),
            {name: shelf.subjects[name] for name in asked.names if name in shelf.subjects},
            frozenset(name.partition("/")[2] for name in shelf.subjects if name.startswith("licence/")),
            {name: shelf.counters[name] for name in asked.streams if name in shelf.counters},
            frozenset((*(keys := _keys(shelf)), *_acts(shelf, keys).values())),
        )

    def done(self, key: str) -> tuple[str, int] | None:
        """See `Book.done`."""
        return self._shelf.done.get(key)

    def write(self, written: Sequence[Written], head: Head, key: str = "", request: str = "") -> None:
        """See `Book.write`."""
        self._held.append((written, head, key, request))

    def settle(self) -> None:
        """Keep what was written."""
        for written, head, key, request in self._held:
            if key:
                self._shelf.done[key] = (request, self.head.size)
            for one in written:
                self._shelf.take(one)
            self._shelf.head = head


def _keys(shelf: Shelf) -> list[bytes]:
    return [by for name, by in shelf.subjects.items() if name.startswith("key/")]


def _acts(shelf: Shelf, targets: Iterable[bytes]) -> dict[tuple[str, bytes], bytes]:
    sought = ((verb, target) for target in targets for verb in LINKS)
    return {one: shelf.acts[one] for one in sought if one in shelf.acts}
