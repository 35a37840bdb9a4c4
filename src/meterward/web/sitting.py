"""The middleware that ends a session which lasted too long, or which nobody used for too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout

from meterward.wiring.ways_in.proofs import is_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_OF_NOBODY = ("/static/", "/sign-in")
"""Where it does not matter who is signed in."""


class Sitting:
    """Looks at the session of whoever asks for something."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, of nobody if the session is over: the gate then asks to sign in, and loses nothing."""
        token = "Authorization" in request.headers
        if not token and not request.path.startswith(_OF_NOBODY) and request.user.is_authenticated and is_over(request):
            logout(request)
        return self.respond(request)
