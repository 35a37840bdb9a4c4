"""Questions and answers over ledgers that are kept in memory."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar
from unittest.mock import patch

from meterward.adapters.background import Job
from meterward.adapters.in_memory.keys import MemoryKeys
from meterward.adapters.in_memory.ledgers import MemoryLedgers
from meterward.adapters.in_memory.outside import MemoryOutside
from meterward.adapters.in_memory.work import MemoryComputed
from meterward.present.answer import Question
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.follow_ledger import Followed
from meterward.usecases.keep_checkpoints import Checkpoints
from meterward.usecases.sign_statements import Signers
from meterward.wiring import appending, entering
from meterward.wiring.answering import Answering
from tests.builders.ledgers import rich_ledger
from tests.builders.lines import LICENSEE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem
    from tests.builders.scribe import Scribe

T = TypeVar("T")
AS_AT = date(2016, 12, 31)
EARLIER = date(2014, 6, 1)
LEDGER = LICENSEE


@dataclass(slots=True)
class Now:
    """A clock that is set by hand."""

    instant: str = "2016-12-31T17:00:00Z"

    def __call__(self) -> str:
        """The instant that it shows."""
        return self.instant


@dataclass(slots=True)
class Kept:
    """Ledgers in memory, and what a process knows of them: what answers are made from."""

    clock: Now = field(default_factory=Now)
    ledgers: MemoryLedgers = field(init=False)
    computed: MemoryComputed = field(default_factory=MemoryComputed)
    followed: Followed = field(init=False)
    keys: MemoryKeys = field(default_factory=MemoryKeys)
    signers: Signers = field(init=False)
    checkpoints: Checkpoints = field(init=False)

    def __post_init__(self) -> None:
        self.ledgers = MemoryLedgers(self.clock)
        self.followed = Followed(self.ledgers)
        self.signers = Signers(self.ledgers, self.keys)
        self.checkpoints = Checkpoints(self.ledgers, self.keys, MemoryOutside())
        self.ledgers.open(LEDGER)

    def restore(self, lines: Sequence[Mapping[str, Json]]) -> None:
        """Write lines that were admitted before, with the days on which they were recorded."""
        done = append_records(self.ledgers, LEDGER, Order(lines, keep_recorded=True), lambda _: ())
        assert isinstance(done, Appended), done


def question(as_at: date = AS_AT, known_at: date | int | None = None) -> Question:
    """A question about both licences."""
    return Question(LEDGER, None, as_at, known_at, "condition_z_2012", {}, AS_AT)


def kept(scribe: Scribe, until: int | None = None) -> Kept:
    """What a story tells, kept."""
    store = Kept()
    store.restore(scribe.lines[:until])
    return store


def afresh(store: Kept, asked: Question) -> dict[str, Any]:
    """The positions that a process works out which knows nothing yet."""
    other = Kept(store.clock)
    other.ledgers = store.ledgers
    other.followed = Followed(store.ledgers)
    found = Answering(other).positions(asked)
    assert isinstance(found, dict), found
    return found


def in_use(store: Kept, answering: Answering) -> AbstractContextManager[object]:
    """Let what is wired work over this store."""
    clock = SimpleNamespace(today=lambda: date.fromisoformat(store.clock.instant[:10]))
    entered = patch.multiple(entering, installation=lambda: store, clock=clock)
    appended = patch.multiple(appending, installation=lambda: store, answering=lambda: answering)
    return _both(entered, appended)


@contextmanager
def _both(one: AbstractContextManager[object], other: AbstractContextManager[object]) -> Iterator[None]:
    with one, other:
        yield


def unsaid(line: Mapping[str, Json]) -> dict[str, Json]:
    """A line as its author says it, before it is recorded."""
    return {name: value for name, value in line.items() if name not in ("id", "recorded")}


def grown() -> Kept:
    """A ledger in which nothing is wrong."""
    store = Kept()
    with in_use(store, Answering(store)):
        for line in rich_ledger(3, "policy").lines:
            store.clock.instant = str(line["recorded"])
            appending.append(LEDGER, [unsaid(line)])
    return store


def asked_at_last(answering: Answering, asked: Question) -> dict[str, Any]:
    """The positions that come of a question, at once or after jobs."""
    found = at_last(lambda: answering.positions(asked))
    assert isinstance(found, dict), found
    return found


def size_of(store: Kept) -> int:
    """How many entries a ledger has."""
    head = store.ledgers.head(LEDGER)
    return head.size if head else 0


def without_answers(store: Kept) -> Kept:
    """The same ledgers and what was read of them, with no answer kept."""
    other = Kept(store.clock)
    other.ledgers, other.followed = store.ledgers, store.followed
    return other


def at_last(ask: Callable[[], T | list[Problem] | Job]) -> T | list[Problem] | Job:
    """What comes after a job, or after several."""
    while isinstance(found := ask(), Job):
        assert found.ended.wait(20)
    return found
