"""Somebody makes a passkey for signing, signs a weighty act with it, and nothing else passes for that."""

from __future__ import annotations

import json
import re
import time
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from meterward.adapters.passkeys import as_text
from meterward.core.records.keyring import TELLING, Keyring
from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.passkeys import Passkey
from tests.web.writers import Writer, size, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.ledger.assertion import Assertion
    from meterward.core.records.keyring import KeySpan

pytestmark = pytest.mark.usefixtures("example_store")
PAGE = "/passkey"
KIND = "management.considered"
MINE = Passkey("mine", "http://localhost")
_HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


def asked_in(page: str) -> dict[str, Any]:
    """What a page has its script ask the browser."""
    found = re.search(r'data-options="([^"]+)"', page)
    assert found, page
    asked: dict[str, Any] = json.loads(unescape(found[1]))
    return asked


def mark_in(page: str) -> str:
    """The mark by which a page knows again what it asked."""
    return str(dict(_HIDDEN.findall(page))["mark"])


def made(writer: Writer, passkey: Passkey = MINE, **amiss: Any) -> dict[str, str]:  # noqa: ANN401 - whatever may be amiss
    """What a browser sends that made a passkey."""
    page = writer.get(PAGE).content.decode()
    challenge = amiss.pop("answers", asked_in(page)["challenge"])
    data, attestation = passkey.registration(challenge, **amiss)
    parts = {"client_data": data, "attestation": attestation, "credential": passkey.credential}
    return {
        "mark": mark_in(page),
        "acting": "security_manager",
        **{name: as_text(part) for name, part in parts.items()},
    }


def post(writer: Writer, said: dict[str, str], path: str = PAGE) -> Any:  # noqa: ANN401 - as Django answers its test client
    """Send a form of the page."""
    return writer.client.post(f"/{LEDGER}{path}", said)


def introduced(sign_in: str = "security") -> Writer:
    """Somebody with a passkey."""
    writer = Writer(sign_in)
    assert post(writer, made(writer))["Location"] == f"/{LEDGER}{PAGE}?done=made"
    return writer


def spans(person: str = "p-01") -> list[KeySpan]:
    """The passkeys of somebody that count."""
    head = installation().ledgers.head(LEDGER)
    assert head
    return Keyring(LEDGER).take(installation().records_of(head, TELLING)).counting(LEDGER, head.size, person)


def considered(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a form may hold
    """What somebody types who tells that senior management considered the policy in force."""
    policy = next(name for name, _ in reversed(list(_subjects())) if name.startswith("policy/"))
    said = {
        "statement.subject": policy,
        "statement.occurred": today().isoformat(),
        "statement.licences": ["electricity", "gas"],
        "facts.members.0": "p-04",
        "facts.whole": "true",
        "acting": "security_manager",
    }
    return {**said, **more}


def _subjects() -> list[tuple[str, int]]:
    from meterward.wiring.looking import ties_of  # noqa: PLC0415 - rows can be loaded only within a store

    ties: Any = ties_of(LEDGER)
    found: list[tuple[str, int]] = ties.subjects()
    return found


def previewed(writer: Writer, typed: dict[str, Any] | None = None) -> str:
    """The confirming step of what was typed."""
    sent = writer.send(KIND, "preview", typed or considered())
    page: str = writer.client.get(sent["Location"]).content.decode()
    return page


def signed(page: str, make: Callable[[str], Assertion]) -> dict[str, str]:
    """What a browser sends that signed what a page asked it to."""
    assertion = make(asked_in(page)["challenge"])
    parts = {name: as_text(part) for name, part in assertion._asdict().items()}
    return {"do": "append-signed", "mark": mark_in(page), **parts}


def truly(challenge: str, passkey: Passkey = MINE, **said: Any) -> Assertion:  # noqa: ANN401 - whatever may be amiss
    """What the device makes of a challenge."""
    return passkey.assertion(b"", **{"challenge": challenge, **said})


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """More time passes than a page waits for."""
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 601)


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


