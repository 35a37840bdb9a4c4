"""Invitations are kept alike in every database: a person closed until they come, once, by whoever has the secret."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from meterward.storage.repositories.invitations import DatabaseInvitations
from meterward.usecases.ports import InvitationKept, PersonKept

if TYPE_CHECKING:
    from tests.builders.stores import Store

NEW = PersonKept("newcomer", "p-08", "northlight")
DIGEST = "ab" * 32
INVITED = InvitationKept(DIGEST, NEW, "new@northlight.example", "security", datetime(2026, 7, 1, tzinfo=UTC))
INVITATIONS = DatabaseInvitations()


@pytest.fixture(params=["sqlite", "postgresql"])
def peopled(request: pytest.FixtureRequest) -> Store:
    """A store in a database to which somebody is invited."""
    store: Store = request.getfixturevalue(f"{request.param}_store")
    INVITATIONS.keep(INVITED)
    return store


def test_who_is_invited_is_there_and_signs_in_with_nothing(peopled: Store) -> None:
    assert INVITATIONS.get(DIGEST) == INVITED
    assert INVITATIONS.open() == [INVITED]
    assert INVITATIONS.get("cd" * 32) is None
    assert peopled.people.get(NEW.sign_in) is None
    assert NEW in peopled.people.all()


def test_it_is_accepted_once_under_the_name_that_was_chosen(peopled: Store) -> None:
    assert INVITATIONS.accept(DIGEST, "chosen", "a long enough password")
    assert not INVITATIONS.accept(DIGEST, "another", "a long enough password")
    assert peopled.people.get("chosen") == NEW._replace(sign_in="chosen")
    assert INVITATIONS.open() == []
    INVITATIONS.withdraw(DIGEST)
    assert peopled.people.get("chosen") is not None


def test_what_was_withdrawn_is_gone_with_the_person(peopled: Store) -> None:
    INVITATIONS.withdraw(DIGEST)
    assert INVITATIONS.get(DIGEST) is None
    assert peopled.people.all() == []
    assert not INVITATIONS.accept(DIGEST, "chosen", None)


@pytest.mark.parametrize("how", ["added", "closed"])
def test_who_is_let_in_or_closed_meanwhile_comes_by_no_invitation(peopled: Store, how: str) -> None:
    if how == "added":
        peopled.people.keep(NEW, "a long enough password")
    else:
        peopled.people.close(NEW.sign_in)
    assert not INVITATIONS.accept(DIGEST, "chosen", None)
    assert peopled.people.get("chosen") is None
