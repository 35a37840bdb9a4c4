"""Ledgers, and a ledger that is locked for one writer.

A ledger belongs to one organisation. It is append-only: an entry that was acknowledged is durable, is never changed and
never goes away. Only the store stamps `recorded`, and stamps never run backwards within a ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from meterward.core.base.canonical import Json
from meterward.core.records.keeper import Keeper
from meterward.core.records.record import Record
from meterward.core.records.statement import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from meterward.core.base.problem import Problem
    from meterward.usecases.ports.finding import Hit, Hits, Wanted

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger stands."""

    ledger: str
    keeper: str
    """The organisation whose ledger it is."""
    size: int
    last_recorded: str
    peaks: tuple[bytes, ...] = ()
    """The complete subtrees at the right edge of its Merkle tree, largest first."""
    sort: Keeper = Keeper.LICENSEE
    """What the organisation is whose ledger it is."""


class Asked(NamedTuple):
    """What must be known of the earlier records of a ledger to admit some statements."""

    ids: frozenset[bytes]
    """Their own ids, and the ids of what they act on."""
    names: frozenset[str]
    """The subjects that they name."""
    streams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the earlier records of a ledger say of what was asked; what they do not say is not there."""

    records: tuple[Record[Any], ...] = ()
    acts: dict[tuple[str, bytes], bytes] = field(default_factory=dict)
    """By which record another was acted on, by verb."""
    subjects: dict[str, bytes] = field(default_factory=dict)
    """Which record introduced a subject."""
    licences: frozenset[str] = frozenset()
    counters: dict[str, int] = field(default_factory=dict)
    keys: frozenset[bytes] = frozenset()
    """The records that tell of keys: those that introduce one, and those that act on these."""


class Written(NamedTuple):
    """A record on its way into a store: entry, record and line as it was said (without `recorded` and `id`)."""

    entry: Entry
    record: Record[Any]
    line: dict[str, Json]
    root: bytes
    """The Merkle root over the ledger up to and with this entry."""


class Book(Protocol):
    """A ledger that is locked for one writer. What is written becomes durable as a whole, or not at all."""

    @property
    def head(self) -> Head:
        """Where the ledger stands; nobody else moves it as long as the lock is held."""

    def stamp(self) -> str:
        """The instant of recording for what is appended now: never before that of the last entry."""

    def known(self, asked: Asked) -> Known:
        """What the earlier records say, in a constant number of queries."""

    def done(self, key: str) -> tuple[str, int] | None:
        """What was appended under an idempotency key: the digest of the request, and the index of the first entry."""

    def write(self, written: Sequence[Written], head: Head, key: str = "", request: str = "") -> None:
        """Append; `head` is where the ledger stands after."""


class Placed(NamedTuple):
    """An entry of a ledger: its number there, and the instant at which it was recorded."""

    ledger: str
    number: int
    """Counted from one."""
    recorded: str
    id: str


class Ledgers(Protocol):
    """The ledgers of an installation."""

    def names(self) -> list[str]:
        """The ledgers that there are."""

    def open(self, ledger: str) -> None:
        """Make room for a ledger; nothing happens if it is there."""

    def head(self, ledger: str) -> Head | None:
        """Where a ledger stands; None if there is none of that name."""

    def records(self, ledger: str, start: int = 0, until: int | None = None) -> Iterator[Record[Any]]:
        """The records of entries `[start, until)`, in order, without their texts."""

    def records_of(
        self, ledger: str, kinds: Collection[str], subjects: Collection[str] = (), start: int = 0
    ) -> Iterator[Record[Any]]:
        """The records of some kinds, about some subjects if any are named, and the records that act on these.

        With a `start`, those of entries from there on; what they act on may lie before.
        """

    def across(self, kinds: Collection[str]) -> Iterator[tuple[str, Record[Any]]]:
        """The records of some kinds, and those that act on them, of every ledger, each with the name of its ledger."""

    def heads(self) -> list[Head]:
        """Where all ledgers stand, by name."""

    def places(self, ids: Collection[str]) -> list[Placed]:
        """Where some records are entered, by their ids in hex: in which ledgers, by name."""

    def lines(self, ledger: str, start: int = 0, until: int | None = None) -> Iterator[dict[str, Json]]:
        """The whole lines of entries `[start, until)`, as a ledger file has them."""

    def line(self, ledger: str, index: int) -> dict[str, Json] | None:
        """One line."""

    def lines_of(self, ledger: str, ids: Collection[str]) -> list[dict[str, Json]]:
        """The lines of some records by id (in hex), in the order of the ledger; what is not there is left out."""

    def root(self, ledger: str, size: int) -> str:
        """The Merkle root over the first `size` entries (at least one), in hex."""

    def leaves(self, ledger: str, start: int, until: int) -> list[bytes]:
        """The leaves of entries `[start, until)` of the log, in order; fewer where the ledger ends before."""

    def signers(self, ledger: str, start: int, until: int) -> list[tuple[str, ...]]:
        """By which keys entries `[start, until)` are signed, by their ids. Nothing is verified."""

    def size_on(self, ledger: str, day: date) -> int:
        """How many entries had been recorded by the end of a day."""

    def search(self, ledger: str, wanted: Wanted, size: int, before: int | None = None, limit: int = 50) -> Hits:
        """The entries below index `min(size, before)` that are wanted, newest first, at most `limit` of them."""

    def hits(self, ledger: str, ids: Collection[str]) -> list[Hit]:
        """The entries of some records by id (in hex), newest first; what is not there is left out."""

    def write(self, ledger: str, work: Callable[[Book], T], asked: Asked | None = None) -> T | Problem:
        """Lock a ledger for one writer and let it work. What it wrote is durable when this returns.

        Several writers of a process may be kept together; then the work of one may be done a second time. Where it is
        known what work will ask its book, it is looked up for all of them at once.

        A problem if the ledger cannot be had or the store is full: then nothing was written at all.
        """

    def erase(self, ledger: str, index: int, line: dict[str, Json]) -> Problem | None:
        """Keep a line with texts erased in place of that of an entry. Nothing else of it may differ."""

    def rebuild(self, ledger: str) -> int | Problem:
        """Make everything anew that is computed from entries when they are written; how many entries there are."""
