"""Reading an index so that what was computed can be kept: every computation knows the cells that it read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from meterward.core.base.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from datetime import date

    from meterward.core.facts.cell import CellKey
    from meterward.core.facts.index import Index
    from meterward.core.facts.retractions import Retraction
    from meterward.core.records.kind import F, Kind
    from meterward.core.records.record import Record

P = TypeVar("P")
T = TypeVar("T")


@dataclass(slots=True)
class _Kept:
    value: Any
    read: set[CellKey]
    change: int
    """The last change to the index that it is known to have outlived."""


@dataclass(slots=True)
class Reader:
    """An index, and what was computed from it so far. After a further record only what read its cells is made again."""

    index: Index
    _kept: dict[Hashable, _Kept] = field(default_factory=dict)
    _same: dict[Hashable, tuple[tuple[Any, ...], Any]] = field(default_factory=dict)
    _reading: list[set[CellKey]] = field(default_factory=list)
    _before: Reader | None = None
    """Whose results may be taken over as long as they are current; nothing there changes meanwhile."""
    _changed: tuple[int, int, frozenset[CellKey]] = (0, 0, frozenset())
    """The cells that changed between two changes: what is kept is mostly asked about for the same two."""

    def fork(self) -> Reader:
        """The same index and the same results, in a reader that goes its own way."""
        return Reader(self.index.fork(), _before=self)

    def forget(self) -> None:
        """Let go of every result: some hold on to this reader, so that it would not go by itself."""
        self._kept.clear()
        self._same.clear()
        self._before = None

    def all(self, kind: Kind[F]) -> tuple[Record[F], ...]:
        """The effective records of a kind, by day and id."""
        return self._read((kind.name,))

    def of(self, kind: Kind[F], *key: str) -> tuple[Record[F], ...]:
        """Those in one cell: by what the kind declares, else by subject."""
        return self._read((kind.name, *key))

    def nothing(self, kind: Kind[Any], keys: Iterable[tuple[str, ...]]) -> bool:
        """Whether there is no record in any of some cells, each of which counts as read."""
        found = [(kind.name, *key) for key in keys]
        if self._reading:
            self._reading[-1].update(found)
        return not any((cell := self.index.cells.get(key)) and cell.records for key in found)

    def ended(self, record: Record[Any]) -> date:
        """See `Index.ended`. Whoever has read the record has read its end."""
        return self.index.ended(record)

    def ending(self, record: Record[Any]) -> Record[Any] | None:
        """See `Index.ending`."""
        return self.index.ending(record)

    def successor(self, record: Record[F]) -> Record[F] | None:
        """See `Index.successor`."""
        return self.index.successor(record)

    def retractions(self, *kept: Hashable) -> tuple[Retraction, ...]:
        """What was taken back of the records in the cells that some results were kept for by these keys have read."""
        return self.index.retractions.within([self._kept[key].read for key in kept])

    def until(
        self,
        record: Record[F],
        begins: Callable[[Record[F]], date] = attrgetter("occurred"),
        counts: Callable[[Record[F]], bool] = lambda _: True,
    ) -> date:
        """The day from which a record has no effect any more, since it was ended or another took its place; else NEVER.

        `begins` says from which day on another takes its place, `counts` whether it does so at all; in place of one
        that does not, the one that replaces that one is asked.
        """
        successor = self.successor(record)
        while successor and not counts(successor):
            successor = self.successor(successor)
        return min(self.ended(record), begins(successor) if successor else NEVER)

    def keep(self, key: Hashable, compute: Callable[[], T]) -> T:
        """What `compute` returned last time, if nothing that it read has changed since; else compute it."""
        kept = self._found(key)
        if kept is None or not self._current(kept):
            self._reading.append(set())
            try:
                value = compute()
            finally:
                read = self._reading.pop()
            kept = self._kept[key] = _Kept(value, read, self.index.changes)
        if self._reading:
            self._reading[-1].update(kept.read)
        found: T = kept.value
        return found

    def same(self, key: Hashable, parts: tuple[P, ...], make: Callable[[Sequence[P]], T]) -> T:
        """What was made of these parts last time; else make it. It depends on nothing but key and parts."""
        there = self._made(key)
        if there is None or there[0] != parts:
            there = self._same[key] = (parts, make(parts))
        found: T = there[1]
        return found

    def _found(self, key: Hashable) -> _Kept | None:
        """What was kept under a key; what was kept before the fork is taken over first."""
        if key not in self._kept and self._before and (kept := self._before._found(key)):  # noqa: SLF001 - of its own
            self._kept[key] = replace(kept)
        return self._kept.get(key)

    def _made(self, key: Hashable) -> tuple[tuple[Any, ...], Any] | None:
        if key not in self._same and self._before:
            return self._before._made(key)  # noqa: SLF001 - of its own
        return self._same.get(key)

    def _current(self, kept: _Kept) -> bool:
        now = self.index.changes
        if kept.change != now:
            if self._changed[:2] != (kept.change, now):
                self._changed = (kept.change, now, frozenset(self.index.changed_since(kept.change)))
            if not kept.read.isdisjoint(self._changed[2]):
                return False
            kept.change = now
        return True

    def _read(self, key: CellKey) -> tuple[Record[Any], ...]:
        cell = self.index.cells.get(key)
        if self._reading:
            self._reading[-1].add(key)
        return tuple(cell.records) if cell else ()
