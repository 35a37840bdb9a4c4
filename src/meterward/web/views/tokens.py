"""The tokens of whoever asks: made, with the secret shown once, listed and revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from meterward.core.access import HIDDEN, Action, Scope
from meterward.core.base.days import parse_day
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.web.moments import moment_of
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.wiring import today
from meterward.wiring.gating import needs, person_in, who_in
from meterward.wiring.installed import installation
from meterward.wiring.keys import LONGEST, Key, make, revoke

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

_USUAL = timedelta(days=90)
_GOOD_FOR: Mapping[str, str] = {
    Scope.READ: "Read positions, records and files",
    Scope.APPEND: "Append records and files in your name",
}


@needs(Action.KEEP_TOKENS, EVERY_KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest, ledger: str) -> HttpResponse:
    """List the tokens, and make a new one."""
    moment = moment_of(request.GET)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    made = _made(request) if request.method == "POST" else []
    key = made if isinstance(made, Key) else None
    shown = {
        **shell(request, ledger, moment, "tokens"),
        "tokens": installation().tokens.of(person_in(request)),
        "key": key,
        "problems": {problem.field: problem for problem in made} if isinstance(made, list) else {},
        "typed": _typed(request) if made and not key else _typed_first(),
        "good_for": _GOOD_FOR,
        "first": today(),
        "last": today() + LONGEST,
    }
    status = 422 if made and not key else 200
    response = render(request, "tokens.html", shown, status=status)
    response["Cache-Control"] = "no-store"
    return response


@needs(Action.KEEP_TOKENS, EVERY_KEEPER)
@require_POST
def revoke_token(request: HttpRequest, ledger: str, token: str) -> HttpResponse:
    """Revoke a token: whoever holds it finds the door shut from the next request on."""
    if not revoke(person_in(request), token):
        return refuse(request, HIDDEN)
    return HttpResponseRedirect(f"/{ledger}/tokens")


def _made(request: HttpRequest) -> Key | list[Problem]:
    typed = _typed(request)
    who, ends = who_in(request), parse_day(typed["ends"])
    return make(who.person, typed["label"], typed["scopes"], ends, strong=who.strong)


def _typed(request: HttpRequest) -> dict[str, Any]:
    sent = request.POST
    return {"label": sent.get("label", ""), "scopes": sent.getlist("scopes"), "ends": sent.get("ends", "").strip()}


def _typed_first() -> dict[str, Any]:
    return {"label": "", "scopes": [Scope.READ.value], "ends": (today() + _USUAL).isoformat()}
