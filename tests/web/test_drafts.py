"""Drafts are seen by their owner alone, and discarded only by saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.usecases.append_record import Appended, Order, append_records
from meterward.wiring import drafting
from meterward.wiring.drafting import typed_in
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import STRANGER
from tests.web.writers import KIND, Writer, incident, size, words_of

if TYPE_CHECKING:
    from meterward.core.base.problem import Problem
    from meterward.usecases.ports import DraftKept

pytestmark = pytest.mark.usefixtures("example_store")


def test_a_draft_stands_in_its_owners_list_and_leads_back_to_the_form() -> None:
    writer = Writer()
    assert "Nothing begun" in words_of(writer.get("/drafts"))
    writer.send(KIND, "save", incident())
    assert "Incident recorded incident/15 last changed" in words_of(writer.get("/drafts")).replace(" Discard", "")
    assert writer.get(f"/drafts/{writer.draft}")["Location"] == writer.place(KIND)


@pytest.mark.parametrize("sign_in", ["monitoring", "board", STRANGER.sign_in])
def test_nobody_else_sees_it(sign_in: str) -> None:
    writer = Writer()
    writer.send(KIND, "save", incident())
    other = Writer(sign_in, draft=writer.draft)
    for path in (f"/drafts/{writer.draft}", f"/append/{KIND}/{writer.draft}", f"/append/{KIND}/{writer.draft}/preview"):
        assert other.get(path).status_code == 404
    assert other.send(KIND, "save", incident(**{"facts.severity": "high"})).status_code == 404
    assert other.client.post(f"/{LEDGER}/drafts/{writer.draft}/discard").status_code == 404
    draft = installation().drafts.get(writer.draft)
    assert draft is not None
    assert draft.owner.sign_in == "security"
    assert "incident/15" not in other.get("/drafts").content.decode()


def test_a_draft_is_of_one_kind() -> None:
    writer = Writer()
    writer.send(KIND, "save", incident())
    assert writer.get(f"/append/policy.reviewed/{writer.draft}").status_code == 404


def test_a_draft_is_of_one_ledger() -> None:
    writer, store = Writer(), installation()
    writer.send(KIND, "save", incident())
    store.ledgers.open("elsewhere")
    whole = Order(list(store.ledgers.lines(LEDGER)), keep_recorded=True)
    assert isinstance(append_records(store.ledgers, "elsewhere", whole, lambda _: ()), Appended)
    place = f"/elsewhere/drafts/{writer.draft}"
    assert writer.client.get("/elsewhere/drafts").status_code == 200
    assert writer.client.get(place).status_code == 404
    assert writer.client.post(f"{place}/discard").status_code == 404
    assert writer.client.get(f"/elsewhere/append/{KIND}/{writer.draft}").status_code == 404
    assert store.drafts.get(writer.draft) is not None


def test_what_is_saved_by_itself_while_it_is_appended_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    writer, before, keep = Writer(), size(), drafting.keep
    writer.send(KIND, "save", incident())

    def slowly(draft: DraftKept, *said: Any) -> DraftKept | Problem:  # noqa: ANN401 - as it is handed on
        monkeypatch.setattr(drafting, "keep", keep)
        assert writer.send(KIND, "append", incident()).status_code == 302
        return keep(draft, *said)

    monkeypatch.setattr(drafting, "keep", slowly)
    assert "appended already" in words_of(writer.send(KIND, "autosave", incident()))
    assert size() == before + 1
    assert installation().drafts.get(writer.draft) is None


def test_it_is_discarded_by_a_button_alone() -> None:
    writer = Writer()
    writer.send(KIND, "save", incident())
    opened = writer.get(f"/drafts/{writer.draft}/discard")
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    assert "This address takes what a form sends" in words_of(opened)
    assert installation().drafts.get(writer.draft) is not None
    assert writer.client.post(f"/{LEDGER}/drafts/{writer.draft}/discard")["Location"] == f"/{LEDGER}/drafts"
    assert installation().drafts.get(writer.draft) is None
    assert writer.get(f"/drafts/{writer.draft}").status_code == 404


@pytest.mark.parametrize("do", ["add=facts" + ".a" * 4_000, "remove=facts" + ".a" * 4_000 + ".0"])
def test_a_row_that_no_form_has_is_neither_added_nor_removed(do: str) -> None:
    writer = Writer()
    assert writer.send(KIND, do, incident()).status_code == 302
    draft = installation().drafts.get(writer.draft)
    assert draft is not None
    assert "a" not in typed_in(draft)["facts"]
