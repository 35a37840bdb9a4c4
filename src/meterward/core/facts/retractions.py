"""What was taken back: records that were withdrawn as errors, corrected so that they say something else, or ended.

The first two leave no trace in a status, because they are retroactive; nor does an end or a replacement that was
recorded after its own day. They are kept by the cells in which the records lay, so that whoever read one can be told.
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
    """A record that was taken back, and the withdrawal or correction by which it was; or what ended or replaced it."""

    taken: Record[Any]
    by: Record[Any]
    retroactive: bool = True
    """Whether it was never true, as is what was withdrawn or corrected; else it is so no more from a day on."""

    @property
    def days(self) -> int:
        """How long it was in the ledger before it was taken back; how late it was recorded that it is so no more."""
        since = self.taken.recorded if self.retroactive else self.by.occurred
        return (self.by.recorded - since).days

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
    """For a record that was taken back, or ended or replaced another, the retraction and where that lies."""

    def fork(self) -> Retractions:
        """The same retractions, to be added to apart from these."""
        return Retractions({key: dict(lying) for key, lying in self._by_cell.items()}, dict(self._lying))

    def __contains__(self, identity: bytes) -> bool:
        return identity in self._lying

    def put(self, identity: bytes, retraction: Retraction | None, keys: Iterable[CellKey]) -> set[CellKey]:
        """Put the retraction that a record is about where it belongs now, if there is one; the cells that changed."""
        before, lay = self._lying.pop(identity, (None, _NOWHERE))
        lies = frozenset(keys) if retraction else _NOWHERE
        for key in lay - lies:
            del self._by_cell[key][identity]
            if not self._by_cell[key]:
                del self._by_cell[key]
        if retraction:
            self._lying[identity] = (retraction, lies)
            for key in lies:
                self._by_cell.setdefault(key, {})[identity] = retraction
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
