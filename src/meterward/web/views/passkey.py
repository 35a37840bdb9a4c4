"""The passkey with which whoever asks signs what they say: made, shown, replaced and ended, each by a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from meterward import wiring
from meterward.core.access import Action
from meterward.core.base.days import in_words, london_day
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kinds import all_kinds, key_introduced
from meterward.core.records.roles import Role
from meterward.present.kind_words import title_of
from meterward.present.ledger_words import SHORT
from meterward.usecases.append_record import Appended
from meterward.web.acting import acting_in, acting_roles, role_choices
from meterward.web.moments import Moment
from meterward.web.passkeys import marked, origin_of, to_make, unmarked, working_here
from meterward.web.shell import shell
from meterward.wiring import passkeys
from meterward.wiring.gating import caller_in, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.wiring.passkeys import Held

_KIND = key_introduced.KIND
_DONE = {
    "made": "Your passkey is introduced: from the next entry on it signs what you say.",
    "ended": "Your passkey is ended: what it signed stays signed, and nothing that comes later counts.",
}


@needs(Action.APPEND, EVERY_KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:  # noqa: ARG001 - the gate asks for the kind
    """Show the passkeys of whoever asks, and introduce the one that their browser made."""
    if request.method != "POST":
        return _show(request, ledger)
    made = _made(request, ledger)
    if isinstance(made, Appended):
        return HttpResponseRedirect(f"/{ledger}/passkey?done=made")
    return _show(request, ledger, made)


@needs(Action.APPEND, EVERY_KEEPER)
@require_POST
def end(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:  # noqa: ARG001 - the gate asks for the kind
    """End one of their passkeys."""
    roles = _roles(request)
    done = passkeys.end(ledger, caller_in(request), roles[0], request.POST.get("key", "")) if roles else _nobody()
    if isinstance(done, Appended):
        return HttpResponseRedirect(f"/{ledger}/passkey?done=ended")
    return _show(request, ledger, done)


def _made(request: HttpRequest, ledger: str) -> Appended | list[Problem]:
    origin, challenge = origin_of(request), unmarked(request, request.POST.get("mark", ""))
    if not _roles(request):
        return _nobody()
    if not origin or not challenge:
        hint = "Make it once more, from the page as it is now."
        return [Problem(Code.SIGNATURE_INVALID, "That was asked too long ago, or not of you.", hint)]
    made = passkeys.made_by(request.POST.dict(), origin, challenge)
    if isinstance(made, Problem):
        return [made]
    acting = acting_in(request, _KIND)
    role = acting if acting is not Role.OPERATOR else _roles(request)[0]
    return passkeys.introduce(ledger, caller_in(request), role, made)


def _roles(request: HttpRequest) -> tuple[Role, ...]:
    """The roles in which somebody may have a passkey."""
    return tuple(role for role in acting_roles(request, _KIND) if role is not Role.OPERATOR)


def _nobody() -> list[Problem]:
    hint = "Sign in as somebody who acts for an organisation."
    return [Problem(Code.ROLE_NOT_ENTITLED, "An operator keeps the ledger, and signs nothing by a passkey.", hint)]


def _show(request: HttpRequest, ledger: str, problems: Sequence[Problem] = ()) -> HttpResponse:
    held, challenge = passkeys.held_by(ledger, caller_in(request)), passkeys.fresh_challenge()
    here = working_here(request, held)
    shown = {
        **shell(request, ledger, Moment(wiring.today()), "passkey"),
        "held": [(one, f"{one.span.key.id[:SHORT]}…", _since(one)) for one in held],
        "replaces": bool(here),
        "origin": origin_of(request),
        "address": f"{request.scheme}://{request.get_host()}",
        "allowed": bool(_roles(request)),
        "roles_here": [one for one in role_choices(request, _KIND) if one[0] != Role.OPERATOR],
        "options": to_make(request, challenge, here),
        "mark": marked(request, challenge),
        "weighty": [title_of(one.name) for one in all_kinds().values() if one.weighty],
        "problems": problems,
        "done": _DONE.get(request.GET.get("done", ""), ""),
    }
    response = render(request, "passkey.html", shown, status=422 if problems else 200)
    response["Cache-Control"] = "no-store"
    return response


def _since(held: Held) -> str:
    day = london_day(held.recorded)
    return in_words(day) if day else ""
