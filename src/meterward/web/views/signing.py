"""Signing in and out."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from meterward.core.access import Action
from meterward.web.forms.kept import resume
from meterward.wiring.example_store import EXAMPLE_PASSWORD, example_people
from meterward.wiring.gating import needs
from meterward.wiring.installed import patience

if TYPE_CHECKING:
    from django.http import HttpRequest


@needs(Action.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, and go on to where somebody was going."""
    onward = _onward(request)
    failed, wait, name, kept = False, 0.0, "", request.POST.get("kept", "")
    if request.method == "POST":
        name = request.POST.get("name", "")[:150]
        wait = patience().wait(name.casefold())
        user = None if wait else authenticate(request, username=name, password=request.POST.get("password", ""))
        if user is not None:
            patience().succeeded(name.casefold())
            login(request, user)
            return HttpResponseRedirect(resume(kept, user.get_username()) or onward if kept else onward)
        failed = not wait
        if failed and name:
            patience().failed(name.casefold())
    people = example_people() if settings.EXAMPLE else []
    shown: dict[str, Any] = {
        "next": onward,
        "failed": failed,
        "name": name,
        "people": people,
        "password": EXAMPLE_PASSWORD,
    }
    shown |= {"kept": kept, "wait": ceil(wait)}
    status = 401 if failed else 200
    return render(request, "sign_in.html", shown, status=429 if wait else status)


@needs(Action.SIGN_IN)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/sign-in")


def _onward(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else "/"
