"""What every page on which risks are worked begins with: the moment, what is known at it, and what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar
from uuid import uuid4

from django.http import HttpResponse, HttpResponseRedirect

from meterward.core.access import Action, Subject, may
from meterward.core.base.problem import Problem
from meterward.core.records.kinds import all_kinds
from meterward.present import risk_words
from meterward.web.forms.desk import desk_of
from meterward.web.moments import Moment, moment_of
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.web.waiting import show_instead
from meterward.wiring import drafting
from meterward.wiring.assessing import worked
from meterward.wiring.gating import caller_in
from meterward.wiring.installed import Underway
from meterward.wiring.seeing import Known, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from meterward.present.answer import Question
    from meterward.usecases.compose_line import Typed
    from meterward.usecases.draw_risks import RiskChart
    from meterward.usecases.evaluate_position import Dossier
    from meterward.wiring.recent import Recent

PREVIEWED = "/preview"
"""The step of a draft in which it is looked at before it is appended."""
T = TypeVar("T")
Ask: TypeAlias = "Callable[[Question, str], T | list[Problem] | Underway]"
"""Asks for what is known at a moment, of one licence or of all."""


class Held(NamedTuple, Generic[T]):
    """What was found of the risks of a ledger, and the moment that it is of."""

    ledger: str
    moment: Moment
    found: T

    def bare(self, place: str = "", **asked: str) -> str:
        """A page about risks at the same moment, with nothing asked for but this."""
        return f"/{self.ledger}/risks{place}{self.moment.real.also(**asked)}"


def assessed(
    request: HttpRequest, ledger: str, find: Callable[[Sequence[Dossier], RiskChart], T], at: Moment | None = None
) -> Held[T] | HttpResponse:
    """What an address asks for beside the register of the moment, or the page of why there is none yet."""
    return _held(request, ledger, lambda question, licence: worked(question, licence, find), at)


def looked(request: HttpRequest, ledger: str, there: Recent[T], make: Callable[[Known], T]) -> Held[T] | HttpResponse:
    """The same without the register, and as it was found before if nothing has changed."""
    return _held(request, ledger, lambda question, licence: kept(question, licence, there, make))


def _held(request: HttpRequest, ledger: str, ask: Ask[T], at: Moment | None = None) -> Held[T] | HttpResponse:
    moment = at or moment_of(request.GET)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    found = ask(moment.question(ledger), moment.licence)
    return show_instead(request, found) if isinstance(found, list | Underway) else Held(ledger, moment, found)


def around(request: HttpRequest, held: Held[Any], tab: str) -> dict[str, Any]:
    """The frame of a page about risks."""
    return {
        **shell(request, held.ledger, held.moment, "risks"),
        "tab": tab,
        "day": held.moment.day,
        "risk_words": risk_words,
        "held": held,
        "at": held.bare,
    }


def begin_draft(request: HttpRequest, ledger: str, kind: str, typed: dict[str, Typed], step: str = "") -> HttpResponse:
    """A draft of a kind with this in it: its form, its preview and the append are as for any.

    It leads to the form, or to another step (`PREVIEWED`) where nothing is left to be written.
    """
    decision = may(caller_in(request), Action.APPEND, Subject(ledger, all_kinds()[kind]))
    if not decision.allowed:
        return refuse(request, decision)
    desk = desk_of(request, ledger, kind, str(uuid4()))
    if desk is None:
        raise LookupError(kind)
    draft = drafting.keep(desk.draft, {**typed, "acting": str(desk.roles[0])})
    return show_problems(request, [draft], 422) if isinstance(draft, Problem) else HttpResponseRedirect(desk.at(step))
