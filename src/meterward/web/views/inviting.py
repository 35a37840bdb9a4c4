"""Invitations: sent and withdrawn by those who may, and accepted by whoever has the link."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.usecases.ports import InvitationKept, PersonKept
from meterward.web.moments import Moment
from meterward.web.refusing import refuse
from meterward.web.shell import shell
from meterward.wiring import today
from meterward.wiring.gating import caller_in, needs, person_in
from meterward.wiring.ways_in import accepting, inviting

if TYPE_CHECKING:
    from django.http import HttpRequest

_GONE, _TOO_MANY = 410, 429
_NOWHERE = "This link leads nowhere now"
_FIELDS = ("email", "pseudonym", "name")


@needs(Action.INVITE, kept_by=EVERY_KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, ledger: str) -> HttpResponse:
    """Invite somebody of one's own organisation, and see who has not come yet."""
    typed = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    done = _invited(request, typed) if request.method == "POST" else None
    problem = done if isinstance(done, Problem) else None
    shown = {
        **shell(request, ledger, Moment(today()), "people"),
        "invitations": inviting.open_to(caller_in(request).organisation),
        "sent": None if problem else done,
        "problems": {problem.field if problem.field in _FIELDS else "": problem} if problem else {},
        "typed": typed if problem else dict.fromkeys(_FIELDS, ""),
        "now": timezone.now(),
    }
    return render(request, "people.html", shown, status=422 if problem else 200)


@needs(Action.INVITE, kept_by=EVERY_KEEPER)
@require_POST
def withdraw(request: HttpRequest, ledger: str) -> HttpResponse:
    """Withdraw an invitation: its link leads nowhere from now on."""
    if not inviting.withdraw(caller_in(request).organisation, request.POST.get("invitation", "")):
        return refuse(request, HIDDEN)
    return HttpResponseRedirect(f"/{ledger}/people")


@needs(Action.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page that a link leads to: choose a name, and a password or a passkey."""
    invited = inviting.found(secret)
    if not isinstance(invited, InvitationKept):
        return _gone(request, invited)
    if request.method != "POST":
        return _asked(request, invited, invited.person.sign_in, [])
    name, credential = request.POST.get("name", "").strip(), request.POST.get("credential", "")
    if credential:
        problems = accepting.by_passkey(request, invited, name, credential)
    else:
        problems = accepting.by_password(request, invited, name, request.POST.get("password", ""))
    return _asked(request, invited, name, problems) if problems else HttpResponseRedirect("/ways")


@needs(Action.SIGN_IN)
@require_safe
@never_cache
def invitation_passkey(request: HttpRequest, secret: str) -> HttpResponse:
    """What a browser makes the passkey of somebody invited from."""
    invited = inviting.found(secret)
    if not isinstance(invited, InvitationKept):
        return _gone(request, invited)
    return JsonResponse(accepting.passkey_for(invited))


def _invited(request: HttpRequest, typed: dict[str, str]) -> inviting.Invited | Problem:
    invited = PersonKept(typed["name"], typed["pseudonym"], caller_in(request).organisation)
    root = request.build_absolute_uri("/").rstrip("/")
    return inviting.invite(invited, typed["email"], root, person_in(request).sign_in)


def _asked(request: HttpRequest, invited: InvitationKept, name: str, problems: list[Problem]) -> HttpResponse:
    by_field = {problem.field: problem for problem in problems}
    shown: dict[str, Any] = {"invited": invited, "name": name, "problems": by_field, "path": request.path}
    shown["wrong_passkey"] = " ".join(f"{one.message} {one.hint}" for one in problems if one.field == "passkey")
    return render(request, "invitation.html", shown, status=422 if problems else 200)


def _gone(request: HttpRequest, why: Problem | float) -> HttpResponse:
    if isinstance(why, Problem):
        said = {"message": why.message, "hint": why.hint, "title": _NOWHERE}
        return render(request, "not_in.html", said, status=_GONE)
    said = {
        "title": _NOWHERE,
        "message": "Many wrong links were tried just now.",
        "hint": f"Wait {ceil(why)} seconds, then try again.",
    }
    return render(request, "not_in.html", said, status=_TOO_MANY)
