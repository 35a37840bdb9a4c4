"""The middleware that refuses what is far too large, before a byte of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from meterward.wiring.filing import LARGEST, too_large

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MOST = LARGEST + 8 * 2**20
"""So many bytes a request may have: a file as large as may be kept, and what is written around it."""

_API = "/api/"
"""The API says the same in its own form."""


class Limit:
    """Looks at what a request says of its size."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, or refuse it. A request that does not say its size has no body here."""
        if request.path.startswith(_API):
            return self.respond(request)
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdigit() and len(said) <= 18 and int(said) <= MOST:  # noqa: PLR2004 - as many digits as any size has
            return self.respond(request)
        response = render(request, "too_large.html", {"problem": too_large()}, status=413)
        response["Connection"] = "close"
        return response
