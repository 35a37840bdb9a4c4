"""Positions, and what is read out of them: explanations, deadlines, receipts, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.api.asking import LICENCE, MOMENT, PARAM, Parameter, query_of
from meterward.api.service import operation, refuse, reply, underway
from meterward.api.shapes import Changes, Deadlines, Explanations, Positions, Receipts
from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.present.differences import changes_json, differences
from meterward.present.explain_json import explain_json
from meterward.present.position_json import deadlines_json, receipts_json
from meterward.usecases.explain_clause import explain_clause
from meterward.wiring.installed import Underway, answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from meterward.present.answer import Answer

    Show = Callable[[dict[str, Any]], dict[str, Any]]
    """What is shown of an answer."""

_AS_AT, _KNOWN_AT = MOMENT[0], MOMENT[1]
_COMPARED = (
    Parameter("from_as_at", "The first of the two days; the second if left out.", _AS_AT.schema),
    Parameter("from_known_at", "What was known at the first moment: a day, or how many entries.", _KNOWN_AT.schema),
    Parameter("to_as_at", "The second of the two days; today, in London, if left out.", _AS_AT.schema),
    Parameter("to_known_at", "What was known at the second moment: a day, or how many entries.", _KNOWN_AT.schema),
    LICENCE,
    PARAM,
)


@operation("GET", "/{slug:ledger}/position", Action.READ_POSITION, {200: Positions}, query=MOMENT, waits=True)
def position(request: HttpRequest, ledger: str) -> HttpResponse:
    """How every duty of each licence stands: what `meterward position --format json` prints."""
    return _about(request, ledger)


@operation("GET", "/{slug:ledger}/deadlines", Action.READ_POSITION, {200: Deadlines}, query=MOMENT, waits=True)
def deadlines(request: HttpRequest, ledger: str) -> HttpResponse:
    """What is due and overdue under each licence: what `meterward deadlines --format json` prints."""
    return _about(request, ledger, deadlines_json)


@operation("GET", "/{slug:ledger}/receipt", Action.READ_POSITION, {200: Receipts}, query=MOMENT, waits=True)
def receipt(request: HttpRequest, ledger: str) -> HttpResponse:
    """The receipt of each licence's position: the digests of engine, law, records and result."""
    return _about(request, ledger, receipts_json)


@operation(
    "GET", "/{slug:ledger}/clauses/{path:clause}", Action.READ_POSITION, {200: Explanations}, query=MOMENT, waits=True
)
def explanation(request: HttpRequest, ledger: str, clause: str) -> HttpResponse:
    """Why a clause or a duty stands as it does: what `meterward explain --format json` prints."""
    query = query_of(request, MOMENT)
    question = query.question(ledger)
    if query.problems:
        return refuse(query.problems)

    def show(answer: Answer) -> dict[str, Any] | list[Problem]:
        found = [explain_clause(one.position, clause) for one in answer.evaluated]
        problems = [one for one in found if isinstance(one, Problem)]
        return problems[:1] or explain_json(answer, [one for one in found if not isinstance(one, Problem)])

    return _answer(request, answering().ask(question, show))


@operation("GET", "/{slug:ledger}/changes", Action.READ_POSITION, {200: Changes}, query=_COMPARED, waits=True)
def changes(request: HttpRequest, ledger: str) -> HttpResponse:
    """What changed between two moments, duty by duty, and the records that it came of; the worst first."""
    query = query_of(request, _COMPARED)
    last = query.question(ledger, "to_")
    first = query.question(ledger, "from_", last.as_at)
    if query.problems:
        return refuse(query.problems)
    before = answering().positions(first)
    if isinstance(before, list | Underway):
        return _answer(request, before)
    return _answer(request, answering().positions(last), lambda after: _compared(before, after))


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    """Nothing is left out."""
    return found


def _about(request: HttpRequest, ledger: str, show: Show = _whole) -> HttpResponse:
    """What `show` reads out of the positions that a request asks for."""
    query = query_of(request, MOMENT)
    question = query.question(ledger)
    return refuse(query.problems) if query.problems else _answer(request, answering().positions(question), show)


def _answer(
    request: HttpRequest,
    found: dict[str, Any] | list[Problem] | Underway,
    show: Show = _whole,
) -> HttpResponse:
    if isinstance(found, list):
        return refuse(found)
    return underway(request, found) if isinstance(found, Underway) else reply(show(found))


def _compared(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    changed = changes_json(differences(before, after))
    return {"format": "meterward.changes/1", "before": _side(before), "after": _side(after), "changes": changed}


def _side(found: dict[str, Any]) -> dict[str, Any]:
    ledger = found["ledger"]
    return {
        "as_at": found["as_at"],
        "known_at": found["known_at"],
        "size": ledger["size"],
        "root": ledger["root"],
    }
