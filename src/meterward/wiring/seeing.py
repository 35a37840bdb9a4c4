"""What is known of a ledger in the store at a moment, for whatever is to be made of it; kept while nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from meterward.adapters.background import Job
from meterward.adapters.memory import at_rest
from meterward.core.obligations.law import Pack
from meterward.usecases.evaluate_position import Dossier, unknown_licence
from meterward.wiring.installed import answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.base.problem import Problem
    from meterward.present.answer import Question
    from meterward.usecases.follow_ledger import State
    from meterward.wiring.recent import Recent

T = TypeVar("T")


class Known(NamedTuple):
    """The licences that somebody asks about, the day that is looked at, and the law as it is in use."""

    dossiers: Sequence[Dossier]
    day: date
    pack: Pack


def seen(question: Question, licence: str, make: Callable[[Known], T]) -> T | list[Problem] | Job:
    """What `make` makes of one licence or of all; on the way if many entries are still to be read."""

    def show(pack: Pack, state: State) -> T | list[Problem]:
        if unknown := unknown_licence(licence or None, [one.name for one in state.dossiers]):
            return [unknown]
        return make(Known([one for one in state.dossiers if licence in ("", one.name)], question.as_at, pack))

    return answering().look(replace(question, hypothesis={}), show)


def kept(question: Question, licence: str, there: Recent[T], make: Callable[[Known], T]) -> T | list[Problem] | Job:
    """The same; or what was made before, if nothing that it was made from has changed."""
    digest = answering().made_from(replace(question, hypothesis={}))
    if isinstance(digest, list):
        return digest
    before = there.get((digest, licence))
    if before is not None:
        return before
    with at_rest():
        found = seen(question, licence, make)
    return found if isinstance(found, list | Job) else there.keep((digest, licence), found)
