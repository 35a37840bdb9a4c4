"""Follow a ledger that is kept in a store: its records in memory, and what was computed from them, entry by entry.

A process holds one `Following` for each ledger that it is asked about. After an append it reads the new entries only,
and what they do not touch is not computed again. What was not asked for longest goes when there is too much.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.base.days import EVER
from meterward.core.base.problem import Code, Problem
from meterward.core.records.terms import EVERY_LICENCE
from meterward.usecases.evaluate_position import new_dossier
from meterward.usecases.read_ledger import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from meterward.core.records.record import Record
    from meterward.usecases.evaluate_position import Dossier
    from meterward.usecases.ports import Ledgers

Tell: TypeAlias = "Callable[[int, int], None]"
"""Hears how far reading has come: so many entries of so many. It may raise to stop it."""
Find: TypeAlias = "Callable[[Sequence[Dossier], Sequence[Record[Any]] | None], list[Problem]]"
"""Says what is wrong with some licences; with records, only what these may have made wrong."""

_NONE = "Check the name; “meterward init” makes a ledger, “meterward restore” brings one back."
MOST_HELD = 300_000
"""So many records are held in a process, counted once more wherever they are sorted for a position."""
_MOST_STATES = 3
"""So many states of a ledger are held ready: now, earlier sizes, or with parameters tried out."""
_MOST_ALONE = 200
"""So many further records are looked at by themselves; where there are more, everything is looked at again."""
_AT_ONCE = 2_000
"""So many entries are read in one go: while entries are read, nobody can append to some stores."""


class Place(NamedTuple):
    """Where a ledger stood: its licensee, its size, and the Merkle root over it in hex."""

    licensee: str
    size: int
    root: str


@dataclass(slots=True)
class State:
    """The licences of a ledger as known at a size, or now, each with what was computed of it so far."""

    licensee: str
    hypothesis: Mapping[str, str]
    loaded: Loaded = field(default_factory=Loaded)
    lock: RLock = field(default_factory=RLock)
    """Whoever asks the licences holds it."""
    size: int = 0
    weight: int = 0
    _licences: dict[str, Dossier] = field(default_factory=dict)
    _everywhere: list[Record[Any]] = field(default_factory=list)
    """The records that are about every licence."""
    _checked: dict[str, tuple[int, list[Problem]]] = field(default_factory=dict)
    """By law, how many records were looked at, and what is wrong with them."""

    @property
    def dossiers(self) -> list[Dossier]:
        """The licences by name."""
        return [self._licences[name] for name in sorted(self._licences)]

    def problems(self, law: str, find: Find) -> list[Problem]:
        """What is wrong by a law; nothing is looked at twice unless something is wrong."""
        size, found = self._checked.get(law, (0, []))
        if size != self.size:
            few = size and not found and self.size - size <= _MOST_ALONE
            if not few or find(self.dossiers, self.loaded.records[size:]):
                found = find(self.dossiers, None)
            self._checked[law] = (self.size, found)
        return found

    @contextmanager
    def beside(self, record: Record[Any], as_at: date) -> Iterator[list[Dossier]]:
        """The licences with one more record, to be asked as at a day. Nothing here hears of the record."""
        forked = {name: one.fork(as_at) if record.counts_for(name) else one for name, one in self._licences.items()}
        then = State(self.licensee, self.hypothesis, _licences=forked, _everywhere=[*self._everywhere])
        then.take(record)
        try:
            yield then.dossiers
        finally:
            for one in then.dossiers:
                if self._licences.get(one.name) is not one:
                    one.forget()

    def take(self, record: Record[Any]) -> None:
        """Take in one more record. Of a licence that it is the first to name, earlier ones are about every licence."""
        everywhere = EVERY_LICENCE in record.licences
        for name in list(self._licences) if everywhere else record.licences:
            if name not in self._licences:
                self._licences[name] = new_dossier(self.licensee, name, self.hypothesis)
                for earlier in self._everywhere:
                    self._licences[name].append(earlier)
            self._licences[name].append(record)
        if everywhere:
            self._everywhere.append(record)
        self.size += 1

    def is_ready(self, as_at: date) -> bool:
        """Whether what was not done by a day needs not be sorted out first."""
        return all(one.is_ready(as_at) for one in list(self._licences.values()))

    def advance(self, loaded: Loaded, tell: Tell) -> None:
        """Take in the records of the ledger as known that are not here yet."""
        self.loaded = loaded
        for record in loaded.records[self.size :]:
            self.take(record)
            if not self.size % _AT_ONCE:
                tell(self.size, loaded.size)

    def weigh(self) -> None:
        """Note how many records are held here."""
        self.weight = sum(one.weight for one in self._licences.values())

    def forget(self) -> None:
        """Give back the memory now, unless somebody asks the licences still."""
        if self.lock.acquire(blocking=False):
            for one in self._licences.values():
                one.forget()
            self._licences.clear()
            self._everywhere.clear()
            self.lock.release()


@dataclass(slots=True)
class Following:
    """One ledger, as far as it was read."""

    ledgers: Ledgers
    name: str
    _lock: RLock = field(default_factory=RLock)
    """Held while entries are read, and never while anything is computed. A state's lock is taken before it."""
    _records: list[Record[Any]] = field(default_factory=list)
    _last: date = EVER
    """The last day on which anything occurred, as far as was read."""
    _states: OrderedDict[tuple[int, tuple[tuple[str, str], ...]], State] = field(default_factory=OrderedDict)

    @property
    def weight(self) -> int:
        """How many records are held, counted once more wherever they are sorted for a position."""
        with self._lock:
            return len(self._records) + sum(state.weight for state in self._states.values())

    def known(self, known_at: date | int | None, tell: Tell) -> Loaded | Problem:
        """The ledger as known now, at a size, or at the end of a day; new entries are read first."""
        place = self.place(known_at)
        if isinstance(place, Problem):
            return place
        with self._lock:
            while (start := len(self._records)) < place.size:
                tell(start, place.size)
                more = list(self.ledgers.records(self.name, start, min(start + _AT_ONCE, place.size)))
                self._records.extend(more)
                self._last = max(self._last, *(record.occurred for record in more))
            return Loaded(place.licensee, self._records[: place.size], place.size, place.root)

    def place(self, known_at: date | int | None) -> Place | Problem:
        """Where the ledger stood as it is known; nothing is read but that."""
        head = self.ledgers.head(self.name)
        if head is None:
            return Problem(Code.LEDGER_UNKNOWN, f"There is no ledger “{self.name}” here.", _NONE)
        size = self._size(known_at, head.size)
        if not 1 <= size <= head.size:
            hint = f"Choose a size from 1 to {head.size:,}, or a day on which something was recorded already."
            return Problem(Code.DAY_INVALID, "The ledger never was known like that.", hint)
        return Place(head.keeper, size, self.ledgers.root(self.name, size))

    def is_near(self, known_at: date | int | None, most: int) -> bool:
        """Whether at most so many entries are to be read before the ledger is known."""
        head = self.ledgers.head(self.name)
        return self._size(known_at, head.size if head else 0) - len(self._records) <= most

    def is_ready(self, known_at: date | int | None, as_at: date, hypothesis: Mapping[str, str], most: int) -> bool:
        """Whether the ledger can be answered about after reading and sorting at most so many entries."""
        head = self.ledgers.head(self.name)
        size = self._size(known_at, head.size if head else 0)
        if size <= most:
            return True
        state = self._states.get(self._key(size, hypothesis, now=known_at is None))
        if state is None or size - state.size > most:
            return False
        return as_at >= self._last or state.is_ready(as_at)

    @contextmanager
    def state(
        self, known_at: date | int | None, hypothesis: Mapping[str, str], tell: Tell
    ) -> Iterator[State | Problem]:
        """The licences of the ledger as known, which nobody else asks or moves on meanwhile."""
        place = self.place(known_at)
        if isinstance(place, Problem):
            yield place
            return
        state = self._state(place, hypothesis, now=known_at is None)
        with state.lock:
            if known_at is None or state.size <= place.size:
                yield self._advanced(state, None if known_at is None else place.size, tell)
                return
        # While it waited, somebody moved the state on, beyond what is asked for.
        state = self._state(place, hypothesis, now=False)
        with state.lock:
            yield self._advanced(state, place.size, tell)

    def trim(self, most: int = MOST_HELD) -> None:
        """Let go of what was not asked for longest, until no more than so much is held; but not of the last thing."""
        with self._lock:
            while len(self._states) > 1 and (len(self._states) > _MOST_STATES or self.weight > most):
                self._states.popitem(last=False)[1].forget()

    def forget(self) -> None:
        """Give back the memory of everything that nobody asks any more."""
        with self._lock:
            for state in self._states.values():
                state.forget()
            self._states.clear()

    def _state(self, place: Place, hypothesis: Mapping[str, str], *, now: bool) -> State:
        with self._lock:
            key = self._key(place.size, hypothesis, now=now)
            state = self._states.setdefault(key, State(place.licensee, dict(hypothesis)))
            self._states.move_to_end(key)
            return state

    def _advanced(self, state: State, known_at: int | None, tell: Tell) -> State | Problem:
        loaded = self.known(known_at, tell)
        if isinstance(loaded, Problem):
            return loaded
        state.advance(loaded, tell)
        tell(loaded.size, loaded.size)
        state.weigh()
        return state

    def _key(self, size: int, hypothesis: Mapping[str, str], *, now: bool) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Under what the state at a size is held; 0 is for the last one that was read, which moves on."""
        return (0 if now or size >= len(self._records) else size, tuple(sorted(hypothesis.items())))

    def _size(self, known_at: date | int | None, now: int) -> int:
        if known_at is None:
            return now
        return known_at if isinstance(known_at, int) else self.ledgers.size_on(self.name, known_at)


@dataclass(slots=True)
class Followed:
    """The ledgers that a process follows. Those not asked about longest are forgotten when too much is held."""

    ledgers: Ledgers
    most: int = MOST_HELD
    _there: OrderedDict[str, Following] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def follow(self, ledger: str) -> Following:
        """What this process knows of a ledger."""
        with self._lock:
            found = self._there.setdefault(ledger, Following(self.ledgers, ledger))
            self._there.move_to_end(ledger)
            return found

    def is_held(self, following: Following) -> bool:
        """Whether a ledger is followed still, by the same."""
        with self._lock:
            return self._there.get(following.name) is following

    def trim(self) -> None:
        """Forget until no more is held than may be: other ledgers, then other states of the one asked about last."""
        with self._lock:
            held = sum(one.weight for one in self._there.values())
            while held > self.most and len(self._there) > 1:
                _, oldest = self._there.popitem(last=False)
                held -= oldest.weight
                oldest.forget()
            for one in self._there.values():
                one.trim(self.most)
