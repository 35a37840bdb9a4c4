"""People, tokens, drafts, saved views, uploads and computed answers are kept alike in every store."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import transaction

from meterward.usecases.ports import DraftKept, PersonKept, TokenKept, UploadKept, ViewKept
from tests.builders.kept import LEDGER

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from tests.builders.stores import Store

SOMEBODY = PersonKept("Security", "p-01", "northlight")
ELSE = PersonKept("auditor", "p-21", "auditor-a")
DIGEST = "ab" * 32
NUL = "a\x00b"


@pytest.fixture
def peopled(store: Store) -> Store:
    """A store with a ledger and two people."""
    store.ledgers.open(LEDGER)
    for one in (SOMEBODY, ELSE):
        store.people.keep(one, "a long enough password")
    return store


def draft(number: int, owner: PersonKept = SOMEBODY, content: dict[str, Json] | None = None) -> DraftKept:
    """A draft of an incident."""
    return DraftKept(str(UUID(int=number)), LEDGER, owner, "incident.recorded", content or {"n": number})


def test_people_are_found_by_sign_in_whatever_its_case(peopled: Store) -> None:
    assert peopled.people.get("sECURITY") == SOMEBODY
    assert peopled.people.get("nobody") is None
    assert peopled.people.get(NUL) is None
    assert sorted(peopled.people.all()) == sorted((SOMEBODY, ELSE))


def test_somebody_who_is_kept_again_is_the_same_person(peopled: Store) -> None:
    moved = SOMEBODY._replace(sign_in="SECURITY", organisation="elsewhere")
    peopled.people.keep(moved, "another password")
    assert peopled.people.get("security") == moved
    assert len(peopled.people.all()) == 2


def test_who_was_closed_is_there_and_signs_in_no_more_until_kept_again(peopled: Store) -> None:
    peopled.people.close("SECURITY")
    peopled.people.close("nobody")
    assert peopled.people.get("security") is None
    assert sorted(peopled.people.all()) == sorted((SOMEBODY, ELSE))
    peopled.people.keep(SOMEBODY, "a long enough password")
    assert peopled.people.get("security") == SOMEBODY


def test_a_draft_is_kept_in_place_of_the_one_before(peopled: Store) -> None:
    content: dict[str, Json] = {"facts": {"a": ["1", "2"], "b": {"c": "\x00“é”"}}, "text": {}}
    peopled.drafts.keep(draft(1))
    peopled.drafts.keep(draft(1, content=content))
    found = peopled.drafts.get(draft(1).id)
    assert found
    assert found.changed
    assert (found.content, found.owner, found.ledger, found.kind) == (content, SOMEBODY, LEDGER, "incident.recorded")
    assert len(peopled.drafts.of(SOMEBODY, LEDGER)) == 1


def test_drafts_are_listed_for_their_owner_the_last_changed_first(peopled: Store) -> None:
    for one in (draft(1), draft(2), draft(3, ELSE), draft(1)):
        peopled.drafts.keep(one)
    assert [one.id for one in peopled.drafts.of(SOMEBODY, LEDGER)] == [draft(1).id, draft(2).id]
    assert [one.id for one in peopled.drafts.of(ELSE, LEDGER)] == [draft(3).id]
    assert peopled.drafts.of(SOMEBODY, "elsewhere") == []


@pytest.mark.parametrize("name", ["", "no uuid", NUL, "é" * 500])
def test_a_draft_that_is_not_there_is_none_whatever_it_is_called(peopled: Store, name: str) -> None:
    assert peopled.drafts.get(name) is None
    peopled.drafts.discard(name)


def test_a_draft_can_be_discarded_twice(peopled: Store) -> None:
    peopled.drafts.keep(draft(1))
    for _ in range(2):
        peopled.drafts.discard(draft(1).id)
    assert peopled.drafts.get(draft(1).id) is None


def test_views_are_listed_by_name_for_their_owner_and_their_list(peopled: Store) -> None:
    views = [ViewKept("late", "turns=late"), ViewKept("Är “mine”", "owner=p-07"), ViewKept("all", "")]
    for one in views:
        peopled.views.keep(SOMEBODY, LEDGER, "risks", one)
    peopled.views.keep(ELSE, LEDGER, "risks", ViewKept("theirs", "sort=name"))
    peopled.views.keep(SOMEBODY, LEDGER, "system", ViewKept("late", "zone=a"))
    assert peopled.views.of(SOMEBODY, LEDGER, "risks") == [views[2], views[0], views[1]]
    assert peopled.views.of(ELSE, LEDGER, "risks") == [ViewKept("theirs", "sort=name")]
    assert peopled.views.of(SOMEBODY, "elsewhere", "risks") == []


def test_a_view_takes_the_place_of_the_one_of_its_name_and_of_the_one_that_is_named(peopled: Store) -> None:
    kept = [ViewKept("a", "sort=name"), ViewKept("b", "sort=next"), ViewKept("a", "sort=owner")]
    for one in kept:
        peopled.views.keep(SOMEBODY, LEDGER, "risks", one)
    assert peopled.views.of(SOMEBODY, LEDGER, "risks") == [kept[2], kept[1]]
    peopled.views.keep(SOMEBODY, LEDGER, "risks", ViewKept("c", "sort=owner"), "a")
    assert [one.name for one in peopled.views.of(SOMEBODY, LEDGER, "risks")] == ["b", "c"]
    peopled.views.keep(SOMEBODY, LEDGER, "risks", ViewKept("b", "sort=owner"), "b")
    assert peopled.views.of(SOMEBODY, LEDGER, "risks")[0] == ViewKept("b", "sort=owner")


@pytest.mark.parametrize("name", ["a", "", NUL, "é" * 500])
def test_a_view_is_discarded_by_its_owner_alone_and_twice_if_need_be(peopled: Store, name: str) -> None:
    kept = ViewKept("a", "sort=name")
    peopled.views.keep(SOMEBODY, LEDGER, "risks", kept)
    peopled.views.discard(ELSE, LEDGER, "risks", name)
    peopled.views.discard(SOMEBODY, LEDGER, "system", name)
    assert peopled.views.of(SOMEBODY, LEDGER, "risks") == [kept]
    for _ in range(2):
        peopled.views.discard(SOMEBODY, LEDGER, "risks", name)
    assert peopled.views.of(SOMEBODY, LEDGER, "risks") == ([] if name == "a" else [kept])


def test_an_upload_is_kept_once(peopled: Store) -> None:
    kept = UploadKept(LEDGER, DIGEST, 2**33, "application/pdf")
    peopled.uploads.keep(kept, SOMEBODY)
    peopled.uploads.keep(kept._replace(media_type="text/html"), ELSE)
    assert peopled.uploads.get(LEDGER, DIGEST) == kept
    assert peopled.uploads.get("elsewhere", DIGEST) is None
    assert peopled.uploads.get(NUL, NUL) is None


def test_tokens_are_known_by_their_digest(peopled: Store) -> None:
    tokens = [
        TokenKept(digest, owner, label, ("read", "append"), date(2014, 1, 1))
        for digest, owner, label in (("1" * 64, SOMEBODY, "b"), ("2" * 64, SOMEBODY, "a"), ("3" * 64, ELSE, "c"))
    ]
    for one in tokens:
        peopled.tokens.keep(one)
    assert peopled.tokens.get("1" * 64) == tokens[0]
    assert peopled.tokens.of(SOMEBODY) == [tokens[1], tokens[0]]
    peopled.tokens.revoke("2" * 64)
    assert peopled.tokens.get("2" * 64) is None
    assert peopled.tokens.of(SOMEBODY) == [tokens[0]]
    assert peopled.tokens.get(NUL) is None


def test_what_was_computed_is_found_again(peopled: Store) -> None:
    value: Json = {"licences": [{"a": 1, "b": None, "c": True, "d": "“é”"}]}
    assert peopled.computed.get("k") is None
    peopled.computed.keep(LEDGER, "k", value)
    peopled.computed.keep(LEDGER, "k", {"another": "reckoning"})
    assert peopled.computed.get("k") == value


def test_of_what_was_computed_the_oldest_is_forgotten(peopled: Store) -> None:
    with transaction.atomic() if peopled.environment else nullcontext():
        for number in range(403):
            peopled.computed.keep(LEDGER, str(number), number)
    assert [peopled.computed.get(str(number)) for number in (0, 1, 2, 3, 402)] == [None, None, None, 3, 402]


def test_a_file_is_shared_with_ledgers_whose_records_name_it(peopled: Store) -> None:
    peopled.uploads.keep(UploadKept(LEDGER, DIGEST, 3, "text/plain"), SOMEBODY)
    for name in ("authority", "department"):
        peopled.ledgers.open(name)
    peopled.uploads.share(LEDGER, [DIGEST, "0" * 64], ["authority", "department"])
    peopled.uploads.share(LEDGER, [DIGEST], ["authority"])
    assert peopled.uploads.get("authority", DIGEST) == UploadKept("authority", DIGEST, 3, "text/plain")
    assert peopled.uploads.get("department", "0" * 64) is None
    assert peopled.uploads.waiting("authority") == []
