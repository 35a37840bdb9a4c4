"""Bringing a bundle: choose it, see it verified step by step, and take it in once it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from meterward.core.access import Action
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import bundle_taken
from meterward.present.verification import STEP_MARKS
from meterward.web.acting import acting_in
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.wiring import taking_in, today
from meterward.wiring.filing import LARGEST
from meterward.wiring.gating import needs, person_in
from meterward.wiring.taking_in import BENCH, Brought, Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

DESKS = (Keeper.AUDITOR, *REGULATOR_KEEPERS)
"""In whose ledgers bundles are taken in."""
_LONGEST_POLICY = 100_000
_MOST_TYPED = 4_000


@needs(Action.APPEND, DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def bundles(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:  # noqa: ARG001 - the gate asks about it
    """The form, how far the verification is, or what came of it."""
    if request.method == "POST":
        return {"take": _take, "discard": _discard}.get(request.POST.get("do", ""), _begin)(request, ledger)
    return _page(request, ledger, taking_in.standing(ledger, person_in(request)))


def _begin(request: HttpRequest, ledger: str) -> HttpResponse:
    bundle, policy = request.FILES.get("bundle"), request.FILES.get("policy")
    problems = []
    if bundle is None:
        problems.append(Problem(Code.FIELD_MISSING, "The bundle is missing.", "Choose the file.", "bundle"))
    if policy and (policy.size or 0) > _LONGEST_POLICY:
        hint = "Choose the file that the licensee gives of its ledger."
        problems.append(Problem(Code.FILE_TOO_LARGE, "No policy is so long.", hint, "policy"))
    if bundle is None or problems:
        return _page(request, ledger, Standing(), problems)
    said = policy.read() if policy else b""
    brought = Brought(bundle.chunks(), said, request.POST.get("trust") == taking_in.CONFIRMED)
    wrong = taking_in.begin(ledger, person_in(request), brought)
    return _page(request, ledger, Standing(), wrong) if wrong else HttpResponseRedirect(request.path)


def _take(request: HttpRequest, ledger: str) -> HttpResponse:
    person, role = person_in(request), acting_in(request, bundle_taken.KIND)
    note = request.POST.get("note", "").strip()[:_MOST_TYPED]
    actor = Actor(person.pseudonym, role, person.organisation)
    done = taking_in.tell(ledger, person, actor, request.POST.get("seen", ""), note)
    if isinstance(done, list):
        return _page(request, ledger, taking_in.standing(ledger, person), done)
    return HttpResponseRedirect(f"/{ledger}/records/{done}?appended=1" if done else request.path)


def _discard(request: HttpRequest, ledger: str) -> HttpResponse:
    BENCH.discard(ledger, person_in(request))
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, ledger: str, stand: Standing, problems: Sequence[Problem] = ()) -> HttpResponse:
    job = stand.under_way
    shown: dict[str, Any] = {
        **shell(request, ledger, Moment(today()), "position"),
        "job": job,
        "found": stand.found,
        "failed": stand.problems or [],
        "problems": problems,
        "marks": {one.value: mark for one, mark in STEP_MARKS.items()},
        "most": LARGEST // 2**20,
    }
    response = render(request, "bundles_taken.html", shown, status=422 if problems or stand.problems else 200)
    response["Cache-Control"] = "no-store"
    return response
