"""Handing over evidence: what is to go into a bundle, how far it is, and the bundle itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from meterward import wiring
from meterward.core.access import HIDDEN, Action
from meterward.core.base.days import parse_day
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.present.answer import no_day
from meterward.usecases.select_records import Chosen
from meterward.usecases.show_record import Ties
from meterward.web.moments import Moment
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.web.views.records import clauses_in
from meterward.web.waiting import show_underway
from meterward.wiring import today
from meterward.wiring.gating import caller_in, needs, person_in
from meterward.wiring.handing import ask, give, handing
from meterward.wiring.installed import Underway
from meterward.wiring.looking import ties_of
from meterward.wiring.noting import Read, note_read

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from meterward.core.base.problem import Problem
_SPACES = ("audit/", "direction/")
_MINUTE = 60


@needs(Action.HAND_OVER, EVERY_KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def bundles(request: HttpRequest, ledger: str) -> HttpResponse:
    """Ask for a bundle, and see how far it is."""
    ties = ties_of(ledger)
    if isinstance(ties, Underway):
        return show_underway(request, ties)
    if not isinstance(ties, Ties):
        return show_problems(request, [ties], 404)
    problems: list[Problem] = []
    if request.method == "POST":
        chosen = _chosen(request, problems)
        if not problems:
            ask(ledger, person_in(request), chosen, today())
            return HttpResponseRedirect(request.path)
    found = handing(ledger, person_in(request))
    job = found.under_way
    shown: dict[str, Any] = {
        **shell(request, ledger, Moment(today()), "ledger"),
        "job": job,
        "percent": min(100, 100 * job.done // job.total) if job and job.total else 0,
        "problem": found.problem,
        "warned": found.warned,
        "ready": [(one, -(-one.left // _MINUTE)) for one in found.ready],
        "clauses": clauses_in(wiring.usual_pack()),
        "subjects": sorted(name for name, _ in ties.subjects() if name.startswith(_SPACES)),
        "wrong": {one.field: one for one in problems},
        "asked": {name: request.POST.get(name, "")[:300] for name in ("clause", "subject", "first", "last")},
    }
    response = render(request, "bundles.html", shown, status=422 if problems else 200)
    response["Cache-Control"] = "no-store"
    return response


@needs(Action.HAND_OVER, EVERY_KEEPER)
@require_safe
def bundle(request: HttpRequest, ledger: str, bundle: str) -> HttpResponseBase:
    """A bundle that was built for whoever asks."""
    file = give(ledger, person_in(request), bundle)
    if file is None:
        return refuse(request, HIDDEN)
    if problems := note_read(caller_in(request), ledger, Read("bundle", bundle)):
        file.close()
        return show_problems(request, problems, 503)
    response = FileResponse(file, as_attachment=True, filename=f"{bundle}.tar", content_type="application/x-tar")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _chosen(request: HttpRequest, problems: list[Problem]) -> Chosen:
    days: dict[str, date | None] = {}
    for name in ("first", "last"):
        text = request.POST.get(name, "").strip()
        days[name] = parse_day(text) if text else None
        if text and days[name] is None:
            problems.append(no_day(text, name))
    return Chosen(
        request.POST.get("clause", "").strip(), request.POST.get("subject", "").strip(), days["first"], days["last"]
    )
