"""What was taken back: records that were withdrawn as errors, or corrected so that they say something else.

Neither leaves a trace in a status, because both are retroactive. They are kept by the cells in which the records lay,
so that whoever read a cell can be told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from meterward.core.facts.cell import CellKey


class Retraction(NamedTuple):
    """A record that was taken back, and the withdrawal or correction by which it was."""

    taken: Record[Any]
    by: Record[Any]

    @property
    def days(self) -> int:
        """How long after it was recorded it was taken back. Both days are the ledger's, which nobody chooses."""
        return (self.by.recorded - self.taken.recorded).days

    @property
    def order(self) -> tuple[object, ...]:
        """The order in which they are told: by the day of recording, never by arrival."""
        return (self.by.recorded, self.taken.order, self.by.id)


_NOWHERE: frozenset[CellKey] = frozenset()


@dataclass(slots=True)
class Retractions:
    """The retractions of one licence, by the cells that they lie in."""

    _by_cell: dict[CellKey, dict[bytes, Retraction]] = field(default_factory=dict)
    _lying: dict[bytes, tuple[Retraction, frozenset[CellKey]]] = field(default_factory=dict)
    """For a record that was taken back, its retraction and where that lies."""

    def __contains__(self, taken: bytes) -> bool:
        return taken in self._lying

    def put(self, taken: bytes, retraction: Retraction | None, keys: Iterable[CellKey]) -> set[CellKey]:
        """Put the retraction of a record where it belongs now, nowhere if there is none; the cells that changed."""
        before, lay = self._lying.pop(taken, (None, _NOWHERE))
        lies = frozenset(keys) if retraction else _NOWHERE
        for key in lay - lies:
            del self._by_cell[key][taken]
            if not self._by_cell[key]:
                del self._by_cell[key]
        if retraction:
            self._lying[taken] = (retraction, lies)
            for key in lies:
                self._by_cell.setdefault(key, {})[taken] = retraction
        return set(lay ^ lies) if before == retraction else {*lay, *lies}

    def within(self, cells: Iterable[Collection[CellKey]]) -> tuple[Retraction, ...]:
        """Those that lie in some cells, each once, in order."""
        there: Mapping[CellKey, dict[bytes, Retraction]] = self._by_cell
        found: dict[bytes, Retraction] = {}
        for some in cells:
            for key in some if len(some) < len(there) else there:
                if key in there and key in some:
                    found.update(there[key])
        return tuple(sorted(found.values(), key=attrgetter("order")))


def says_the_same(one: Record[Any], other: Record[Any]) -> bool:
    """Whether two records of a kind come to the same: facts, day, and in what role it was said."""
    return (one.facts, one.occurred, one.actor.role) == (other.facts, other.occurred, other.actor.role)
