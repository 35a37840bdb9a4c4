"""Somebody lacks a second factor for what they are about to do: what is missing, and the way there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from meterward.web.carrying import carried
from meterward.web.forms.kept import resume
from meterward.wiring.gating import person_in
from meterward.wiring.ways_in.steps import signed_in
from meterward.wiring.ways_in.ways import factors_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.core.access import Decision


def ask_for_more(request: HttpRequest, decision: Decision) -> HttpResponse:
    """The page that asks for a second factor, or leads to arranging one. What was written becomes a draft first."""
    if request.headers.get("HX-Request"):
        return HttpResponse("This takes a second factor now. Send it: what you wrote is kept while you show one.")
    kept = carried(request)
    back = (resume(kept, person_in(request).sign_in) if kept else "") or _back(request)
    factors = factors_of(signed_in(request))
    shown = {"says": decision.why, "next": back, "factors": factors, "kept": bool(kept), "wrong": "", "wait": 0}
    shown |= {"wrong_passkey": False, "going_on": urlencode({"next": back})}
    return render(request, "more.html", shown, status=403)


def _back(request: HttpRequest) -> str:
    """Where somebody goes on: the page that they asked for, or from which they sent a form that is no draft."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return f"/{request.resolver_match.kwargs.get('ledger', '')}/".replace("//", "/") if request.resolver_match else "/"
