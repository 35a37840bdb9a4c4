"""Tell who signed: of one statement, with its signatures verified; of a whole ledger, as its entries say."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.records.keyring import Keyring, KeySpan, Signed, Signing
from meterward.core.records.record import Record
from meterward.core.records.signatures import vouch

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.records.line import Sealed
    from meterward.usecases.prove_record import Tell

Read: TypeAlias = "Callable[[int, int], list[tuple[str, ...]]]"
"""Gives the keys by which entries are signed, from one to before another."""
_AT_ONCE = 10_000


class Vouching(NamedTuple):
    """How a statement is signed, and the keys that count at its place by which it is."""

    how: Signed
    keys: tuple[KeySpan, ...]


class Ring(NamedTuple):
    """The records that tell of the keys of a ledger, and its owner."""

    owner: str
    telling: Sequence[Record[Any]]


class Share(NamedTuple):
    """How many statements of an organisation are signed in one way."""

    organisation: str
    how: Signed
    records: int


def vouching(ring: Keyring, sealed: Sealed, index: int) -> Vouching:
    """How the statement at a place is signed. Each signature is verified."""
    vouched = vouch(sealed.statement.payload(), sealed.signatures, ring.keys)
    keys = tuple(one for one in ring.spans() if vouched.get(one.key.id) and one.counts_at(index))
    return Vouching(ring.signed(Signing(vouched, sealed.header.actor, index)), keys)


@dataclass(slots=True)
class Tally:
    """How the statements of a ledger are signed, counted as entries come. No signature is verified."""

    _sets: dict[tuple[str, ...], int] = field(default_factory=dict)
    """The sets of keys that sign, numbered."""
    _set_of: array[int] = field(default_factory=lambda: array("L"))
    """For each entry the number of its set."""
    _counts: Counter[tuple[str, Signed]] = field(default_factory=Counter)
    _counted: int = 0
    _telling: tuple[bytes, ...] = ()
    _lock: Lock = field(default_factory=Lock)

    @property
    def size(self) -> int:
        """Of so many entries it is known who signed them."""
        return len(self._set_of)

    def follow(self, records: Sequence[Record[Any]], ring: Ring, read: Read, tell: Tell) -> None:
        """Take in what came since, where `records` are all that there are.

        Keys that are told of otherwise than before make all of it count anew.
        """
        with self._lock:
            size = len(records)
            while (start := self.size) < size:
                some = read(start, min(start + _AT_ONCE, size))
                self._set_of.extend(self._sets.setdefault(keys, len(self._sets)) for keys in some)
                tell(self.size, size)
            told = tuple(one.id for one in ring.telling)
            if told != self._telling:
                self._telling, self._counted = told, 0
                self._counts.clear()
            self._count(records, Keyring(ring.owner).take(ring.telling), size)

    def shares(self) -> list[Share]:
        """Who signed how many, by organisation."""
        return [Share(organisation, how, many) for (organisation, how), many in sorted(self._counts.items())]

    def _count(self, records: Sequence[Record[Any]], ring: Keyring, size: int) -> None:
        sets = [dict.fromkeys(keys, True) for keys in self._sets]
        for index in range(self._counted, size):
            actor = records[index].actor
            how = ring.signed(Signing(sets[self._set_of[index]], actor, index))
            self._counts[actor.organisation, how] += 1
        self._counted = size
