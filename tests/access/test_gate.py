"""The gate fails closed: what does not say what it needs is never reached, whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from ninja import NinjaAPI

from meterward.api.urls import gated
from meterward.api.urls import urlpatterns as of_api
from meterward.core.access import Action
from meterward.web.gate import Gate
from meterward.web.urls import urlpatterns as of_web
from meterward.wiring.gating import caller_in, needed, needs, person_in
from meterward.wiring.setting_up import name_of_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("let through")


def gate() -> Gate:
    return Gate(page)


@pytest.mark.parametrize("said", [None, "read", {}, {"GET": None}, {"GET": "read"}])
def test_a_view_that_does_not_say_what_it_needs_is_never_reached(said: Any) -> None:  # noqa: ANN401 - anything but an action
    def view(request: HttpRequest) -> HttpResponse:
        return page(request)

    view.needs = said  # type: ignore[attr-defined] # as a careless hand might write it
    with pytest.raises(ImproperlyConfigured):
        gate().process_view(RequestFactory().get("/"), view, (), {})


def test_a_view_that_says_what_it_needs_is_reached_by_those_who_have_it() -> None:
    view = needs(Action.SIGN_IN)(page)
    request = RequestFactory().get("/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    assert gate().process_view(request, view, (), {}) is None


def test_an_operation_of_the_api_that_does_not_say_what_it_needs_is_not_served() -> None:
    careless = NinjaAPI(urls_namespace="careless", docs_url=None, openapi_url=None)

    @careless.get("/secrets")
    def secrets(request: HttpRequest) -> str:
        return str(request)

    with pytest.raises(ImproperlyConfigured, match="secrets"):
        gated(careless)


def test_an_operation_that_says_what_it_needs_is_served_with_it() -> None:
    careful = NinjaAPI(urls_namespace="careful", docs_url=None, openapi_url=None)

    @careful.get("/{slug:ledger}/open")
    @needs(Action.READ)
    def opened(request: HttpRequest, ledger: str) -> str:
        return f"{request}{ledger}"

    (pattern,) = gated(careful)
    assert needed(pattern.callback, "GET") is Action.READ
    assert needed(pattern.callback, "POST") is None


def test_a_view_that_anybody_reaches_knows_nobody() -> None:
    request = RequestFactory().get("/")
    for ask in (caller_in, person_in):
        with pytest.raises(ImproperlyConfigured):
            ask(request)


def test_no_ledger_takes_an_address_that_is_taken() -> None:
    listed: tuple[Sequence[Any], ...] = (of_web, of_api)
    for patterns in listed:
        firsts = {str(one.pattern).partition("/")[0] for one in patterns}
        taken = {first for first in firsts if first and not first.startswith("<") and "." not in first}
        assert taken
        for name in taken:
            assert name_of_ledger(name), name
