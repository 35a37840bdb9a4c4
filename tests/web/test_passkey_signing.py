"""Somebody signs a weighty act with a passkey, or does not; and nothing else passes for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.passkeys import Passkey
from tests.web.keyholders import (
    HIDDEN,
    KIND,
    MINE,
    SIGNS,
    considered,
    introduced,
    later,
    mark_in,
    post,
    previewed,
    signed,
    spans,
    truly,
)
from tests.web.writers import Writer, size, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.ledger.assertion import Assertion

pytestmark = pytest.mark.usefixtures("example_store")


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
    seen = dict(HIDDEN.findall(page))["seen"]
    done = writer.client.post(writer.place(KIND), {"do": "append-seen", "seen": seen})
    assert size() == before + 1
    said = words_of(writer.client.get(done["Location"]))
    assert "By northlight, its author's organisation. Its author did not sign it in person." in said


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
    post(writer, {"key": spans()[0].key.id}, f"{SIGNS}/end")
    assert writer.client.post(writer.place(KIND), said).status_code == 422
    assert size() == before + 1
