"""The effective records of one licence, looked up by cell.

What was corrected or withdrawn is not there (both are retroactive); what was replaced or ended is, with its end. The
result does not depend on the order in which records come in.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import NEVER
from meterward.core.facts.cell import cell_keys
from meterward.core.facts.retractions import Retraction, Retractions, says_the_same
from meterward.core.records.record import NO_LINKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from meterward.core.facts.cell import CellKey
    from meterward.core.records.record import Record

_ORDER = attrgetter("order")
_ID_BYTES = 32


@dataclass(slots=True)
class Cell:
    """Records in their order, and the number of the change to the index that was the last to touch them."""

    records: list[Record[Any]] = field(default_factory=list)
    version: int = 0


@dataclass(slots=True)
class Index:
    """A growing set of records of one licence."""

    licence: str
    records: dict[bytes, Record[Any]] = field(default_factory=dict)
    """Every record that came in, effective or not."""
    cells: dict[CellKey, Cell] = field(default_factory=dict)
    """The cells in the order in which they changed last."""
    changes: int = 0
    """How many changes there were to cells."""
    effective: set[bytes] = field(default_factory=set)
    retractions: Retractions = field(default_factory=Retractions)
    _ids: bytearray = field(default_factory=bytearray)
    """The effective ids in order, one after the other, kept so from the first time that they are asked for."""
    _withdrawn: dict[bytes, bytes] = field(default_factory=dict)
    _corrections: dict[bytes, set[bytes]] = field(default_factory=dict)
    _followers: dict[bytes, set[bytes]] = field(default_factory=dict)
    """For a record, the effective ones that replace or end it."""
    _following: dict[bytes, list[bytes]] = field(default_factory=dict)
    """The same the other way round: for an effective record, those that it replaces or ends."""
    _once_acted: dict[bytes, set[bytes]] = field(default_factory=dict)
    """For a record, those that replace or end it, and those that did before they were taken back."""
    _shared: set[CellKey] = field(default_factory=set)
    """The cells that a fork has too, so that they are copied before they change."""

    def fork(self) -> Index:
        """The same records in an index that goes its own way; what either takes in, the other does not see."""
        self._shared = set(self.cells)
        return replace(
            self,
            records=dict(self.records),
            cells=dict(self.cells),
            effective=set(self.effective),
            retractions=self.retractions.fork(),
            _ids=bytearray(self._ids),
            _withdrawn=dict(self._withdrawn),
            _corrections=_copied(self._corrections),
            _followers=_copied(self._followers),
            _following=dict(self._following),
            _once_acted=_copied(self._once_acted),
            _shared=set(self.cells),
        )

    def append(self, record: Record[Any]) -> None:
        """Take in one more record, if it is about this licence."""
        if not record.counts_for(self.licence) or record.id in self.records:
            return
        self.records[record.id] = record
        links = record.links
        if links is NO_LINKS and record.id not in self._withdrawn and record.id not in self._corrections:
            self._put(record)
            self._note_those_that_acted_on(record)
            return
        if links.corrects:
            self._corrections.setdefault(links.corrects, set()).add(record.id)
        if links.withdraws:
            self._withdrawn[links.withdraws] = record.id
        for affected in self._affected(record):
            self._settle(affected)
        self._note_those_that_acted_on(record)

    def ended(self, record: Record[Any]) -> date:
        """The first day on which a record has no effect any more because another ended it; NEVER if none did."""
        return min((other.occurred for other in self._after(record) if other.links.ends), default=NEVER)

    def ending(self, record: Record[Any]) -> Record[Any] | None:
        """The record that ends this one, the first if several do."""
        return min((other for other in self._after(record) if other.links.ends), key=_ORDER, default=None)

    def successor(self, record: Record[Any]) -> Record[Any] | None:
        """The record that replaces this one, if one does."""
        replacing = [other for other in self._after(record) if not other.links.ends]
        return min(replacing, key=_ORDER, default=None)

    def standing(self, day: date) -> Iterator[Record[Any]]:
        """The effective records that occurred by a day, each with what it corrects."""
        for identity in self.effective:
            record = self.records[identity]
            if record.occurred <= day:
                yield from (self.records[one] for one in self._chain(record) if one in self.records)

    def ids(self) -> bytearray:
        """The ids of the effective records, sorted, one after the other."""
        if len(self._ids) != len(self.effective) * _ID_BYTES:
            self._ids = bytearray().join(sorted(self.effective))
        return self._ids

    def changed_since(self, change: int) -> Iterator[CellKey]:
        """The cells that were touched after a change."""
        for key in reversed(self.cells):
            if self.cells[key].version <= change:
                return
            yield key

    def _after(self, record: Record[Any]) -> Iterator[Record[Any]]:
        for earlier in self._chain(record) if record.links.corrects else (record.id,):
            for follower in self._followers.get(earlier, ()):
                yield self.records[follower]

    def _chain(self, record: Record[Any]) -> Iterator[bytes]:
        """A record and everything that it corrects, directly or not."""
        identity = record.id
        while identity:
            yield identity
            known = self.records.get(identity)
            identity = known.links.corrects if known else b""

    def _affected(self, record: Record[Any]) -> Iterator[bytes]:
        """What a new record moves: itself, what it acts on, and corrections of it that came in before.

        Whether a record counts is decided by those that correct or withdraw it directly, so the rest of a chain stays.
        """
        links = record.links
        yield record.id
        if links.corrects:
            yield links.corrects
        if links.withdraws:
            yield links.withdraws
            target = self.records.get(links.withdraws)
            if target and target.links.corrects:
                yield target.links.corrects
        yield from self._corrections_of(record.id)

    def _corrections_of(self, identity: bytes) -> Iterator[bytes]:
        """The corrections of a record, and theirs; one may have been corrected more often than Python recurses."""
        waiting = list(self._corrections.get(identity, ()))
        while waiting:
            correction = waiting.pop()
            yield correction
            waiting.extend(self._corrections.get(correction, ()))

    def _settle(self, identity: bytes) -> None:
        """Put a record where it belongs now."""
        record = self.records.get(identity)
        if record is None:
            return
        if identity in self.effective:
            self._take(record)
        corrected = any(other not in self._withdrawn for other in self._corrections.get(identity, ()))
        if identity not in self._withdrawn and not corrected:
            self._put(record)
        self._note(record)

    def _note_those_that_acted_on(self, record: Record[Any]) -> None:
        if self._once_acted:
            for identity in self._chain(record):
                for taken in self._once_acted.get(identity, ()):
                    self._note(self.records[taken])

    def _note(self, record: Record[Any]) -> None:
        """Keep the retraction of a record, or by it, if there is one, in the cells where it lay or which it touched."""
        by, targets = self._taken_back_by(record.id), list(self._targets(record))
        if by is None and not targets and record.id not in self.retractions:
            return
        keys = set(cell_keys(record))
        for target in targets:
            self._once_acted.setdefault(target, set()).add(record.id)
            there = (self.records.get(other) for other in (target, *self._corrections_of(target)))
            keys.update(key for one in there if one for key in cell_keys(one))
        found = self._taken_back(record, by) if by else self._ended_before_recorded(record, targets)
        for key in self.retractions.put(record.id, found, keys):
            self._change(key)

    def _taken_back(self, record: Record[Any], by: Record[Any]) -> Retraction | None:
        """What a withdrawal or correction took back, if something else counts since."""
        stands = by if by.links.corrects == record.id else self.records.get(record.links.corrects)
        if stands and says_the_same(stands, record):
            return None
        return Retraction(self._first_to_say(record), by)

    def _ended_before_recorded(self, record: Record[Any], targets: Iterable[bytes]) -> Retraction | None:
        """What a record ended or replaced on a day before that of its recording."""
        said = self._first_to_say(record)
        there = (self.records[one] for one in targets if said.recorded > said.occurred and one in self.records)
        return next((Retraction(target, said, retroactive=False) for target in there), None)

    def _taken_back_by(self, identity: bytes) -> Record[Any] | None:
        if identity in self._withdrawn:
            return self.records[self._withdrawn[identity]]
        standing = (one for one in self._corrections.get(identity, ()) if one not in self._withdrawn)
        return min((self.records[one] for one in standing), key=_ORDER, default=None)

    def _first_to_say(self, record: Record[Any]) -> Record[Any]:
        """The record that first said what a correction of it only repeats."""
        for identity in self._chain(record):
            earlier = self.records.get(identity)
            if earlier is None or not says_the_same(earlier, record):
                break
            record = earlier
        return record

    def _put(self, record: Record[Any]) -> None:
        self.effective.add(record.id)
        if self._ids:
            place = self._place(record.id)
            self._ids[place:place] = record.id
        for key in cell_keys(record):
            cell = self._change(key)
            if cell.records and cell.records[-1].occurred >= record.occurred:
                insort(cell.records, record, key=_ORDER)
            else:
                cell.records.append(record)
        if record.links is not NO_LINKS:
            self._following[record.id] = list(self._targets(record))
            for target in self._following[record.id]:
                self._followers.setdefault(target, set()).add(record.id)
                self._touch(target)

    def _take(self, record: Record[Any]) -> None:
        self.effective.discard(record.id)
        if self._ids:
            place = self._place(record.id)
            del self._ids[place : place + _ID_BYTES]
        for key in cell_keys(record):
            cell = self._change(key)
            del cell.records[bisect_left(cell.records, record.order, key=_ORDER)]
        for target in self._following.pop(record.id, ()):
            self._followers[target].discard(record.id)
            self._touch(target)

    def _targets(self, record: Record[Any]) -> Iterator[bytes]:
        """What a record replaces or ends; a correction does what the record that it corrects did."""
        if record.links.corrects:
            for identity in self._chain(record):
                known = self.records.get(identity)
                if known and (known.links.replaces or known.links.ends):
                    yield known.links.replaces or known.links.ends
        elif record.links.replaces or record.links.ends:
            yield record.links.replaces or record.links.ends

    def _touch(self, identity: bytes) -> None:
        for other in (identity, *self._corrections_of(identity)):
            if record := self.records.get(other):
                for key in cell_keys(record):
                    self._change(key)

    def _change(self, key: CellKey) -> Cell:
        """A cell that changes now."""
        cell = self.cells.pop(key, None) or Cell()
        if key in self._shared:
            self._shared.discard(key)
            cell = Cell(list(cell.records))
        self.changes += 1
        cell.version = self.changes
        self.cells[key] = cell
        return cell

    def _place(self, identity: bytes) -> int:
        """Where an id stands among the sorted ones, or would."""
        starts = range(0, len(self._ids), _ID_BYTES)
        return _ID_BYTES * bisect_left(starts, identity, key=lambda start: bytes(self._ids[start : start + _ID_BYTES]))


def _copied(sets: dict[bytes, set[bytes]]) -> dict[bytes, set[bytes]]:
    return {identity: set(others) for identity, others in sets.items()}
