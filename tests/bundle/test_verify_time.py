"""Step 4 of a verification: by when the first so many entries were there, and whose word that is."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.notes import ED25519, NoteKey
from meterward.core.ledger.stamps import LONGEST
from meterward.core.records.withheld import without_facts
from meterward.usecases.select_records import Chosen
from meterward.usecases.stamp_checkpoint import is_due
from meterward.usecases.verify_time import UNASKED, Trusted, check_time
from tests.builders.authorities import Authority
from tests.builders.signers import ed25519
from tests.builders.stamped import incident, stamp, time_of, verified

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.bundles import Maker


def test_a_token_of_the_log_under_the_name_that_it_had_holds_for_who_trusts_that_name(
    by: Maker, authority: Authority, tokens: dict[str, bytes]
) -> None:
    """With other keys it is another log, of the same entries: the root is what binds them."""
    former = NoteKey("meterward/northlight/00000000", ED25519, ed25519("former").public)
    stamp(by, authority, tokens, former.name)
    bundle, trusted = by.bundle(), Trusted(authority.roots)
    assert time_of(verified(by, bundle, trusted, [former])).outcome is Outcome.PASSED
    stranger = NoteKey("meterward/northlight/11111111", ED25519, ed25519("stranger").public)
    for also in ([], [stranger]):
        found = time_of(verified(by, bundle, trusted, also))
        assert found.outcome is Outcome.FAILED
        assert "It stamps something else." in " ".join(found.items)


def test_no_authority_was_asked(by: Maker, authority: Authority) -> None:
    for time, outcome in (
        (UNASKED, Outcome.NOTHING),
        (Trusted(authority.roots), Outcome.NOTHING),
        (Trusted(authority.roots, required=True), Outcome.NOT_CHECKED),
    ):
        found = verified(by, by.bundle(), time)
        assert time_of(found).outcome is outcome
        assert "No time-stamping authority was asked" in time_of(found).says
        assert found.holds is (outcome is Outcome.NOTHING)


def test_a_token_tells_what_was_there_and_what_was_not_yet(
    by: Maker, authority: Authority, tokens: dict[str, bytes]
) -> None:
    done = stamp(by, authority, tokens)
    found = verified(by, by.bundle(), Trusted(authority.roots))
    assert found.holds, found.steps
    assert time_of(found).outcome is Outcome.PASSED
    assert f"The first {done.place} entries existed by " in time_of(found).says
    assert f" UTC, and entry {done.place + 1} did not yet: Time-co says so." in time_of(found).says


def test_a_token_is_verified_without_a_network(
    by: Maker, authority: Authority, tokens: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp(by, authority, tokens)
    bundle, roots = by.bundle(), authority.roots

    def unplugged(*_: object, **__: object) -> None:
        raise OSError("there is no network")

    monkeypatch.setattr(socket, "socket", unplugged)
    monkeypatch.setattr(socket, "getaddrinfo", unplugged)
    assert time_of(verified(by, bundle, Trusted(roots))).outcome is Outcome.PASSED


def test_a_token_that_nobody_checked_is_no_proof(by: Maker, authority: Authority, tokens: dict[str, bytes]) -> None:
    stamp(by, authority, tokens)
    found = verified(by, by.bundle())
    assert time_of(found).outcome is Outcome.NOTHING
    assert "nobody checked" in time_of(found).says
    required = verified(by, by.bundle(), Trusted(required=True))
    assert time_of(required).outcome is Outcome.NOT_CHECKED
    assert not required.holds


def test_a_selection_has_every_token(by: Maker, authority: Authority, tokens: dict[str, bytes]) -> None:
    stamp(by, authority, tokens)
    found = verified(by, by.bundle(Chosen(subject="element/mdm")), Trusted(authority.roots))
    assert found.holds
    assert time_of(found).outcome is Outcome.PASSED


def test_a_token_by_nobody_who_is_believed_is_named(
    by: Maker, authority: Authority, tokens: dict[str, bytes], tmp_path: Path
) -> None:
    done = stamp(by, authority, tokens)
    found = verified(by, by.bundle(), Trusted(Authority(tmp_path).roots))
    assert time_of(found).outcome is Outcome.FAILED
    assert time_of(found).items[0].startswith(f"entry {done.place + 1}: Nobody who is trusted")
    assert not found.holds


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"root": "0" * 64}, "do not come to the root"),
        ({"size": 10}, "do not come to the root"),
        ({"size": 500}, "more entries than there were"),
        ({"size": 26}, "more entries than there were"),
        ({"instant": "2026-01-01T00:00:00Z"}, "says something else"),
        ({"authority": "somebody"}, "says something else"),
    ],
)
def test_a_record_that_says_anything_but_its_token_is_named(
    by: Maker, authority: Authority, tokens: dict[str, bytes], more: dict[str, Any], told: str
) -> None:
    done = stamp(by, authority, tokens, **more)
    assert done.place == 25
    found = time_of(verified(by, by.bundle(), Trusted(authority.roots)))
    assert found.outcome is Outcome.FAILED
    assert f"entry {done.place + 1}: " in found.items[0]
    assert told in found.items[0]


def test_a_token_that_is_not_here_or_too_large_could_not_be_checked(
    by: Maker, authority: Authority, tokens: dict[str, bytes]
) -> None:
    stamp(by, authority, tokens)
    tokens.clear()
    found = verified(by, by.bundle(), Trusted(authority.roots))
    assert time_of(found).outcome is Outcome.NOT_CHECKED
    assert "is not here" in time_of(found).items[0]
    assert not found.holds


def test_a_token_of_another_entry_is_named(by: Maker, authority: Authority, tokens: dict[str, bytes]) -> None:
    stamp(by, authority, tokens)
    stamp(by, authority, tokens)
    (first, one), (second, other) = tokens.items()
    tokens[first], tokens[second] = other, one
    found = verified(by, by.bundle(), Trusted(authority.roots))
    assert time_of(found).outcome is Outcome.FAILED
    assert len(time_of(found).items) == 2
    tokens[first], tokens[second] = one, other + bytes(LONGEST)
    found = verified(by, by.bundle(), Trusted(authority.roots))
    assert not found.holds
    assert time_of(found).outcome is Outcome.NOT_CHECKED


def test_a_time_stamp_that_is_withheld_could_not_be_checked(
    by: Maker, authority: Authority, tokens: dict[str, bytes]
) -> None:
    done = stamp(by, authority, tokens)
    bundle = by.bundle()
    found = verified(by, bundle)
    assert found.records
    there = found.records.loaded.records
    found.records.loaded.records = [without_facts(one) if one.index == done.place else one for one in there]
    step = check_time(bundle, found.records, found.entries, by.origin, Trusted(authority.roots))
    assert step.outcome is Outcome.NOT_CHECKED
    assert step.items == [f"entry {done.place + 1}: What it says is withheld."]


def test_entries_without_a_token_and_earlier_tokens_are_counted(
    by: Maker, authority: Authority, tokens: dict[str, bytes]
) -> None:
    stamp(by, authority, tokens)
    stamp(by, authority, tokens)
    done = stamp(by, authority, tokens)
    by.append([incident(1)])
    found = time_of(verified(by, by.bundle(), Trusted(authority.roots)))
    assert f"The first {done.place} entries" in found.says
    assert "2 earlier tokens hold as well." in found.says
    assert "1 entry since then has no token." in found.says


def test_a_stamp_is_due_when_more_came_than_the_last_token(
    by: Maker, authority: Authority, tokens: dict[str, bytes]
) -> None:
    def due() -> bool:
        head = by.ledgers.head(by.ledger)
        assert head
        return is_due(by.ledgers, head)

    assert due()
    stamp(by, authority, tokens)
    assert not due()
    by.append([incident(1)])
    assert due()
