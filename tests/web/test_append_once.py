"""The preview before an append keeps its word, and however often one clicks there is one record."""

from __future__ import annotations

import pytest

from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.web.writers import KIND, Writer, incident, size, words_of

pytestmark = pytest.mark.usefixtures("example_store")


def test_the_preview_appends_nothing_and_keeps_its_word() -> None:
    writer, before = Writer(), size()
    sent = writer.send(KIND, "preview", incident())
    shown = writer.client.get(sent["Location"])
    assert (shown.status_code, size()) == (200, before)
    assert "Evidence is retained" in words_of(shown)
    seen = shown.content.decode().partition('name="seen" value="')[2][:64]
    done = writer.client.post(writer.place(KIND), {"do": "append-seen", "seen": seen})
    assert done["Location"] == f"/{LEDGER}/records/{before + 1}?appended=1"
    landed = words_of(writer.client.get(done["Location"]))
    assert f"Appended as entry {before + 1}" in landed
    changed = [line for line in words_of(shown).split() if line.startswith("Z.")]
    assert changed
    assert set(changed) <= set(landed.split())


def test_the_preview_says_plainly_that_nothing_changes() -> None:
    writer = Writer()
    found = {
        "statement.subject": "appointment/p-40",
        "statement.occurred": incident()["statement.occurred"],
        "statement.licences": ["electricity", "gas"],
        "facts.person": "p-40",
        "facts.role": "contributor",
        "acting": "security_manager",
    }
    shown = writer.client.get(writer.send("role.appointed", "preview", found)["Location"])
    assert "Nothing changes" in words_of(shown)


def test_a_draft_that_changed_since_the_preview_is_shown_again_first() -> None:
    writer, before = Writer(), size()
    writer.send(KIND, "save", incident())
    done = writer.client.post(writer.place(KIND), {"do": "append-seen", "seen": "0" * 64})
    assert done["Location"].endswith("/preview?changed=1")
    assert size() == before


def test_a_second_click_appends_nothing_more_and_lands_on_the_same_record() -> None:
    writer, before = Writer(), size()
    first = writer.send(KIND, "append", incident())
    again = writer.send(KIND, "append", incident())
    seen = writer.client.post(writer.place(KIND), {"do": "append-seen", "seen": "0" * 64})
    back = writer.client.get(writer.place(KIND))
    assert first["Location"] == again["Location"] == seen["Location"] == back["Location"]
    assert size() == before + 1
    assert installation().drafts.get(writer.draft) is None


def test_two_windows_with_different_words_append_once() -> None:
    writer, before = Writer(), size()
    writer.send(KIND, "append", incident())
    other = Writer(draft=writer.draft)
    late = other.send(KIND, "append", incident(**{"facts.severity": "high"}))
    assert late["Location"] == f"/{LEDGER}/records/{before + 1}?appended=1"
    assert size() == before + 1


def test_saving_after_the_append_brings_no_draft_back() -> None:
    writer = Writer()
    writer.send(KIND, "append", incident())
    assert b"appended already" in writer.send(KIND, "autosave", incident()).content
    assert installation().drafts.get(writer.draft) is None
