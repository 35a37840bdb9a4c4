"""Where somebody was going: an address of this installation that a request names, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest


def onward_of(request: HttpRequest, default: str = "/") -> str:
    """Where to go on, as a form or an address says it."""
    asked = request.POST.get("next") or request.GET.get("next") or default
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else default
