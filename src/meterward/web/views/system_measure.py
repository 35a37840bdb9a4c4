"""Measuring coverage: two files, compared in the background, whose counts are looked at before they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from meterward.core.access import HIDDEN, Action, Subject, may
from meterward.core.base.days import parse_day
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import coverage_measured
from meterward.present.answer import no_day
from meterward.present.coverage_words import FUELS, ROWS, TWICE, meanings, share
from meterward.web.acting import acting_in, role_choices
from meterward.web.moments import Moment
from meterward.web.refusing import refuse
from meterward.web.shell import shell
from meterward.wiring import today
from meterward.wiring.filing import LARGEST
from meterward.wiring.gating import caller_in, needs, person_in
from meterward.wiring.measuring import BENCH, LASTS, UNMATCHED, Counting, Saying, Wanted, begin, counting, give, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


MOST_SHOWN = 50
_FILES = {"feed": "registration feed", "inventory": "meter inventory"}
_MOST_TYPED = 4_000
_MINUTE = 60


@needs(Action.APPEND)
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, ledger: str) -> HttpResponse:
    """The form, how far the count is, or what was counted: whatever somebody's own count has come to."""
    decision = may(caller_in(request), Action.APPEND, Subject(ledger, coverage_measured.KIND))
    if not decision.allowed:
        return refuse(request, decision)
    if request.method == "POST":
        return {"append": _append, "discard": _discard}.get(request.POST.get("do", ""), _begin)(request, ledger)
    return _page(request, ledger, counting(ledger, person_in(request)))


@needs(Action.APPEND)
@require_safe
def unmatched(request: HttpRequest, ledger: str) -> HttpResponseBase:
    """What does not match in the count of whoever asks."""
    decision = may(caller_in(request), Action.APPEND, Subject(ledger, coverage_measured.KIND))
    if not decision.allowed:
        return refuse(request, decision)
    file = give(ledger, person_in(request))
    if file is None:
        return refuse(request, HIDDEN)
    response = FileResponse(file, as_attachment=True, filename=UNMATCHED, content_type="text/plain")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _begin(request: HttpRequest, ledger: str) -> HttpResponse:
    problems: list[Problem] = []
    day, fuels = _day(request, problems), _fuels(request, problems)
    feed, inventory = (_file(request, name, problems) for name in _FILES)
    if problems or day is None or feed is None or inventory is None:
        return _page(request, ledger, Counting(), problems)
    wanted = Wanted(feed.chunks(), inventory.chunks(), day, fuels)
    person = person_in(request)
    wrong = begin(ledger, person, wanted)
    return _page(request, ledger, counting(ledger, person), [wrong]) if wrong else HttpResponseRedirect(request.path)


def _append(request: HttpRequest, ledger: str) -> HttpResponse:
    person, role = person_in(request), acting_in(request, coverage_measured.KIND)
    note = request.POST.get("note", "").strip()[:_MOST_TYPED]
    done = tell(ledger, person, Saying(request.POST.get("seen", ""), role, "attach" in request.POST, note))
    if isinstance(done, list):
        return _page(request, ledger, counting(ledger, person), done)
    return HttpResponseRedirect(f"/{ledger}/records/{done}?appended=1" if done else f"/{ledger}/system/coverage")


def _discard(request: HttpRequest, ledger: str) -> HttpResponse:
    BENCH.discard(ledger, person_in(request))
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, ledger: str, found: Counting, problems: Sequence[Problem] = ()) -> HttpResponse:
    job, coverage = found.under_way, found.kept.coverage if found.kept else None
    shown: dict[str, Any] = {
        **shell(request, ledger, Moment(today()), "system"),
        "job": job,
        "failed": (found.problems or [])[:MOST_SHOWN],
        "coverage": coverage,
        "seen": found.kept.name if found.kept else "",
        "columns": [*coverage.counted, *([coverage.whole] if len(coverage.counted) > 1 else [])] if coverage else [],
        "meanings": [*meanings(coverage)] if coverage else [],
        "rows": ROWS,
        "share": share,
        "twice": TWICE,
        "fuel_words": FUELS,
        "files": _FILES,
        "wrong": {one.field: one for one in problems if one.field in (*_FILES, "as_at", "fuel")},
        "problems": [one for one in problems if one.field not in (*_FILES, "as_at", "fuel")],
        "asked": {"as_at": request.POST.get("as_at", today().isoformat())[:40], "fuel": request.POST.get("fuel", "")},
        "most": LARGEST // 2**20,
        "minutes": LASTS // _MINUTE,
        "choose_role": role_choices(request, coverage_measured.KIND),
    }
    response = render(request, "system_measure.html", shown, status=422 if problems or found.problems else 200)
    response["Cache-Control"] = "no-store"
    return response


def _day(request: HttpRequest, problems: list[Problem]) -> date | None:
    text = request.POST.get("as_at", "").strip()
    day = parse_day(text)
    if day is None:
        problems.append(no_day(text, "as_at"))
    return day


def _fuels(request: HttpRequest, problems: list[Problem]) -> tuple[str, ...]:
    fuel = request.POST.get("fuel", "both")
    if fuel not in FUELS:
        problems.append(Problem(Code.FIELD_VALUE, "That is no fuel.", "Choose gas, electricity or both.", "fuel"))
    return ("gas", "electricity") if fuel == "both" else (fuel,)


def _file(request: HttpRequest, name: str, problems: list[Problem]) -> UploadedFile[Any] | None:
    found = request.FILES.get(name)
    if found is None:
        problems.append(Problem(Code.FIELD_MISSING, f"The {_FILES[name]} is missing.", "Choose the file.", name))
    return found
