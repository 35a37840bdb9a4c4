"""A session that ends while somebody writes: what was written is carried through the sign-in, to its author alone."""

from __future__ import annotations

from html import unescape

import pytest

from meterward.web.carrying import OF_A_PREVIEW
from meterward.wiring.example_store import EXAMPLE_PASSWORD
from meterward.wiring.installed import installation
from tests.builders.desks import browser_of
from tests.web.writers import KIND, Writer, incident

pytestmark = pytest.mark.usefixtures("example_store")


def test_a_session_that_ended_while_one_wrote_loses_nothing() -> None:
    writer = Writer()
    writer.client.logout()
    asked = writer.send(KIND, "preview", incident())
    said = asked.content.decode()
    assert asked.status_code == 401
    assert "What you wrote is not lost" in said
    assert installation().drafts.get(writer.draft) is None
    kept = _kept(said)
    wrong = writer.client.post("/sign-in", {"name": "security", "password": "no", "kept": kept, "next": "/"})
    assert _kept(wrong.content.decode()) == kept
    back = writer.client.post("/sign-in", {"name": "security", "password": EXAMPLE_PASSWORD, "kept": kept, "next": "/"})
    assert back["Location"] == f"{writer.place(KIND)}?resumed=1"
    assert "wrong tariff" in writer.client.get(back["Location"]).content.decode()


@pytest.mark.parametrize("do", OF_A_PREVIEW)
def test_a_session_that_ended_at_the_preview_leaves_the_draft_as_it_is(do: str) -> None:
    writer = Writer()
    writer.send(KIND, "save", incident())
    before = installation().drafts.get(writer.draft)
    writer.client.logout()
    asked = writer.client.post(writer.place(KIND), {"do": do, "seen": "x"})
    kept = _kept(asked.content.decode()) if asked.status_code == 401 else ""
    sent = {"name": "security", "password": EXAMPLE_PASSWORD, "kept": kept, "next": writer.place(KIND)}
    back = writer.client.post("/sign-in", sent)["Location"]
    assert "wrong tariff" in writer.client.get(back).content.decode()
    after = installation().drafts.get(writer.draft)
    assert before is not None
    assert after is not None
    assert after.content == before.content


def test_what_was_carried_becomes_nobody_elses_draft() -> None:
    writer = Writer()
    writer.send(KIND, "save", incident())
    writer.client.logout()
    kept = _kept(writer.send(KIND, "save", incident(**{"facts.severity": "high"})).content.decode())
    sent = {"name": "monitoring", "password": EXAMPLE_PASSWORD, "kept": kept, "next": "/"}
    assert writer.client.post("/sign-in", sent)["Location"] == "/"
    draft = installation().drafts.get(writer.draft)
    assert draft is not None
    assert (draft.owner.sign_in, draft.content["typed"]["facts"]["severity"]) == ("security", "low")  # type: ignore[index, call-overload] # as it was typed


def test_what_was_carried_becomes_no_draft_of_another_kind_nor_of_what_was_appended() -> None:
    writer = Writer()
    writer.send(KIND, "save", incident())
    writer.client.logout()
    other = writer.client.post(writer.place("policy.reviewed"), {"facts.outcome": "x", "acting": "security_manager"})
    same = writer.send(KIND, "save", incident(**{"facts.severity": "high"}))
    again = Writer(draft=writer.draft)
    sent = {"name": "security", "password": EXAMPLE_PASSWORD, "next": "/"}
    assert writer.client.post("/sign-in", {**sent, "kept": _kept(other.content.decode())})["Location"] == "/"
    draft = installation().drafts.get(writer.draft)
    assert draft is not None
    assert (draft.kind, draft.content["typed"]["facts"]["severity"]) == (KIND, "low")  # type: ignore[index, call-overload] # as it was typed
    assert again.send(KIND, "append", incident()).status_code == 302
    assert writer.client.post("/sign-in", {**sent, "kept": _kept(same.content.decode())})["Location"] == "/"
    assert installation().drafts.get(writer.draft) is None


@pytest.mark.parametrize(
    "kept", ["no json", "[]", "{}", '{"path": "/", "pairs": []}', '{"path": 1, "pairs": [["a"]]}', "[" * 100_000]
)
def test_what_nobody_carried_is_left_out(kept: str) -> None:
    sent = {"name": "security", "password": EXAMPLE_PASSWORD, "kept": kept, "next": "/"}
    assert Writer("").client.post("/sign-in", sent)["Location"] == "/"


def test_a_page_that_was_open_while_somebody_signed_in_anew_offers_what_was_written() -> None:
    writer = Writer()
    writer.client = browser_of("security", enforce_csrf_checks=True)
    sent = writer.send(KIND, "append", incident())
    said = sent.content.decode()
    assert sent.status_code == 403
    assert "wrong tariff" in said
    assert installation().drafts.get(writer.draft) is None


def _kept(page: str) -> str:
    return unescape(page.partition('name="kept">')[2].partition("</textarea>")[0]).lstrip("\n")
