"""What the pages about one's own ways of signing in share: a fresh proof, the way back, and codes shown once."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from meterward.web.onward import onward_of
from meterward.wiring.ways_in import ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

WAYS, PASSKEYS = "/ways", "/ways/passkeys"
_PAGES = {"passkeys": PASSKEYS}
"""Other pages than that of one's ways of signing in, by what their forms call them."""

DONE = {
    "removed": "It is removed, and signs nobody in any more.",
    "passkey": "The passkey is added, and signs you in from now on.",
    "made": "Your passkey is introduced: from the next entry on it signs what you say.",
    "stopped": "Your passkey is ended: what it signed stays signed, and nothing that comes later counts.",
    "ended": "The session has ended.",
    "app": "The app is set up.",
    "password": "The password is changed, and every other session of yours has ended.",
    "linked": "The account is linked, and signs you in from now on.",
    "confirmed": "Thank you.",
}
"""What these pages say of what was just done."""


def freshly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for those who showed a moment ago who they are; others are asked to, and led back."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:  # noqa: ANN401 - whatever a view takes
        if ways.is_fresh(request):
            return view(request, *args, **named)
        back = request.get_full_path() if request.method in ("GET", "HEAD") else page_of(request)
        return HttpResponseRedirect(f"/ways/confirm?{urlencode({'next': back})}")

    return asked


def page_of(request: HttpRequest, done: str = "", page: str = "") -> str:
    """The page from which a form was sent, or another one of these, as it is once something was done."""
    page = page or _PAGES.get(request.POST.get("page", ""), WAYS)
    said = {"done": done, "ledger": named_in(request), "next": onward_of(request, "")}
    there = {name: value for name, value in said.items() if value}
    return f"{page}?{urlencode(there)}" if there else page


def named_in(request: HttpRequest) -> str:
    """The ledger from which somebody came, as a form or an address says it."""
    return request.POST.get("ledger") or request.GET.get("ledger") or ""


def going(request: HttpRequest) -> dict[str, str]:
    """Where somebody is going, for a page and for the addresses on it."""
    onward = onward_of(request, "")
    return {"next": onward, "going_on": urlencode({"next": onward} if onward else {})}


def kept(request: HttpRequest, what: str, codes: list[str], page: str = "") -> HttpResponse:
    """A factor is kept: the codes that came with it are shown, once."""
    onward = page_of(request, what, page)
    return once(request, DONE[what], codes, onward) if codes else HttpResponseRedirect(onward)


def once(request: HttpRequest, done: str, codes: list[str], onward: str = "") -> HttpResponse:
    """Recovery codes, shown this once, and the page after."""
    shown = {"done": done, "codes": codes, "then": onward_of(request, "") or onward or page_of(request)}
    return render(request, "ways_codes.html", shown)
