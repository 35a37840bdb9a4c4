"""Answers about ledgers in the store: from what was kept, from what this process follows, or on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypeVar, cast

from meterward import wiring
from meterward.adapters.background import Background, Job
from meterward.adapters.memory import at_rest
from meterward.core.base.canonical import Json, canonical
from meterward.core.base.problem import Problem
from meterward.present.answer import Answer, Question
from meterward.present.position_json import position_json
from meterward.usecases.check_appended import Further, check_appended, targets_in
from meterward.usecases.check_records import check_hypothesis, check_records
from meterward.usecases.evaluate_position import unknown_licence
from meterward.usecases.read_ledger import MOST_PROBLEMS, Loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record
    from meterward.usecases.evaluate_position import Dossier
    from meterward.usecases.follow_ledger import Find, Followed, Place, State, Tell
    from meterward.usecases.ports import Computed, Ledgers

T = TypeVar("T")
M = TypeVar("M")
Show: TypeAlias = "Callable[[Answer, State], T]"
Look: TypeAlias = "Callable[[Pack, State], T]"
PATIENCE = 0.7
"""So many seconds a request waits for an answer before it shows how far the work has come."""
_INLINE = 2_000
"""So many new entries are read within a request; more are read in the background."""


class Store(Protocol):
    """What answers are made from."""

    @property
    def ledgers(self) -> Ledgers:
        """The ledgers themselves."""

    @property
    def computed(self) -> Computed:
        """What was computed before."""

    @property
    def followed(self) -> Followed:
        """The ledgers that this process follows."""


class Beside(NamedTuple):
    """The positions as they are now, and as they would be with one more record."""

    now: dict[str, Any]
    then: dict[str, Any]


class _Told(NamedTuple):
    """Positions as JSON, and the ledger that they were computed from."""

    found: dict[str, Any]
    loaded: Loaded


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers for one process. An answer is a `Job` while it is still on the way."""

    store: Store
    background: Background = field(default_factory=Background)

    def positions(self, question: Question) -> dict[str, Any] | list[Problem] | Job:
        """The positions of a ledger's licences as JSON, kept by the digest of all that they were computed from."""
        return self._kept_or(question, lambda: self.ask(question, _computed))

    def positions_now(self, question: Question, tell: Tell) -> dict[str, Any] | list[Problem]:
        """The same, computed on the thread that asks: for work that is in the background already."""
        return self._kept_or(question, lambda: self._answer(question, lambda answer, _: _computed(answer), tell))

    def _kept_or(self, question: Question, make: Callable[[], _Told | M]) -> dict[str, Any] | list[Problem] | M:
        """The positions as they were kept, or as they are made now, and kept; or what comes instead of them."""
        asked = self._asked(question)
        if isinstance(asked, list):
            return asked
        if kept := self.store.computed.get(_key(question, *asked)):
            return cast("dict[str, Any]", kept)
        made = make()
        return self._keep(question, *asked, *made) if isinstance(made, _Told) else made

    def _asked(self, question: Question) -> tuple[Pack, Place] | list[Problem]:
        """By which law, and as of which place in its ledger, a question is answered."""
        pack = _pack(question)
        if isinstance(pack, list):
            return pack
        place = self.store.followed.follow(question.source).place(question.known_at)
        return [place] if isinstance(place, Problem) else (pack, place)

    def _keep(
        self, question: Question, pack: Pack, place: Place, found: dict[str, Any], loaded: Loaded
    ) -> dict[str, Any]:
        # Meanwhile the ledger may have grown: what is kept is kept for what it was made from.
        place = place._replace(size=loaded.size, root=loaded.root)
        self.store.computed.keep(question.source, _key(question, pack, place), cast("Json", found))
        return found

    def kept(self, question: Question) -> dict[str, Any] | None:
        """The positions if they were computed before; None if not, and then nothing is computed either."""
        asked = self._asked(question)
        if isinstance(asked, list):
            return None
        return cast("dict[str, Any] | None", self.store.computed.get(_key(question, *asked)))

    def ask(self, question: Question, show: Callable[[Answer], T]) -> T | list[Problem] | Job:
        """What `show` makes of the answer to a question. It is made while nobody moves the ledger on."""
        return self._soon(question, lambda answer, _state: show(answer))

    def look(self, question: Question, show: Look[T]) -> T | list[Problem] | Job:
        """What `show` makes of the licences of a ledger as they are known; no duty is evaluated for it."""
        following = self.store.followed.follow(question.source)
        if not following.is_ready(question.known_at, question.as_at, question.hypothesis, _INLINE):
            key = ("look", question.source, question.known_at)
            job = self.background.start(key, lambda job: self._look(question, _nothing, job.tell), PATIENCE)
            if not job.ended.is_set() or job.cancelled:
                return job
            if job.fault:
                raise job.fault
        return self._look(question, show, _nothing)

    def made_from(self, question: Question) -> str | list[Problem]:
        """The digest of all that an answer to a question is computed from."""
        asked = self._asked(question)
        return asked if isinstance(asked, list) else _key(question, *asked)

    def beside(self, question: Question, record: Record[Any]) -> Beside | list[Problem] | Job:
        """The positions as they are now, and as they would be with one more record."""
        question = replace(question, known_at=None)

        def show(answer: Answer, state: State) -> Beside:
            loaded = replace(answer.loaded, records=[*answer.loaded.records, record], size=answer.loaded.size + 1)
            with state.beside(record, question.as_at) as dossiers:
                then = position_json(_answered(question, answer.pack, loaded, dossiers))
            return Beside(position_json(answer), then)

        return self._soon(question, show)

    def _soon(self, question: Question, show: Show[T]) -> T | list[Problem] | Job:
        following = self.store.followed.follow(question.source)
        if following.is_ready(question.known_at, question.as_at, question.hypothesis, _INLINE):
            return self._answer(question, show, _nothing)
        key = (question.source, question.as_at, question.known_at, question.law, *sorted(question.hypothesis.items()))
        job = self.background.start(key, lambda job: self._prepare(question, job), PATIENCE)
        if not job.ended.is_set() or job.cancelled:
            return job
        if job.fault:
            raise job.fault
        return self._answer(question, show, _nothing)

    def _prepare(self, question: Question, job: Job) -> None:
        with at_rest():
            self._answer(question, _nothing, job.tell)

    def _answer(self, question: Question, show: Show[T], tell: Tell) -> T | list[Problem]:
        def answered(pack: Pack, state: State) -> T:
            return show(_answered(question, pack, state.loaded, state.dossiers), state)

        return self._look(question, answered, tell)

    def _look(self, question: Question, show: Look[T], tell: Tell) -> T | list[Problem]:
        pack = _pack(question)
        if isinstance(pack, list):
            return pack
        following = self.store.followed.follow(question.source)
        with following.state(question.known_at, question.hypothesis, tell) as state:
            if isinstance(state, Problem):
                return [state]
            if found := state.problems(pack.digest, self._finding(question.source, pack)):
                return found
            if wrong := unknown_licence(question.licence, [one.name for one in state.dossiers]):
                return [wrong]
            shown = show(pack, state)
            state.weigh()
        self.store.followed.trim()
        return shown

    def _finding(self, ledger: str, pack: Pack) -> Find:
        """What finds what is wrong beside a law; for a few further records it asks the store for what they touch."""
        packs, ledgers = wiring.packs_here(), self.store.ledgers

        def earlier(kinds: Collection[str], subjects: Collection[str]) -> Iterable[Record[Any]]:
            return ledgers.records_of(ledger, kinds, subjects)

        def find(dossiers: Sequence[Dossier], new: Sequence[Record[Any]] | None) -> list[Problem]:
            if new is None:
                found = islice(check_records(pack, packs, [one.reader for one in dossiers]), MOST_PROBLEMS)
                return sorted(found, key=lambda problem: problem.line)
            targets = {one.id: one for held in dossiers for one in targets_in(held.reader.index, new)}
            return [problem for _, problem in check_appended(pack, packs, Further(new, targets), earlier)]

        return find


