"""The page of somebody's passkeys: what is listed, who is offered what, and what is not introduced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meterward.adapters.passkeys import as_text
from meterward.core.records.keeper import Keeper
from meterward.usecases.ports import PersonKept
from meterward.wiring.appending import append
from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER
from meterward.wiring.installed import installation
from meterward.wiring.ways_in.proofs import FRESH
from tests.builders.desks import STRANGER, browser_of, note_shown
from tests.builders.factors import add_passkey
from tests.builders.parties import entered, line, open_for
from tests.builders.passkeys import Passkey
from tests.builders.workplace import Page, Seat, words
from tests.web.keyholders import (
    HIDDEN,
    MINE,
    PAGE,
    SIGNS,
    asked_in,
    introduced,
    later,
    made,
    post,
    shown,
    spans,
    truly,
)
from tests.web.writers import Writer, size, words_of

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

pytestmark = pytest.mark.usefixtures("example_store")


def test_a_passkey_is_made_shown_replaced_and_ended() -> None:
    writer = introduced()
    (mine,) = spans()
    assert mine.key == MINE.public
    page = shown(writer)
    assert mine.key.id[:16] in page
    assert asked_in(page)["excludeCredentials"] == [{"type": "public-key", "id": as_text(MINE.credential)}]
    new = Passkey("new", MINE.origin)
    assert post(writer, made(writer, new)).status_code == 302
    assert [one.key for one in spans()] == [new.public]
    assert post(writer, {"key": spans()[0].key.id}, f"{SIGNS}/end").status_code == 302
    assert spans() == []
    assert "You have none yet" in shown(writer)


def test_one_page_has_those_that_sign_in_and_those_that_sign_records() -> None:
    introduced()
    seat = Seat()
    add_passkey(seat, "work laptop")
    page = seat.at(PAGE)
    rows = page.texts("li")
    assert any(row.startswith("work laptop Signs you in Added") for row in rows)
    assert any("Signs records of northlight Since" in row for row in rows)
    ways = seat.at("/ways")
    assert "1 of yours does so." in words(ways.one("main"))
    assert ways.links()["Your passkeys"].startswith(PAGE)


@pytest.mark.parametrize(
    ("sign_in", "ledger", "role"),
    [
        ("auditor", "auditor-a", "lead_auditor"),
        ("authority", "authority", "authority_officer"),
        ("department", "department", "secretary_of_state_officer"),
    ],
)
def test_auditors_and_officers_sign_in_the_ledger_of_their_own_organisation(
    sign_in: str, ledger: str, role: str
) -> None:
    writer = Writer(sign_in, ledger=ledger)
    page = Page(writer.client.get(PAGE))
    assert page.texts("h3") == ["To sign in", f"To sign records of {ledger}"]
    assert post(writer, made(writer, acting=role))["Location"] == f"{PAGE}?done=made"
    (row,) = Page(writer.client.get(PAGE)).texts("li")
    assert f"Signs records of {ledger} Since" in row
    key = dict(HIDDEN.findall(shown(writer)))["key"]
    assert post(writer, {"key": key}, f"{SIGNS}/end").status_code == 302
    assert not list(Page(writer.client.get(PAGE)).all("li"))


def test_an_auditor_who_comes_from_a_licensees_ledger_can_sign_there_too() -> None:
    writer = Writer("auditor")
    headings = ["To sign in", "To sign records of auditor-a", "To sign records of northlight"]
    assert Page(writer.client.get(PAGE, {"ledger": LEDGER})).texts("h3") == headings
    assert Page(writer.client.get(PAGE, {"ledger": "nobody"})).texts("h3") == headings[:2]


def test_whoever_says_nothing_weighty_is_offered_none_that_signs() -> None:
    facts: dict[str, Json] = {"person": "p-98", "role": "reader"}
    entered(append(LEDGER, [line("role.appointed", Keeper.LICENSEE, LEDGER, facts, subject="appointment/reader")]))
    reader = PersonKept("reader", "p-98", LEDGER)
    installation().people.keep(reader, EXAMPLE_PASSWORD)
    for name in (reader.sign_in, STRANGER.sign_in):
        assert Page(browser_of(name).get(PAGE)).texts("h3") == ["To sign in"]


def test_one_that_signs_is_made_by_somebody_who_just_showed_who_they_are() -> None:
    writer, before = Writer(), size()
    said = made(writer)
    person = str(get_user_model().objects.get(sign_in="security").pk)
    note_shown(writer.client, person, "mfa", FRESH)
    found = post(writer, {**said, "page": "passkeys"})
    assert found["Location"] == "/ways/confirm?next=%2Fways%2Fpasskeys"
    assert size() == before
    page = Page(writer.client.get(PAGE))
    assert page.links()["Add a passkey"] == "/ways/confirm?next=%2Fways%2Fpasskeys"
    assert not list(page.all("h3"))


def answer(passkey: Passkey, **response: bytes | str) -> str:
    """What a browser answers to a page on which somebody signs in, or adds what they sign in with."""
    identity = as_text(passkey.credential)
    said = {name: as_text(part) if isinstance(part, bytes) else part for name, part in response.items()}
    return json.dumps({"id": identity, "rawId": identity, "type": "public-key", "response": said})


def test_one_that_signs_records_lets_nobody_in_and_one_that_lets_in_does() -> None:
    client, other = introduced().client, Passkey("other", MINE.origin)
    asked = client.get("/ways/passkeys/new").json()["publicKey"]
    data, attestation = other.registration(asked["challenge"])
    added = answer(other, clientDataJSON=data, attestationObject=attestation)
    assert client.post("/ways/passkeys/new", {"name": "laptop", "credential": added}).status_code == 200
    for passkey, lets_in in ((MINE, False), (other, True)):
        alone = Seat("")
        made = truly(alone.client.get("/sign-in/passkey").json()["publicKey"]["challenge"], passkey)
        shows = {"authenticatorData": made.authenticator_data, "signature": made.signature}
        shown_there = answer(passkey, clientDataJSON=made.client_data, userHandle=asked["user"]["id"], **shows)
        assert alone.post("/sign-in/passkey", credential=shown_there).status == (302 if lets_in else 401)
        assert alone.at("/ways").status == (200 if lets_in else 302)


def test_queries_do_not_grow_with_the_ledgers_that_let_somebody_in() -> None:
    client = browser_of("authority")
    (first, *more) = (f"supplier-{number}" for number in range(7))

    def let_in(name: str) -> None:
        open_for(name)
        facts = {"person": "p-31", "organisation": "authority", "role": "authority_officer"}
        entered(append(name, [line("access.granted", Keeper.LICENSEE, name, facts, subject="access/1")]))

    def count() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    let_in(first)
    before = count()
    for name in more:
        let_in(name)
    assert count() == before


def test_the_browser_is_asked_for_what_signs_and_nothing_more() -> None:
    asked = asked_in(shown(Writer()))
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
    assert post(Writer("board"), {"key": spans()[0].key.id}, f"{SIGNS}/end").status_code == 422
    assert len(spans()) == 1


def test_where_no_passkey_works_the_page_says_so() -> None:
    page = Writer().client.get(PAGE, headers={"host": "127.0.0.1:8000"})
    assert "This page is at http://127.0.0.1:8000." in words_of(page)
    assert "data-passkey" not in page.content.decode()


def test_the_form_for_a_key_leads_to_the_page() -> None:
    assert Writer().get("/append/key.introduced")["Location"] == f"{PAGE}?ledger={LEDGER}"
