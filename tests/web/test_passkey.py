"""Somebody makes a passkey for signing, replaces it and ends it; what is none is not introduced."""

from __future__ import annotations

from typing import Any

import pytest

from meterward.adapters.passkeys import as_text
from meterward.wiring.example_store import LEDGER
from tests.builders.passkeys import Passkey
from tests.web.keyholders import (
    MINE,
    PAGE,
    asked_in,
    introduced,
    later,
    made,
    post,
    spans,
)
from tests.web.writers import Writer, size, words_of

pytestmark = pytest.mark.usefixtures("example_store")


def test_a_passkey_is_made_shown_replaced_and_ended() -> None:
    writer = introduced()
    (mine,) = spans()
    assert mine.key == MINE.public
    page = writer.get(PAGE)
    assert mine.key.id[:16] in words_of(page)
    assert asked_in(page.content.decode())["excludeCredentials"] == [
        {"type": "public-key", "id": as_text(MINE.credential)}
    ]
    new = Passkey("new", MINE.origin)
    assert post(writer, made(writer, new)).status_code == 302
    assert [one.key for one in spans()] == [new.public]
    assert post(writer, {"key": spans()[0].key.id}, f"{PAGE}/end").status_code == 302
    assert spans() == []
    assert "You have none in this ledger" in words_of(writer.get(PAGE))


def test_the_browser_is_asked_for_what_signs_and_nothing_more() -> None:
    asked = asked_in(Writer().get(PAGE).content.decode())
    assert asked["rp"]["id"] == "localhost"
    assert asked["pubKeyCredParams"] == [{"type": "public-key", "alg": -7}]
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["attestation"] == "none"


@pytest.mark.parametrize(
    "amiss",
    [
        {"answers": as_text(bytes(32))},
        {"origin": "https://elsewhere.example"},
        {"type": "webauthn.get"},
        {"crossOrigin": True},
        {"flags": 0x01},
    ],
    ids=str,
)
def test_what_was_made_otherwise_is_not_introduced(amiss: dict[str, Any]) -> None:
    writer, before = Writer(), size()
    assert post(writer, made(writer, **amiss)).status_code == 422
    assert size() == before


@pytest.mark.parametrize("part", ["client_data", "attestation", "credential", "mark"])
@pytest.mark.parametrize("value", ["", "AAAA", "%", "A" * 20_000])
def test_what_is_none_is_not_introduced(part: str, value: str) -> None:
    writer, before = Writer(), size()
    found = post(writer, {**made(writer), part: value})
    assert (found.status_code, size()) == (422, before)
    assert "Nothing was changed" in words_of(found)


def test_a_challenge_runs_out_and_is_nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    writer, before = Writer(), size()
    said = made(writer)
    assert "not of you" in words_of(post(Writer("board"), said))
    later(monkeypatch)
    assert "too long ago" in words_of(post(writer, said))
    assert size() == before


def test_the_same_passkey_is_introduced_once() -> None:
    writer = Writer()
    said = made(writer)
    assert post(writer, said).status_code == 302
    before = size()
    assert "introduced already" in words_of(post(writer, said))
    assert size() == before


def test_nobody_ends_what_is_somebody_elses() -> None:
    introduced()
    assert post(Writer("board"), {"key": spans()[0].key.id}, f"{PAGE}/end").status_code == 422
    assert len(spans()) == 1


def test_where_no_passkey_works_the_page_says_so() -> None:
    writer = Writer()
    page = writer.client.get(f"/{LEDGER}{PAGE}", headers={"host": "127.0.0.1:8000"})
    assert "This page is at http://127.0.0.1:8000." in words_of(page)
    assert "data-passkey" not in page.content.decode()


def test_the_form_for_a_key_leads_to_the_page() -> None:
    assert Writer().get("/append/key.introduced")["Location"] == f"/{LEDGER}{PAGE}"
