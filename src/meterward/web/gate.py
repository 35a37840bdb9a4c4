"""The middleware at which everything passes the gate: pages, and the operations of the API.

`wiring.gating` decides. How somebody shows who they are, and what a refusal looks like, is the door's affair: pages
have the one below, the API has its own.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.views.defaults import server_error

from meterward.core.access import CLOSED
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.web.asking_more import ask_for_more
from meterward.web.carrying import ask_to_sign_in
from meterward.web.giving import note_given
from meterward.web.refusing import misdirect, refuse, show_failure, show_problems
from meterward.wiring.failing import failure_in
from meterward.wiring.gating import KEPT_BY, NEEDS, Who, decide, needed, who_signed_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from meterward.core.access import Caller, Decision
    from meterward.core.base.problem import Problem

DOOR = "door"
"""The attribute of a view that has another door than pages have."""


class Door(Protocol):
    """How somebody comes in."""

    def who(self, request: HttpRequest) -> Who | HttpResponseBase | None:
        """Who asks; None if nobody says; or the answer to somebody who says it wrongly."""

    def refuse(self, request: HttpRequest, caller: Caller | None, decision: Decision) -> HttpResponseBase:
        """The answer to somebody who is not let through."""

    def no_such_method(self, request: HttpRequest, methods: list[str]) -> HttpResponseBase:
        """The answer to a method that is not there."""

    def not_noted(self, request: HttpRequest, problems: list[Problem]) -> HttpResponseBase:
        """The answer in place of one that may not be given, since it could not be noted who reads it."""

    def broken(self, request: HttpRequest) -> HttpResponseBase:
        """The answer where something broke that nobody expected."""


class PageDoor:
    """The door of pages: a session, the page for signing in, and refusals as pages."""

    def who(self, request: HttpRequest) -> Who | HttpResponseBase | None:
        """See `Door.who`."""
        return who_signed_in(installation(), request)

    def refuse(self, request: HttpRequest, caller: Caller | None, decision: Decision) -> HttpResponseBase:
        """See `Door.refuse`."""
        if caller is None:
            going = urlencode({"next": request.get_full_path()})
            return ask_to_sign_in(request) or HttpResponseRedirect(f"/sign-in?{going}")
        if decision.weak:
            return ask_for_more(request, decision)
        return refuse(request, decision)

    def no_such_method(self, request: HttpRequest, methods: list[str]) -> HttpResponseBase:
        """See `Door.no_such_method`."""
        return misdirect(request, methods)

    def not_noted(self, request: HttpRequest, problems: list[Problem]) -> HttpResponseBase:
        """See `Door.not_noted`."""
        return show_problems(request, problems, 503)

    def broken(self, request: HttpRequest) -> HttpResponseBase:
        """See `Door.broken`. A store that cannot be had, or is full, is no fault: it is said as everywhere else."""
        problem = failure_in(sys.exc_info()[1], writing=request.method == "POST")
        return show_failure(request, problem) if problem else server_error(request)


_PAGES = PageDoor()
_SAFE = ("GET", "HEAD")


def broken(request: HttpRequest) -> HttpResponseBase:
    """What is answered where something broke, be it in the gate itself: as the door of the address has it."""
    match = request.resolver_match
    return _door_of(match.func if match else None).broken(request)


def _door_of(view: object) -> Door:
    return cast("Door", getattr(view, DOOR, _PAGES))


class Gate:
    """The middleware that asks before every view."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; `process_view` decides. What the answer gives is noted before it is given."""
        response = self.respond(request)
        caller = getattr(request, "caller", None)
        if caller is None or request.resolver_match is None:
            return response
        view = request.resolver_match.func
        if isinstance(response, HttpResponseNotAllowed):
            return _door_of(view).no_such_method(request, response["Allow"].split(", "))
        action = needed(view, request.method or "")
        problems = note_given(request, action, caller, response) if action else []
        if not problems:
            return response
        response.close()
        return _door_of(view).not_noted(request, problems)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _: tuple[object, ...], named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let a request through to its view (None), or answer it here."""
        door = _door_of(view)
        action = needed(view, request.method or "")
        if action is None:
            return door.no_such_method(request, sorted(getattr(view, NEEDS)))
        who = door.who(request)
        if isinstance(who, HttpResponseBase):
            return who
        caller, decision = decide(installation(), who, action, named, getattr(view, KEPT_BY, EVERY_KEEPER))
        if who and who.visitor and request.method not in _SAFE:
            decision = CLOSED
        request.who, request.caller = who, caller  # type: ignore[attr-defined] # `person_in` and `caller_in` read them
        return None if decision.allowed else door.refuse(request, caller, decision)
