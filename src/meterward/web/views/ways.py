"""The page “Your ways of signing in”: an app, recovery codes, the password, and sessions; passkeys have their own."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meterward.core.access import HIDDEN, Action
from meterward.web.onward import onward_of
from meterward.web.own_ways import DONE, freshly, going, kept, once, page_of
from meterward.web.refusing import refuse
from meterward.web.views.signing import REFUSED, TOO_MANY, WRONG_CODE
from meterward.wiring.gating import needs, person_in, who_in
from meterward.wiring.ways_in import outside, proofs, steps, ways

if TYPE_CHECKING:
    from django.http import HttpRequest


@needs(Action.KEEP_WAYS)
@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Everything that somebody signs in with, and where they are signed in."""
    return _shown(request)


@needs(Action.KEEP_WAYS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask once more who somebody is: for a second factor if they have one, for the password otherwise."""
    done = _confirmed(request) if request.method == "POST" else None
    if done is True:
        return HttpResponseRedirect(onward_of(request, "/ways?done=confirmed"))
    wait, by_passkey = ceil(done or 0), bool(request.POST.get("credential"))
    factors = ways.factors_of(steps.signed_in(request))
    wrong = "" if done is not False or by_passkey else WRONG_CODE if factors.any else "That is not your password."
    shown = {"says": "", "kept": False, "factors": factors, "wait": wait, "wrong": wrong, **going(request)}
    shown["wrong_passkey"] = done is False and by_passkey
    return render(request, "more.html", shown, status=TOO_MANY if wait else REFUSED if done is False else 200)


@needs(Action.KEEP_WAYS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@freshly
def app(request: HttpRequest) -> HttpResponse:
    """Set up an app: show what it is to be told, and take the code that shows that it was."""
    done = ways.keep_app(request, request.POST.get("code", "")) if request.method == "POST" else None
    if isinstance(done, list):
        return kept(request, "app", done)
    wait, wrong = ceil(done or 0), WRONG_CODE if done is False else ""
    shown = {"app": ways.new_app(request), "wait": wait, "wrong": wrong, **going(request)}
    return render(request, "ways_app.html", shown, status=TOO_MANY if wait else REFUSED if wrong else 200)


@needs(Action.KEEP_WAYS)
@require_POST
@freshly
def remove(request: HttpRequest, factor: int) -> HttpResponse:
    """Remove a passkey or an app."""
    if not ways.remove(request, factor):
        return refuse(request, HIDDEN)
    return HttpResponseRedirect(page_of(request, "removed"))


@needs(Action.KEEP_WAYS)
@require_POST
@never_cache
@freshly
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, and show them this once."""
    made = ways.new_codes(request)
    return once(request, "Those before are good no more.", made) if made else HttpResponseRedirect("/ways")


@needs(Action.KEEP_WAYS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@freshly
def password(request: HttpRequest) -> HttpResponse:
    """Change the password, and end every other session."""
    said, problem = request.POST, None
    if request.method == "POST":
        problem = ways.change_password(request, said.get("password", ""), said.get("again", ""))
        if problem is None:
            return HttpResponseRedirect(page_of(request, "password"))
    shown = {"person": _person(request), "problem": problem}
    return render(request, "ways_password.html", shown, status=422 if problem else 200)


@needs(Action.KEEP_WAYS)
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    ways.end_sittings(request)
    return HttpResponseRedirect(page_of(request, "ended"))


@needs(Action.KEEP_WAYS)
@require_POST
def end(request: HttpRequest, sitting: int) -> HttpResponse:
    """End one session."""
    ways.end_sittings(request, sitting)
    return HttpResponseRedirect(page_of(request, "ended"))


def _confirmed(request: HttpRequest) -> float | bool:
    said = request.POST
    if credential := said.get("credential", ""):
        return steps.by_passkey(request, credential, steps.signed_in(request))
    if "code" in said:
        return steps.by_code(request, steps.signed_in(request), said["code"])
    return ways.confirm_by_password(request, said.get("password", ""))


def _shown(request: HttpRequest) -> HttpResponse:
    sittings = ways.sittings_of(request)
    shown = {
        "person": _person(request),
        "example": settings.EXAMPLE,
        "strong": who_in(request).strong,
        "factors": ways.factors_of(steps.signed_in(request)),
        "sittings": sittings,
        "others": any(not one.here for one in sittings),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "providers": outside.offered(),
        "titles": {one.name: one.title for one in outside.offered()},
        "identities": outside.identities_of(steps.signed_in(request)),
        "idle": round(proofs.IDLE / 60),
        "strong_idle": round(proofs.STRONG_IDLE / 60),
        **going(request),
    }
    return render(request, "ways.html", shown)


def _person(request: HttpRequest) -> dict[str, Any]:
    return {**person_in(request)._asdict(), "has_password": steps.signed_in(request).has_usable_password()}
