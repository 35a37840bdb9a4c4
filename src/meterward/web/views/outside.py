"""Single sign-on: out to a provider, and back in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.base.problem import Problem
from meterward.web.onward import onward_of
from meterward.web.own_ways import freshly
from meterward.web.refusing import refuse
from meterward.web.views.signing import REFUSED, gone_on
from meterward.wiring.gating import needs
from meterward.wiring.ways_in import outside, steps

if TYPE_CHECKING:
    from django.http import HttpRequest

_LONGEST = 1_000_000


@needs(Action.SIGN_IN)
@require_safe
@never_cache
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Send somebody who signs in to a provider."""
    return _sent(request, outside.way_out(request, provider, onward_of(request)))


@needs(Action.KEEP_WAYS)
@require_POST
@never_cache
@freshly
def link(request: HttpRequest, provider: str) -> HttpResponse:
    """Send somebody who is signed in to a provider, to link their identity there.

    By a form alone: an address that another site leads to would link whoever is signed in there just then. And by a
    page of ours, for what forms lead to is nowhere but here (`form-action`).
    """
    address = outside.way_out(request, provider, "/ways", linking=True)
    if isinstance(address, Problem):
        return _problem(request, address)
    return render(request, "way_out.html", {"address": address, "host": urlsplit(address).netloc})


@needs(Action.SIGN_IN)
@require_safe
@never_cache
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Somebody comes back from a provider that speaks OpenID Connect."""
    return _come(request, outside.back_with_code(request, provider, request.GET.dict()))


@csrf_exempt
@needs(Action.SIGN_IN)
@require_POST
@never_cache
def assertion(request: HttpRequest, provider: str) -> HttpResponse:
    """Somebody comes back from a provider that speaks SAML: a page of ours passes on what the provider posted.

    Cookies do not come along with what another site posts, so that nothing can be looked at here.
    """
    answer = request.POST.get("SAMLResponse", "")[:_LONGEST]
    return render(request, "assertion.html", {"provider": provider, "answer": answer})


@needs(Action.SIGN_IN)
@require_POST
@never_cache
def assertion_here(request: HttpRequest, provider: str) -> HttpResponse:
    """What a provider posted, passed on by our page with the session that asked for it."""
    return _come(request, outside.back_with_assertion(request, provider, request.POST.get("answer", "")))


@needs(Action.SIGN_IN)
@require_safe
def metadata(request: HttpRequest, provider: str) -> HttpResponse:
    """What this installation says of itself to a provider that speaks SAML."""
    found = outside.metadata(request, provider)
    if isinstance(found, Problem):
        return refuse(request, HIDDEN)
    return HttpResponse(found, content_type="application/samlmetadata+xml")


@needs(Action.KEEP_WAYS)
@require_POST
@freshly
def unlink(request: HttpRequest, identity: int) -> HttpResponse:
    """Let an identity sign nobody in any more."""
    if not outside.unlink(steps.signed_in(request), identity):
        return refuse(request, HIDDEN)
    return HttpResponseRedirect("/ways?done=removed")


def _sent(request: HttpRequest, address: str | Problem) -> HttpResponse:
    return _problem(request, address) if isinstance(address, Problem) else HttpResponseRedirect(address)


def _come(request: HttpRequest, came: outside.Came | Problem) -> HttpResponse:
    return _problem(request, came) if isinstance(came, Problem) else gone_on(request, came.onward)


def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    shown = {"message": problem.message, "hint": problem.hint, "title": "That did not sign you in"}
    return render(request, "not_in.html", shown, status=REFUSED)
