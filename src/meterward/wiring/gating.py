"""The one gate: whoever asks for whatever, page or operation of the API, is let through here or nowhere.

What a view needs stands beside it (`@needs(Action.READ)`); what it is about stands in its address: a ledger, a kind, a
draft. A view that says nothing is never reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from meterward.core.access import HIDDEN, OWNED, Action, Caller, Decision, Scope, Subject, may
from meterward.core.records.holding import GRANTING
from meterward.core.records.keeper import EVERY_KEEPER, Keeper
from meterward.core.records.kinds import all_kinds
from meterward.usecases.find_parties import parties_of_named
from meterward.usecases.ports import PersonKept
from meterward.wiring.ways_in.proofs import is_strong

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.http import HttpRequest

    from meterward.usecases.ports import Head
    from meterward.wiring.installed import Installation

V = TypeVar("V", bound="Callable[..., Any]")
NEEDS = "needs"
"""The attribute of a view that says what it needs: an action, or one for each method."""
KEPT_BY = "kept_by"
"""The attribute of a view that says in whose ledgers it is there."""


class Who(NamedTuple):
    """Somebody who showed who they are, and what the way in which they did is good for."""

    person: PersonKept
    scopes: frozenset[Scope] = frozenset(Scope)
    visitor: bool = False
    strong: bool = False
    """Whether they showed a second factor."""
    vouched: bool = False
    """Whether it is a token that they made when they had."""


VISITOR = Who(PersonKept("", "visitor", ""), frozenset((Scope.READ,)), visitor=True)
"""Whoever looks at a bundle that was opened."""


def who_signed_in(store: Installation, request: HttpRequest) -> Who | None:
    """Who asks, by the session of a browser; None if nobody is signed in, or may be no longer.

    In a bundle that was opened nobody signs in, and everybody is a visitor.
    """
    if settings.OPENED:
        return VISITOR
    person = store.people.get(request.user.get_username()) if request.user.is_authenticated else None
    return Who(person, strong=is_strong(request)) if person else None


def needs(action: Action, kept_by: tuple[Keeper, ...] = (Keeper.LICENSEE,)) -> Callable[[V], V]:
    """Say what a view needs, and in whose ledgers it is there."""

    def say(view: V) -> V:
        setattr(view, NEEDS, action)
        setattr(view, KEPT_BY, kept_by)
        return view

    return say


def needed(view: Callable[..., Any], method: str) -> Action | None:
    """What a view needs for a method; None for a method that it says it does not have.

    Raises `ImproperlyConfigured` for a view that does not say what it needs: it is never reached.
    """
    said = getattr(view, NEEDS, None)
    action = said.get(method) if isinstance(said, Mapping) else said
    if isinstance(action, Action):
        return action
    if isinstance(said, Mapping) and said and method not in said:
        return None
    raise ImproperlyConfigured(f"{getattr(view, '__module__', view)} does not say what it needs")


def decide(
    store: Installation,
    who: Who | None,
    action: Action,
    named: Mapping[str, Any],
    kept_by: tuple[Keeper, ...] = EVERY_KEEPER,
) -> tuple[Caller | None, Decision]:
    """Whether whoever asks may take an action on what an address names, and as whom."""
    head = store.ledgers.head(str(named["ledger"])) if who and "ledger" in named else None
    caller = caller_of(store, who, head) if who else None
    decision = may(caller, action, _subject(store, caller, action, named))
    elsewhere = decision.allowed and caller is not None and "ledger" in named and caller.keeper not in kept_by
    return caller, HIDDEN if elsewhere else decision


def caller_of(store: Installation, who: Who, head: Head | None) -> Caller:
    """Who asks, with the roles that the records of a ledger give, if one is in question and there is such a one."""
    person = who.person
    held = store.held_in(head, person) if head and not who.visitor else ()
    roles = frozenset(one.role for one in held)
    keeper = head.sort if head else Keeper.LICENSEE
    home = head is not None and head.keeper == person.organisation
    shown = {"strong": who.strong, "vouched": who.vouched, "home": home}
    return Caller(person.pseudonym, person.organisation, roles, who.scopes, who.visitor, keeper, held=held, **shown)


def callers_of(store: Installation, who: Who, heads: Collection[Head]) -> list[tuple[Head, Caller]]:
    """The same in each of many ledgers, of which those that grew are read together."""
    store.read_few(heads, GRANTING)
    return [(head, caller_of(store, who, head)) for head in heads]


def caller_in(request: HttpRequest) -> Caller:
    """Who asks, in a view that nobody reaches without showing who they are."""
    caller = getattr(request, "caller", None)
    if not isinstance(caller, Caller):
        raise ImproperlyConfigured("this view is reached by anybody")
    return caller


def person_in(request: HttpRequest) -> PersonKept:
    """Who asks, as those are kept who can sign in."""
    return who_in(request).person


def who_in(request: HttpRequest) -> Who:
    """Who asks, and how they came in."""
    who = getattr(request, "who", None)
    if not isinstance(who, Who):
        raise ImproperlyConfigured("this view is reached by anybody")
    return who


def _subject(store: Installation, caller: Caller | None, action: Action, named: Mapping[str, Any]) -> Subject:
    """What a request is about, by its address. What a person would own is theirs until it is somebody else's."""
    owner = (caller.person, caller.organisation) if caller and action in OWNED else None
    if draft := store.drafts.get(str(named["draft"])) if "draft" in named else None:
        owner = (draft.owner.pseudonym, draft.owner.organisation)
    kind = all_kinds().get(str(named.get("kind", ""))) if action is not Action.LEARN else None
    subject = Subject(str(named.get("ledger", "")), kind, owner)
    if action is Action.READ_RECORD and caller and caller.roles and not may(caller, Action.READ, subject).allowed:
        # Only of somebody who does not read everything is it asked what reached their organisation.
        return replace(subject, parties=parties_of_named(store.ledgers, subject.ledger, named, caller.organisation))
    return subject
