"""The one gate: no view runs unless it says what it needs and `core.access.may` allows it to whoever asks.

What a view needs stands beside it (`@needs(Action.READ)`); what it is about stands in its address: a ledger, a kind, a
draft. A view that says nothing is never reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponseRedirect
from django.utils.http import urlencode

from meterward.core.access import Action, Caller, Subject, may
from meterward.core.records.kinds import all_kinds
from meterward.web.callers import caller_in
from meterward.web.carrying import ask_to_sign_in
from meterward.web.refusing import refuse
from meterward.wiring.installed import Installation, installation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["Gate", "caller_in", "caller_of", "needs", "subject_of"]

V = TypeVar("V", bound="Callable[..., Any]")
NEEDS = "needs"
"""The attribute of a view that says what it needs."""


def needs(action: Action) -> Callable[[V], V]:
    """Say what a view needs."""

    def say(view: V) -> V:
        setattr(view, NEEDS, action)
        return view

    return say


class Gate:
    """The middleware that asks before every view."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; `process_view` decides."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _: tuple[object, ...], named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let a request through to its view (None), or answer it here."""
        action = getattr(view, NEEDS, None)
        if not isinstance(action, Action):
            raise ImproperlyConfigured(f"{view.__module__} does not say what it needs")
        store = installation()
        caller = caller_of(store, request, named.get("ledger", ""))
        request.caller = caller  # type: ignore[attr-defined] # views read it with `caller_in`
        decision = may(caller, action, subject_of(store, caller, action, named))
        if decision.allowed:
            return None
        if caller is None:
            return ask_to_sign_in(request) or HttpResponseRedirect(
                f"/sign-in?{urlencode({'next': request.get_full_path()})}"
            )
        return refuse(request, decision)


def caller_of(store: Installation, request: HttpRequest, ledger: str) -> Caller | None:
    """Who asks, with the roles that the records of a ledger give."""
    if not request.user.is_authenticated:
        return None
    person = store.people.get(request.user.get_username())
    if person is None:
        return None
    return Caller(person.pseudonym, person.organisation, store.roles(ledger, person) if ledger else frozenset())


def subject_of(store: Installation, caller: Caller | None, action: Action, named: Mapping[str, Any]) -> Subject:
    """What a request is about, by its address. What a person would own is theirs until it is somebody else's."""
    owner = (caller.person, caller.organisation) if caller and action in _OWNED else None
    if draft := store.drafts.get(str(named["draft"])) if "draft" in named else None:
        owner = (draft.owner.pseudonym, draft.owner.organisation)
    return Subject(named.get("ledger", ""), all_kinds().get(named.get("kind", "")), owner)


_OWNED = (Action.DRAFT, Action.KEEP_TOKENS)
