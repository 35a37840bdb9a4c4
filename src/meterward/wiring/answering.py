"""Answers about ledgers in the store: from what was kept, from what this process follows, or on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar, cast

from meterward import wiring
from meterward.adapters.background import Background, Job
from meterward.core.base.canonical import Json, canonical
from meterward.core.base.problem import Problem
from meterward.present.answer import Answer, Question
from meterward.present.position_json import position_json
from meterward.usecases.check_records import check_hypothesis

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record
    from meterward.usecases.evaluate_position import Dossier
    from meterward.usecases.follow_ledger import Place, Tell
    from meterward.usecases.read_ledger import Loaded
    from meterward.wiring.installed import Installation

T = TypeVar("T")
PATIENCE = 0.7
"""So many seconds a request waits for an answer before it shows how far the work has come."""
_INLINE = 2_000
"""So many new entries are read within a request; more are read in the background."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers for one process. An answer is a `Job` while it is still on the way."""

    store: Installation
    background: Background = field(default_factory=Background)

    def positions(self, question: Question) -> dict[str, Any] | list[Problem] | Job:
        """The positions of a ledger's licences as JSON, kept by the digest of all that they were computed from."""
        pack = self._pack(question)
        if isinstance(pack, list):
            return pack
        place = self.store.follow(question.source).place(question.known_at)
        if isinstance(place, Problem):
            return [place]
        key = _key(question, pack, place)
        if kept := self.store.computed.get(key):
            return cast("dict[str, Any]", kept)

        def show(answer: Answer) -> dict[str, Any]:
            shown = position_json(answer)
            self.store.computed.keep(question.source, key, cast("Json", shown))
            return shown

        return self.ask(question, show)

    def ask(self, question: Question, show: Callable[[Answer], T]) -> T | list[Problem] | Job:
        """What `show` makes of the answer to a question. It is made while nobody moves the ledger on."""
        following = self.store.follow(question.source)
        if following.is_near(question.known_at, _INLINE):
            return self._answer(question, show, lambda _done, _total: None)
        key = (question.source, question.as_at, question.known_at, question.law, *sorted(question.hypothesis.items()))
        job = self.background.start(key, lambda job: self._answer(question, lambda _: None, job.tell), PATIENCE)
        if not job.ended.is_set():
            return job
        if job.fault:
            raise job.fault
        return job.result or self._answer(question, show, lambda _done, _total: None)

    def beside(
        self, question: Question, record: Record[Any]
    ) -> tuple[dict[str, Any], dict[str, Any]] | list[Problem] | Job:
        """The positions as they are now, and as they would be with one more record."""
        now = replace(question, known_at=None)
        following = self.store.follow(now.source)

        def both(answer: Answer) -> tuple[dict[str, Any], dict[str, Any]]:
            loaded, dossiers = following.beside(answer.loaded, record, now.hypothesis)
            return position_json(answer), position_json(_answer(now, answer.pack, loaded, dossiers))

        return self.ask(now, both)

    def _answer(self, question: Question, show: Callable[[Answer], T], tell: Tell) -> T | list[Problem]:
        pack = self._pack(question)
        if isinstance(pack, list):
            return pack
        following = self.store.follow(question.source)
        with following.lock:
            loaded = following.known(question.known_at, tell)
            if isinstance(loaded, Problem):
                return [loaded]
            dossiers = following.dossiers(loaded, question.hypothesis)
            wiring.check(loaded, dossiers, pack)
            if loaded.problems:
                return loaded.problems
            return show(_answer(question, pack, loaded, dossiers))

    def _pack(self, question: Question) -> Pack | list[Problem]:
        pack = wiring.load_pack(question.law)
        if isinstance(pack, Problem):
            return [pack]
        return check_hypothesis(pack, question.hypothesis) or pack


def _answer(question: Question, pack: Pack, loaded: Loaded, dossiers: list[Dossier]) -> Answer:
    wanted = [one for one in dossiers if question.licence in (None, one.name)]
    return Answer(question, pack, loaded, wiring.positions(wanted, pack, question.as_at), "page")


def _key(question: Question, pack: Pack, place: Place) -> str:
    """The digest of all that an answer is computed from; the root stands for every record."""
    made_from: list[Json] = [
        wiring.engine(),
        pack.digest,
        question.source,
        place.size,
        place.root,
        question.as_at.isoformat(),
        question.as_at == question.today,
        question.licence or "",
        dict(question.hypothesis),
    ]
    return sha256(canonical(made_from)).hexdigest()
