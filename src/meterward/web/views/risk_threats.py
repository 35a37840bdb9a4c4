"""Matching threats: files that others published, compared in the background, looked at before they are told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from meterward.core.access import Action, Subject, may
from meterward.core.base.days import parse_day
from meterward.core.base.problem import Code, Problem
from meterward.core.records.body import LONGEST_TEXT
from meterward.core.records.kinds import match_settled, threats_matched
from meterward.core.risk.matching import CONFIDENCES
from meterward.present import threat_words
from meterward.present.answer import no_day, number_in
from meterward.present.paged import paged, said_in
from meterward.present.threat_rows import ORDERS, STANDS, chosen
from meterward.web.acting import acting_in, role_choices
from meterward.web.moments import Moment
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.web.surveyed import appends
from meterward.wiring import today
from meterward.wiring.filing import LARGEST
from meterward.wiring.gating import caller_in, needs, person_in
from meterward.wiring.matching_here import BENCH, LASTS, Matching, Saying, Sent, again, begin, last_told, matching, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


PAGE = 50
MOST_SHOWN = 100
MOST_FILES = 100
"""So many files the server takes in one request."""
_MINUTE = 60
_OWN = ("as_at", "files")
_ASKED = {"sure": CONFIDENCES, "stands": tuple(STANDS), "by": tuple(ORDERS)}


@needs(Action.APPEND)
@require_http_methods(["GET", "HEAD", "POST"])
def threats(request: HttpRequest, ledger: str) -> HttpResponse:
    """The form, how far the comparison is, or what was found: whatever somebody's own has come to."""
    decision = may(caller_in(request), Action.APPEND, Subject(ledger, threats_matched.KIND))
    if not decision.allowed:
        return refuse(request, decision)
    if request.method == "POST":
        does = {"append": _append, "discard": _discard, "again": _again}
        return does.get(request.POST.get("do", ""), _begin)(request, ledger)
    return _page(request, ledger, matching(ledger, person_in(request)))


def _begin(request: HttpRequest, ledger: str) -> HttpResponse:
    person, files = person_in(request), request.FILES.getlist("files")
    text = request.POST.get("as_at", "").strip()
    day = parse_day(text)
    problems = [] if day else [no_day(text, "as_at")]
    if not files:
        problems.append(Problem(Code.FIELD_MISSING, "No file is chosen.", "Choose one or several.", "files"))
    if day is None or problems:
        return _page(request, ledger, Matching(), problems)
    wrong = begin(ledger, person, [Sent(one.name or "", one.chunks()) for one in files], day)
    return _page(request, ledger, matching(ledger, person), wrong) if wrong else HttpResponseRedirect(request.path)


def _again(request: HttpRequest, ledger: str) -> HttpResponse:
    person = person_in(request)
    wrong = again(ledger, person)
    return _page(request, ledger, matching(ledger, person), wrong) if wrong else HttpResponseRedirect(request.path)


def _append(request: HttpRequest, ledger: str) -> HttpResponse:
    person, role = person_in(request), acting_in(request, threats_matched.KIND)
    note = request.POST.get("note", "").strip()[:LONGEST_TEXT]
    done = tell(ledger, person, Saying(request.POST.get("seen", ""), role, note))
    if isinstance(done, list):
        return _page(request, ledger, matching(ledger, person), done)
    told = f"?{urlencode({'told': done.first + 1, 'records': done.count})}" if done else ""
    return HttpResponseRedirect(f"{request.path}{told}")


def _discard(request: HttpRequest, ledger: str) -> HttpResponse:
    BENCH.discard(ledger, person_in(request))
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, ledger: str, found: Matching, problems: Sequence[Problem] = ()) -> HttpResponse:
    said = said_in(request.GET, _ASKED, _ASKED)
    if isinstance(said, Problem):
        return show_problems(request, [said], 400)
    shown: dict[str, Any] = {
        **shell(request, ledger, Moment(today()), "risks"),
        "held": None,
        "tab": "threats",
        "at": request.path,
        "job": found.under_way,
        "failed": (found.problems or [])[:MOST_SHOWN],
        "kept": found.kept,
        "moved": found.moved,
        "wrong": {one.field: one for one in problems if one.field in _OWN},
        "problems": [one for one in problems if one.field not in _OWN],
        "as_at": request.POST.get("as_at", today().isoformat())[:40],
        "most": LARGEST // 2**20,
        "most_files": MOST_FILES,
        "minutes": LASTS // _MINUTE,
        "told": [number_in(request.GET.get(name, "")) or 0 for name in ("told", "records")],
        "choose_role": role_choices(request, threats_matched.KIND),
        "settles": appends(request, ledger, match_settled.KIND),
        "threat_words": threat_words,
        **(_listed(request, found, said) if found.kept else {"last": last_told(ledger)}),
    }
    response = render(request, "risk_threats.html", shown, status=422 if problems or found.problems else 200)
    response["Cache-Control"] = "no-store"
    return response


def _listed(request: HttpRequest, found: Matching, said: dict[str, str]) -> dict[str, Any]:
    """The matches that somebody wants to see, page by page, and how many there are of each sort."""
    every = [one for source in (found.kept.compared if found.kept else ()) for one in source.matches]
    rows = chosen(every, said["sure"], said["stands"], said["by"])
    listed = paged(rows, number_in(request.GET.get("page", "")) or 1, PAGE)
    return {
        "rows": listed.rows,
        "listed": listed,
        "asked": said,
        "every": len(every),
        "sures": Counter(one.confidence for one in every),
        "stands": [(name, title, sum(map(fits, every))) for name, (title, fits) in STANDS.items()],
        "orders": ORDERS,
        "also": lambda **more: f"?{urlencode({k: v for k, v in {**said, **more}.items() if v})}",
    }