def _answered(question: Question, pack: Pack, loaded: Loaded, dossiers: Sequence[Dossier]) -> Answer:
    wanted = [one for one in dossiers if question.licence in (None, one.name)]
    evaluated = [one.position(pack, question.as_at, wiring.engine()) for one in wanted]
    return Answer(question, pack, loaded, evaluated, "page")


def _computed(answer: Answer) -> _Told:
    return _Told(position_json(answer), answer.loaded)


def _nothing(*_: object) -> None:
    """What is heard of progress, or made of an answer, where nobody waits for it."""


def _pack(question: Question) -> Pack | list[Problem]:
    pack = wiring.load_pack(question.law)
    if isinstance(pack, Problem):
        return [pack]
    return check_hypothesis(pack, question.hypothesis) or pack


def _key(question: Question, pack: Pack, place: Place) -> str:
    """The digest of all that an answer is computed from; the root stands for every record."""
    asked = question.known_at
    made_from: list[Json] = [
        wiring.answers(),
        pack.digest,
        question.source,
        place.size,
        place.root,
        asked.isoformat() if isinstance(asked, date) else asked,
        question.as_at.isoformat(),
        question.as_at == question.today,
        question.licence or "",
        dict(question.hypothesis),
    ]
    return sha256(canonical(made_from)).hexdigest()
