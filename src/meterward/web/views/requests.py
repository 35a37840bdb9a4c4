"""Requests for evidence: those that a licensee was sent, or that a regulator sent, and the answer to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from meterward import wiring
from meterward.core.access import HIDDEN, Action
from meterward.core.assurance.request_story import RequestStory
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import evidence_produced
from meterward.present.answer import number_in
from meterward.present.direction_words import REQUESTS, counted
from meterward.present.paged import paged, said_in
from meterward.usecases.select_records import Chosen
from meterward.usecases.tell_directions import request as request_named
from meterward.usecases.tell_directions import requests as all_requests
from meterward.web.assessed import begin_draft
from meterward.web.directed import DIRECTED_KEEPERS, Directed, around, directed, files_in
from meterward.web.refusing import refuse, show_problems
from meterward.web.surveyed import appends
from meterward.wiring import today
from meterward.wiring.directing import clock, delivered
from meterward.wiring.filing import LARGEST
from meterward.wiring.gating import needs, person_in
from meterward.wiring.installed import installation
from meterward.wiring.producing import Produced, begin, stands

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.compose_line import Typed

PAGE = 50
_MEGABYTE = 2**20


class Meant(NamedTuple):
    """The request that an address means."""

    held: Directed
    story: RequestStory


@needs(Action.READ, DIRECTED_KEEPERS)
@require_safe
def table(request: HttpRequest, ledger: str) -> HttpResponse:
    """Every request that the ledger knows of, the newest first."""
    held = directed(request, ledger)
    if not isinstance(held, Directed):
        return held
    wish = said_in(request.GET, ("words", "standing"), {"standing": REQUESTS})
    if isinstance(wish, Problem):
        return show_problems(request, [wish], 400)
    found = all_requests(held.view, clock)
    there = [
        one
        for one in found
        if wish["words"].casefold() in f"{one.request.subject} {one.request.about}".casefold()
        and wish["standing"] in ("", one.standing)
    ]
    shown = {
        **around(request, held, "requests"),
        "wish": wish,
        "whole": len(found),
        "counts": counted((one.standing for one in found), REQUESTS),
        "listed": paged(there, number_in(request.GET.get("page", "")) or 1, PAGE),
    }
    return render(request, "requests.html", shown)


@needs(Action.READ, DIRECTED_KEEPERS)
@require_safe
def one(request: HttpRequest, ledger: str, name: str) -> HttpResponse:
    """A request: its clock, what was produced, and for whoever answers it the bundle that is built."""
    found = _found(request, ledger, name)
    if not isinstance(found, Meant):
        return found
    held, story = found
    line = installation().ledgers.line(ledger, story.request.index) or {}
    lines = installation().ledgers.lines_of(ledger, [one.id.hex() for one in story.produced])
    shown = {
        **around(request, held, "requests"),
        "story": story,
        "texts": line.get("text") or {},
        **files_in(line, *lines),
        "entered": delivered(story.request, *story.produced),
        "answers": _answering(request, held, story),
        "largest": LARGEST // _MEGABYTE,
    }
    return render(request, "request.html", shown)


@needs(Action.APPEND, DIRECTED_KEEPERS)
@require_POST
def produce(request: HttpRequest, ledger: str, kind: str, name: str) -> HttpResponse:
    """Build the bundle that answers a request; or take the one that was built to the form of the answer."""
    found = _found(request, ledger, name)
    if not isinstance(found, Meant):
        return found
    held, story = found
    subject, person = story.request.subject, person_in(request)
    built = stands(ledger, person, subject).produced
    if request.POST.get("do") == "attach" and built:
        return begin_draft(request, ledger, kind, _answer(held, story, built))
    clause = request.POST.get("clause", "").strip()
    if clause and not _is_clause(clause):
        unknown = Problem(Code.CLAUSE_UNKNOWN, "There is no such clause.", "Choose one of the list.", "clause")
        return show_problems(request, [unknown], 422)
    begin(ledger, person, subject, Chosen(clause=clause), today())
    return HttpResponseRedirect(f"/{ledger}/requests/made/{name}#answer")


def _found(request: HttpRequest, ledger: str, name: str) -> Meant | HttpResponse:
    held = directed(request, ledger)
    if not isinstance(held, Directed):
        return held
    story = request_named(held.view, f"request/{name}", clock, request.GET.get("about", ""))
    return Meant(held, story) if story else refuse(request, HIDDEN)


def _answering(request: HttpRequest, held: Directed, story: RequestStory) -> dict[str, Any] | None:
    """What a licensee sees who may answer: how far the bundle is, and which there can be."""
    if not held.is_licensee or not appends(request, held.ledger, evidence_produced.KIND):
        return None
    standing = stands(held.ledger, person_in(request), story.request.subject)
    job = standing.under_way
    percent = min(100, 100 * job.done // job.total) if job and job.total else 0
    return {
        "job": job,
        "percent": percent,
        "problem": standing.problem,
        "built": standing.produced,
        "clauses": [one for one in story.request.facts.clauses if _is_clause(one)],
    }


def _is_clause(name: str) -> bool:
    return any(one.clause == name for one in wiring.usual_pack().duties)


def _answer(held: Directed, story: RequestStory, built: Produced) -> dict[str, Typed]:
    header: dict[str, Typed] = {
        "subject": story.request.subject,
        "occurred": today().isoformat(),
        "licences": sorted(_licences(held)),
    }
    facts: dict[str, Typed] = {
        "to": [*story.request.facts.by],
        "bundle": {"digest": built.digest, "size": str(built.size), "root": built.root},
    }
    return {"statement": header, "facts": facts, "files": {built.file: built.file_digest}}


def _licences(held: Directed) -> list[str]:
    return [name.partition("/")[2] for name, _ in held.view.ties.subjects() if name.startswith("licence/")]
