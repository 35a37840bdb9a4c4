"""Who asks, as the gate found it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from meterward.core.access import Caller

if TYPE_CHECKING:
    from django.http import HttpRequest


def caller_in(request: HttpRequest) -> Caller:
    """Who asks, in a view that nobody reaches without signing in."""
    caller = getattr(request, "caller", None)
    if not isinstance(caller, Caller):
        raise ImproperlyConfigured("this view is reached without signing in")
    return caller
