"""The door of the API: a token in the header, or the session of a browser with its token against forgery."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.middleware.csrf import CsrfViewMiddleware

from meterward.api.details import BROKEN, Fault, refused, wrong
from meterward.wiring.failing import failure_in
from meterward.wiring.gating import Who, who_signed_in
from meterward.wiring.installed import installation
from meterward.wiring.keys import holder

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from meterward.core.access import Caller, Decision
    from meterward.core.base.problem import Problem

_ASK = 'Bearer realm="meterward"'
_READING = ("GET", "HEAD", "OPTIONS")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SIGN_IN = "Send a token as “Authorization: Bearer …”; the page “Tokens” makes them."


class ApiDoor:
    """See `web.gate.Door`."""

    def who(self, request: HttpRequest) -> Who | HttpResponseBase | None:
        """Who asks, by token or session; None if nobody says; or the answer to somebody who says it wrongly."""
        if request.content_type in _FORMS:
            return refused(Fault.MEDIA_TYPE, f"Nothing here is sent as {request.content_type}.")
        if "Authorization" in request.headers:
            return _by_token(request.headers["Authorization"])
        who = who_signed_in(installation(), request)
        if who and request.method not in _READING and _is_forged(request):
            return refused(Fault.FORBIDDEN, "With a session, send the token of the cookie “csrftoken” as X-CSRFToken.")
        return who

    def refuse(self, request: HttpRequest, caller: Caller | None, decision: Decision) -> HttpResponseBase:  # noqa: ARG002 - as doors do
        """Nobody is asked to say who they are; a stranger finds nothing; others are told what they lack."""
        if caller is None:
            return _unauthenticated(_ASK, _SIGN_IN)
        if decision.hidden:
            return refused(Fault.NOT_FOUND, decision.why)
        return refused(Fault.FORBIDDEN, decision.why)

    def no_such_method(self, request: HttpRequest, methods: list[str]) -> HttpResponseBase:
        """Says which methods there are."""
        allowed = ", ".join(methods)
        return refused(Fault.METHOD, f"{request.method} means nothing here; these do: {allowed}.", Allow=allowed)

    def not_noted(self, request: HttpRequest, problems: list[Problem]) -> HttpResponseBase:  # noqa: ARG002 - as doors do
        """Says why it could not be noted."""
        return wrong(problems)

    def broken(self, request: HttpRequest) -> HttpResponseBase:
        """Says that it is not the caller's doing: that the store failed, or nothing of what happened."""
        problem = failure_in(sys.exc_info()[1], writing=request.method == "POST")
        return wrong([problem]) if problem else refused(Fault.BROKEN, BROKEN)


def _by_token(header: str) -> Who | HttpResponseBase:
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer":
        return _unauthenticated(_ASK, _SIGN_IN)
    token = holder(secret.strip())
    if token is None:
        said = "There is no such token, or it has ended or was revoked."
        return _unauthenticated(f'{_ASK}, error="invalid_token"', said)
    return token


def _unauthenticated(challenge: str, detail: str) -> HttpResponseBase:
    return refused(Fault.UNAUTHENTICATED, detail, **{"WWW-Authenticate": challenge})


def _is_forged(request: HttpRequest) -> bool:
    """Whether another site may have made a browser send this."""

    def view(_: HttpRequest) -> HttpResponseBase:
        raise NotImplementedError

    check = CsrfViewMiddleware(view)
    request.csrf_processing_done = False  # type: ignore[attr-defined] # as the views of the API are let pass at first
    check.process_request(request)
    return check.process_view(request, view, (), {}) is not None
