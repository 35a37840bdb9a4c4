"""From what a duty lacks to its form, through a refusal if need be, and back to the duty."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER
from tests.web.writers import Writer, incident

pytestmark = pytest.mark.usefixtures("example_store")
KIND = "incident.recorded"


def test_the_summary_leads_to_each_field_by_its_question() -> None:
    typed = incident(**{"facts.severity": "", "statement.occurred": "2999-01-01"})
    said = Writer().send(KIND, "append", typed).content.decode()
    summary = said.partition('id="problems"')[2].partition("</div>")[0]
    links = dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary))
    assert links["facts-severity"] == "How grave was it?"
    assert set(links) == {"facts-severity", "statement-occurred"}
    assert all(f'id="{place}"' in said for place in links)


def test_a_form_that_supplies_a_duty_says_so_and_leads_back_to_it() -> None:
    writer, clause = Writer(), f"/{LEDGER}/clauses/Z.9/effect"
    asked = {"supplies": "Z.9/effect"}
    assert f'href="{clause}"' in writer.get(f"/append/{KIND}", **asked).content.decode()
    sent = writer.client.post(f"{writer.place(KIND)}?supplies=Z.9%2Feffect", {**incident(), "do": "preview"})
    assert parse_qs(urlsplit(sent["Location"]).query) == {"supplies": ["Z.9/effect"]}
    preview = writer.client.get(sent["Location"]).content.decode()
    (action,) = re.findall(r'action="([^"]+/append/[^"]+)"', preview)
    landed = writer.client.post(unescape(action), {"do": "append-seen"})
    assert parse_qs(urlsplit(landed["Location"]).query) == {"appended": ["1"], "supplies": ["Z.9/effect"]}
    page = writer.client.get(landed["Location"])
    assert f'href="{clause}">Back to Z.9/effect' in page.content.decode()


def test_a_draft_that_is_opened_again_still_knows_what_it_supplies() -> None:
    writer, clause = Writer(), f"/{LEDGER}/clauses/Z.9/effect"
    writer.client.post(f"{writer.place(KIND)}?supplies=Z.9%2Feffect", {**incident(), "do": "save"})
    assert "for Z.9/effect, last changed" in writer.get("/drafts").content.decode()
    again = writer.client.get(writer.place(KIND)).content.decode()
    assert f'href="{clause}"' in again
    writer.send(KIND, "save", incident())
    landed = writer.send(KIND, "append", incident())
    assert parse_qs(urlsplit(landed["Location"]).query)["supplies"] == ["Z.9/effect"]


def test_it_is_known_after_signing_in_again() -> None:
    writer = Writer()
    address = f"{writer.place(KIND)}?supplies=Z.9%2Feffect"
    writer.client.logout()
    asked = writer.client.post(address, {**incident(), "do": "save"}).content.decode()
    kept = unescape(asked.partition('name="kept">')[2].partition("</textarea>")[0]).lstrip()
    name = {"name": "security", "password": EXAMPLE_PASSWORD, "next": "/", "kept": kept}
    resumed = writer.client.post("/sign-in", name)
    assert "This supplies what" in writer.client.get(resumed["Location"]).content.decode()


def test_a_duty_that_there_is_none_of_is_not_said_to_be_supplied() -> None:
    said = Writer().get(f"/append/{KIND}", supplies="Z.99").content.decode()
    assert "This supplies" not in said
    assert "Z.99" not in said.partition("<main")[2]


def test_what_is_said_of_a_choice_is_not_its_name_again() -> None:
    said = Writer().get("/append/state.evidenced").content.decode()
    assert ">Need met</option>" in said
    assert "Need met: need met" not in said
