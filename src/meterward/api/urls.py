"""The addresses of the API. Each method says what it needs; the gate asks, at the door of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, path, re_path

from meterward.api.description import description
from meterward.api.details import Fault, refused
from meterward.api.door import ApiDoor
from meterward.api.operations import api
from meterward.api.service import reply
from meterward.core.access import Action
from meterward.wiring.gating import NEEDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI

_DOOR = ApiDoor()
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def gated(served: NinjaAPI) -> list[URLPattern]:
    """The addresses of an API with what each of their methods needs. One that does not say so is not served at all.

    Those that begin with a ledger come last: “kinds/files” is a kind, and no files of a ledger.
    """
    operations = served.default_router.path_operations
    patterns = [one for one in served.urls[0] if isinstance(one, URLPattern)]
    by_route = {f"/{one.pattern}".replace("<", "{").replace(">", "}"): one for one in patterns}
    for route, found in operations.items():
        said = {method: getattr(one.view_func, NEEDS, None) for one in found.operations for method in one.methods}
        _let_in(by_route[route], said)
    return [by_route[route] for route in sorted(operations, key=lambda route: route.startswith("/{"))]


def describe(_request: HttpRequest) -> HttpResponse:
    """What the API says of itself, to everybody alike."""
    return reply(description())


def nothing(_request: HttpRequest, **_named: str) -> HttpResponse:
    """What is not there, for everybody alike."""
    return refused(Fault.NOT_FOUND, "There is nothing here.")


def _let_in(pattern: URLPattern, said: Mapping[str, Any]) -> URLPattern:
    if not said or not all(isinstance(action, Action) for action in said.values()):
        raise ImproperlyConfigured(f"an operation at “{pattern.pattern}” does not say what it needs")
    view: Any = pattern.callback
    view.needs, view.door, view.csrf_exempt = said, _DOOR, True
    return pattern


urlpatterns = [
    _let_in(path("openapi.json", describe, name="api-description"), dict.fromkeys(("GET", "HEAD"), Action.SIGN_IN)),
    *gated(api),
    _let_in(re_path(r"[\s\S]*", nothing, name="api-nothing"), dict.fromkeys(_METHODS, Action.SIGN_IN)),
]
