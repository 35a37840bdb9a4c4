"""Signing in and out: name and password, then a second factor of those who have one; or a passkey alone."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meterward.core.access import Action
from meterward.web.forms.kept import resume
from meterward.web.onward import onward_of
from meterward.wiring.example_store import EXAMPLE_PASSWORD, example_people
from meterward.wiring.gating import needs
from meterward.wiring.ways_in import outside, passkeys, steps
from meterward.wiring.ways_in.ways import Factors, factors_of

if TYPE_CHECKING:
    from django.http import HttpRequest

REFUSED, TOO_MANY = 401, 429
WRONG_CODE = "That code is not right now, or was used before. Wait for the next one, and type that."


@needs(Action.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, and go on to where somebody was going."""
    if request.method != "POST":
        return _asked(request)
    name = request.POST.get("name", "")[:150]
    done = steps.by_password(request, name, request.POST.get("password", ""))
    if done is True:
        return gone_on(request)
    return _asked(request, name=name, wait=ceil(done), failed=not done)


@needs(Action.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def second(request: HttpRequest) -> HttpResponse:
    """Ask whoever showed a password for a second factor."""
    person = steps.on_the_way(request)
    if person is None:
        return HttpResponseRedirect(f"/sign-in?{urlencode({'next': onward_of(request)})}")
    if request.method != "POST":
        return _second(request)
    if credential := request.POST.get("credential", ""):
        shown = steps.by_passkey(request, credential, person)
        return gone_on(request) if shown else _second(request, wrong_passkey=True)
    done = steps.by_code(request, person, request.POST.get("code", ""))
    if done is True:
        return gone_on(request)
    return _second(request, wait=ceil(done), wrong="" if done else WRONG_CODE)


@needs(Action.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """Say what a passkey is asked for; take the answer of one that signs in by itself."""
    if request.method == "POST":
        shown = steps.by_passkey(request, request.POST.get("credential", ""))
        return gone_on(request) if shown else _asked(request, wrong_passkey=True, failed=True)
    signed_in = request.user if request.user.is_authenticated else None
    whose = (signed_in or steps.on_the_way(request)) if "second" in request.GET else None
    return JsonResponse(passkeys.to_show(whose))


@needs(Action.SIGN_IN)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/sign-in")


def gone_on(request: HttpRequest, onward: str = "") -> HttpResponse:
    """Where somebody goes on: to the second step if there is one, and to where they were going."""
    if not request.user.is_authenticated:
        return _second(request, onward=onward)
    kept = request.POST.get("kept", "")
    resumed = resume(kept, request.user.get_username()) if kept else ""
    return HttpResponseRedirect(resumed or onward or onward_of(request))


def _second(
    request: HttpRequest, *, wrong: str = "", wait: int = 0, wrong_passkey: bool = False, onward: str = ""
) -> HttpResponse:
    person = steps.on_the_way(request)
    shown: dict[str, Any] = {
        **_carried(request, onward),
        "factors": factors_of(person) if person else Factors(),
        "wrong": wrong,
        "wait": wait,
    }
    status = TOO_MANY if wait else REFUSED if wrong or wrong_passkey else 200
    return render(request, "sign_in_second.html", {**shown, "wrong_passkey": wrong_passkey}, status=status)


def _asked(
    request: HttpRequest, *, name: str = "", wait: int = 0, failed: bool = False, wrong_passkey: bool = False
) -> HttpResponse:
    people = example_people() if settings.EXAMPLE else []
    shown: dict[str, Any] = {**_carried(request), "name": name, "wait": wait, "failed": failed and not wrong_passkey}
    shown |= {"people": people, "password": EXAMPLE_PASSWORD, "wrong_passkey": wrong_passkey}
    shown["providers"] = outside.offered()
    return render(request, "sign_in.html", shown, status=TOO_MANY if wait else REFUSED if failed else 200)


def _carried(request: HttpRequest, onward: str = "") -> dict[str, str]:
    return {"next": onward or onward_of(request), "kept": request.POST.get("kept", "")}