def test_a_weighty_act_is_appended_with_both_signatures_and_says_so() -> None:
    writer = introduced()
    before, page = size(), previewed(writer)
    said = signed(page, truly)
    done = writer.client.post(writer.place(KIND), said)
    assert done["Location"] == f"/{LEDGER}/records/{before + 1}?appended=1"
    line = installation().ledgers.line(LEDGER, before)
    assert line
    signatures: Any = line["signatures"]
    assert set(signatures) == {MINE.public.id, installation().keys.first(LEDGER).public.id}
    assert "By p-01, its author, with a passkey of their own; and by northlight" in words_of(
        writer.client.get(done["Location"])
    )
    again = writer.client.post(writer.place(KIND), said)
    assert (again["Location"], size()) == (done["Location"], before + 1)


def test_it_is_appended_without_too_and_says_that() -> None:
    writer = introduced()
    before, page = size(), previewed(writer)
    assert "Append without your signature" in page
    seen = dict(_HIDDEN.findall(page))["seen"]
    done = writer.client.post(writer.place(KIND), {"do": "append-seen", "seen": seen})
    assert size() == before + 1
    assert "By northlight, its author's organisation." in words_of(writer.client.get(done["Location"]))


def test_whoever_has_a_passkey_confirms_before_it_is_appended() -> None:
    writer, before = introduced(), size()
    assert writer.send(KIND, "append", considered())["Location"].endswith("/preview")
    assert size() == before


def test_whoever_has_none_is_told_what_the_record_will_say() -> None:
    page = previewed(Writer())
    assert "nobody signed it in person" in page
    assert "data-passkey" not in page


def test_what_changed_after_it_was_signed_is_not_appended() -> None:
    writer = introduced()
    before, said = size(), signed(previewed(writer), truly)
    writer.send(KIND, "save", considered(**{"text.minute": "Something else was concluded."}))
    done = writer.client.post(writer.place(KIND), said)
    assert done["Location"].endswith("/preview?changed=1")
    assert size() == before


def test_what_was_signed_long_ago_is_looked_at_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = introduced()
    before, said = size(), signed(previewed(writer), truly)
    later(monkeypatch)
    done = writer.client.post(writer.place(KIND), said)
    assert done["Location"].endswith("/preview?late=1")
    assert "too long ago" in words_of(writer.client.get(done["Location"]))
    assert size() == before


def test_what_was_signed_for_one_record_signs_no_other() -> None:
    writer = introduced()
    first = signed(previewed(writer), truly)
    other = Writer()
    before, page = size(), previewed(other, considered(**{"text.minute": "Another minute."}))
    found = other.client.post(other.place(KIND), {**first, "mark": mark_in(page)})
    assert (found.status_code, size()) == (422, before)
    assert "What was signed is not this record" in words_of(found)


@pytest.mark.parametrize(
    "make",
    [
        lambda asked: truly(asked, Passkey("of somebody else", MINE.origin)),
        lambda asked: truly(asked, origin="https://elsewhere.example"),
        lambda asked: truly(asked, crossOrigin=True),
        lambda asked: truly(asked, flags=0x01),
        lambda asked: truly(asked)._replace(signature=b"\0"),
        lambda asked: truly(asked)._replace(client_data=b"\0" * 12_000),
    ],
    ids=["another key", "another address", "within another page", "nobody made sure", "no signature", "far too long"],
)
def test_what_the_passkey_did_not_sign_is_not_appended(make: Callable[[str], Assertion]) -> None:
    writer = introduced()
    before, page = size(), previewed(writer)
    found = writer.client.post(writer.place(KIND), signed(page, make))
    assert (found.status_code, size()) == (422, before)


def test_a_passkey_that_was_ended_signs_no_more() -> None:
    writer = introduced()
    before, said = size(), signed(previewed(writer), truly)
    post(writer, {"key": spans()[0].key.id}, f"{PAGE}/end")
    assert writer.client.post(writer.place(KIND), said).status_code == 422
    assert size() == before + 1


def test_where_no_passkey_works_the_page_says_so() -> None:
    writer = Writer()
    page = writer.client.get(f"/{LEDGER}{PAGE}", headers={"host": "127.0.0.1:8000"})
    assert "This page is at http://127.0.0.1:8000." in words_of(page)
    assert "data-passkey" not in page.content.decode()


def test_the_form_for_a_key_leads_to_the_page() -> None:
    assert Writer().get("/append/key.introduced")["Location"] == f"/{LEDGER}{PAGE}"
