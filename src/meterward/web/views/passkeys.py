"""The page of somebody's passkeys: what each is for, and how they are made and ended.

A passkey does one of the two: what it signs when somebody signs in is chosen by the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meterward.core.access import Action
from meterward.core.base.days import in_words, london_day
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kinds import all_kinds, key_introduced
from meterward.present.kind_words import title_of, words
from meterward.present.ledger_words import SHORT
from meterward.usecases.append_record import Appended
from meterward.web.acting import acting_in
from meterward.web.own_ways import DONE, PASSKEYS, freshly, going, kept, named_in, page_of
from meterward.web.passkeys import marked, origin_of, to_make, unmarked, working_here
from meterward.wiring import passkeys
from meterward.wiring.gating import caller_in, needs, person_in, who_in
from meterward.wiring.passkeys import fresh_challenge
from meterward.wiring.signing_places import introducing, places_of
from meterward.wiring.ways_in import steps, ways
from meterward.wiring.ways_in.passkeys import to_add

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from meterward.wiring.passkeys import Held
    from meterward.wiring.signing_places import Place

_KIND = key_introduced.KIND
_MISTAKEN = "The passkey could not be added. Try again; if it was added already, it is listed above."


@needs(Action.KEEP_WAYS)
@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Every passkey of whoever asks, with what it is for, and how to add one."""
    return _shown(request)


@needs(Action.KEEP_WAYS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@freshly
def signing_in(request: HttpRequest) -> HttpResponse:
    """Say what a browser makes a passkey from that signs in, and keep the one that it made."""
    if request.method != "POST":
        return JsonResponse(to_add(steps.signed_in(request)))
    codes = ways.keep_passkey(request, request.POST.get("name", ""), request.POST.get("credential", ""))
    return _shown(request, wrong=_MISTAKEN) if codes is None else kept(request, "passkey", codes, PASSKEYS)


@needs(Action.APPEND, EVERY_KEEPER)
@require_POST
@never_cache
@freshly
def signing(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:  # noqa: ARG001 - the gate asks for the kind
    """Introduce the passkey that a browser made, by a record of a ledger."""
    made = _made(request, ledger)
    return _after(request, made, "made")


@needs(Action.APPEND, EVERY_KEEPER)
@require_POST
@never_cache
def end(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:  # noqa: ARG001 - the gate asks for the kind
    """End one that signs, by a record of the ledger in which it does."""
    roles = introducing(caller_in(request))
    done = passkeys.end(ledger, caller_in(request), roles[0], request.POST.get("key", "")) if roles else _nobody()
    return _after(request, done, "stopped")


def _after(request: HttpRequest, done: Appended | list[Problem], what: str) -> HttpResponse:
    if isinstance(done, Appended):
        return HttpResponseRedirect(page_of(request, what, PASSKEYS))
    return _shown(request, done)


def _made(request: HttpRequest, ledger: str) -> Appended | list[Problem]:
    origin, challenge = origin_of(request), unmarked(request, request.POST.get("mark", ""))
    roles = introducing(caller_in(request))
    if not roles:
        return _nobody()
    if not origin or not challenge:
        hint = "Make it once more, from the page as it is now."
        return [Problem(Code.SIGNATURE_INVALID, "That was asked too long ago, or not of you.", hint)]
    made = passkeys.made_by(request.POST.dict(), origin, challenge)
    if isinstance(made, Problem):
        return [made]
    acting = acting_in(request, _KIND)
    return passkeys.introduce(ledger, caller_in(request), acting if acting in roles else roles[0], made)


def _nobody() -> list[Problem]:
    hint = "Sign in as somebody who acts for an organisation."
    return [Problem(Code.ROLE_NOT_ENTITLED, "An operator keeps the ledger, and signs nothing by a passkey.", hint)]


def _shown(request: HttpRequest, problems: Sequence[Problem] = (), wrong: str = "") -> HttpResponse:
    challenge, named = fresh_challenge(), named_in(request)
    places = places_of(who_in(request), named)
    shown = {
        "person": person_in(request),
        "fresh": ways.is_fresh(request),
        "factors": ways.factors_of(steps.signed_in(request)),
        "signing": [_row(place, one) for place in places for one in place.held],
        "forms": [_form(request, place, challenge) for place in places if place.roles],
        "works": bool(origin_of(request)),
        "address": f"{request.scheme}://{request.get_host()}",
        "mark": marked(request, challenge),
        "weighty": [title_of(one.name) for one in all_kinds().values() if one.weighty],
        "problems": problems,
        "wrong": wrong,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "confirm": f"/ways/confirm?{urlencode({'next': page_of(request, page=PASSKEYS)})}",
        "named": named,
        **going(request),
    }
    return render(request, "passkeys.html", shown, status=422 if problems or wrong else 200)


def _row(place: Place, held: Held) -> dict[str, Any]:
    day = london_day(held.recorded)
    short = f"{held.span.key.id[:SHORT]}…"
    return {"ledger": place.ledger, "held": held, "short": short, "since": in_words(day) if day else ""}


def _form(request: HttpRequest, place: Place, challenge: str) -> dict[str, Any]:
    here = working_here(request, place.held)
    roles = [(str(role), words(role).capitalize()) for role in place.roles]
    options = to_make(request, challenge, here)
    return {"ledger": place.ledger, "roles": roles, "replaces": bool(here), "options": options}
