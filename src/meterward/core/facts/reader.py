"""Reading an index so that what was computed can be kept: every computation knows the cells that it read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import date

    from meterward.core.facts.index import CellKey, Index
    from meterward.core.records.kind import F, Kind
    from meterward.core.records.record import Record

T = TypeVar("T")


@dataclass(slots=True)
class _Kept:
    value: Any
    read: dict[CellKey, int]


@dataclass(slots=True)
class Reader:
    """An index, and what was computed from it so far. After a further record only what read its cells is made again."""

    index: Index
    _kept: dict[Hashable, _Kept] = field(default_factory=dict)
    _reading: list[dict[CellKey, int]] = field(default_factory=list)

    def all(self, kind: Kind[F]) -> tuple[Record[F], ...]:
        """The effective records of a kind, by day and id."""
        return self._read((kind.name,))

    def of(self, kind: Kind[F], *key: str) -> tuple[Record[F], ...]:
        """Those in one cell: by what the kind declares, else by subject."""
        return self._read((kind.name, *key))

    def ended(self, record: Record[Any]) -> date:
        """See `Index.ended`. Whoever has read the record has read its end."""
        return self.index.ended(record)

    def successor(self, record: Record[F]) -> Record[F] | None:
        """See `Index.successor`."""
        return self.index.successor(record)

    def keep(self, key: Hashable, compute: Callable[[], T]) -> T:
        """What `compute` returned last time, if nothing that it read has changed since; else compute it."""
        kept = self._kept.get(key)
        if kept is None or not self._current(kept):
            self._reading.append({})
            try:
                value = compute()
            finally:
                read = self._reading.pop()
            kept = self._kept[key] = _Kept(value, read)
        if self._reading:
            self._reading[-1].update(kept.read)
        found: T = kept.value
        return found

    def _current(self, kept: _Kept) -> bool:
        cells = self.index.cells
        return all((cells[key].version if key in cells else 0) == version for key, version in kept.read.items())

    def _read(self, key: CellKey) -> tuple[Record[Any], ...]:
        cell = self.index.cells.get(key)
        if self._reading:
            self._reading[-1][key] = cell.version if cell else 0
        return tuple(cell.records) if cell else ()
