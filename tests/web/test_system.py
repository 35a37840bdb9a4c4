"""The pages of the system: the table, an element, the matrix with one proof for many cells, the map, what changed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from meterward.wiring import drafting, today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.systems import HEAD_END, describe_system, links, names
from tests.builders.workplace import Seat, words
from tests.web.writers import words_of

if TYPE_CHECKING:
    from tests.builders.stores import Store
    from tests.builders.workplace import Page

BEFORE = 20
FILL = f"/{LEDGER}/system/matrix/fill"


@pytest.fixture
def told(seat: Seat) -> Seat:
    """A desk in front of the whole system, told some days ago."""
    describe_system(today(), today() - timedelta(BEFORE))
    return seat


def rows(page: Page) -> list[str]:
    """The rows of the page's table, in words."""
    return [words(one) for one in page.all("tr")][1:]


def elements(page: Page) -> list[str]:
    """The elements that are listed."""
    links_of = (one for cell in page.all("td", class_="what") for one in cell)
    return [words(one) for one in links_of if one.get("href")]


def test_every_element_is_listed_page_by_page(told: Seat) -> None:
    first, second = told.get("system"), told.get("system", page=2)
    found = [*elements(first), *elements(second)]
    assert len(elements(first)) == 50
    assert {"Head end", "Wan carrier a", "Joiners leavers"} <= set(found)
    assert found == sorted(found, key=str.casefold)
    assert len(found) == len(set(found)) >= len(names())


@pytest.mark.parametrize(
    ("asked", "some", "others"),
    [
        ({"words": "CARRIER wide"}, "Wan carrier a", "Head end"),
        ({"category": "process"}, "Vetting", "Head end"),
        ({"type": "head_end"}, "Head end", "Vetting"),
        ({"operator": "on_behalf"}, "Head end", "Mdm"),
        ({"power": "limited"}, "Wan carrier a", "Head end"),
        ({"zone": "control-centre"}, "Mdm", "Head end"),
        ({"state": "failed"}, "Jump host", "Head end"),
        ({"state": "claimed"}, "Tool server", "Head end"),
        ({"state": "open"}, "Tool server", "Mdm"),
        ({"functions": "unused"}, "Mdm", "Key management"),
    ],
)
def test_what_is_asked_for_is_found_and_nothing_else(told: Seat, asked: dict[str, str], some: str, others: str) -> None:
    found = elements(told.get("system", **asked))
    assert some in found
    assert others not in found


def test_the_worst_proof_comes_first(told: Seat) -> None:
    assert elements(told.get("system", sort="state"))[0] == "Jump host"


def test_a_choice_that_is_none_is_said(told: Seat) -> None:
    page = told.get("system", state="fine")
    assert page.status == 400
    assert "Choose one of: open, failed" in words(page.one("main"))


def test_an_earlier_day_and_earlier_knowledge_know_nothing_of_it(told: Seat) -> None:
    past = (today() - timedelta(1)).isoformat()
    assert "Jump host" not in elements(told.get("system", as_at=past))
    assert "Jump host" not in elements(told.get("system", known_at="500"))
    (back,) = told.get("system", as_at=past).all("a", class_="back")
    assert back.get("href") == f"/{LEDGER}/system"


def test_an_element_says_what_it_is_and_what_it_offers_and_does_not_use(told: Seat) -> None:
    page = told.get("system/elements/mdm")
    shown = words(page.one("main"))
    assert "⚑ Command authentication: offered, not in use" in shown
    assert "It can interrupt supply." in shown
    assert page.texts("h1") == ["Mdm element/mdm"]
    assert "Jump host" in page.links()


def test_an_element_has_its_row_of_the_matrix_with_a_button_for_each_cell_that_lacks_proof(told: Seat) -> None:
    page = told.get("system/elements/tool-server")
    buttons = [one.get("href", "") for one in page.all("a", class_="btn-primary")]
    assert len(buttons) == 6
    assert all("append/state.evidenced?subject=element%2Ftool-server" in one for one in buttons)
    assert "facts.aspect=designed%2Fdata_loss&supplies=Z.4" in buttons[0]
    opened = told.at(buttons[0])
    assert opened.status == 200
    assert not list(told.get("system/elements/mdm").all("a", class_="btn-primary"))


def test_an_element_has_its_history_by_the_records_that_tell_it(told: Seat) -> None:
    (past,) = told.get("system/elements/head-end").all("ol", class_="past")
    first, *_, register, last = [words(one) for one in past]
    assert "until now" in first
    assert "Zone: not said →became head-end" in register
    assert "told by entry" in last


def test_an_element_that_was_not_there_yet_has_its_history_alone(told: Seat) -> None:
    page = told.get("system/elements/jump-host", as_at=(today() - timedelta(1)).isoformat())
    assert page.status == 200
    assert "On the day that is shown nothing is told of it." in words(page.one("main"))
    assert told.get("system/elements/nobody-told").status == 404


def test_where_power_is_limited_what_was_done_instead_is_shown(told: Seat) -> None:
    shown = words(told.get("system/elements/wan-carrier-a").one("main"))
    assert "◈ Done instead" in shown
    assert "What was done instead ◧ Evidenced" in shown
    assert "Wan carrier a" in elements(told.get("system", state="instead"))
    assert "Wan carrier a" not in elements(told.get("system", state="open"))


def test_the_matrix_says_each_cell_by_a_mark_and_a_word(told: Seat) -> None:
    page = told.get("system/matrix", words="element/jump-host")
    (row,) = [one for one in rows(page) if one.startswith("Jump host")]
    assert row == "Jump host □ Empty □ Empty □ Empty □ Empty ✕ Failed □ Empty"
    assert "0 of 6 cells are shown" in page.texts("p")


def test_one_proof_for_many_cells_is_written_as_any_record(told: Seat) -> None:
    chosen = {"subject": ["element/admin-desks", HEAD_END], "aspect": ["operated/supply", "designed/supply"]}
    answered = told.client.post(FILL, {**chosen, "reason": "One build for both."})
    assert answered.status_code == 302
    page = told.at(answered.headers["Location"])
    assert "Z.4" in words(page.one("main"))
    (draft,) = [one for one in _drafts() if one["facts"]["covers"]]
    assert draft["statement"]["subject"] == "element/admin-desks"
    assert draft["facts"] == {
        "fact": "element_secure",
        "aspect": "designed/supply",
        "aspects": ["operated/supply"],
        "covers": {"0": HEAD_END},
    }
    assert draft["text"]["note"] == "One build for both."


def test_the_whole_is_covered_beside_all_that_are_found(told: Seat) -> None:
    told.client.post(f"{FILL}?zone=offices", {"subject": ["system", "all"], "aspect": ["designed/supply"]})
    (draft,) = _drafts()
    assert draft["statement"]["subject"] == "system"
    assert len(draft["facts"]["covers"]) == 5


def test_what_was_done_instead_is_one_proof_for_all_sides(told: Seat) -> None:
    told.client.post(
        f"{FILL}?power=limited", {"subject": ["all"], "fact": "done_instead", "aspect": ["designed/supply"]}
    )
    (draft,) = _drafts()
    assert set(draft["facts"]) == {"fact", "covers"}
    assert draft["facts"]["fact"] == "done_instead"
    within = words_of(told.client.post(FILL, {"subject": [HEAD_END], "fact": "done_instead"}))
    assert "What was done instead counts where your power is limited; here it is not: Head end." in within
    whole = words_of(told.client.post(FILL, {"subject": ["system", "all"], "fact": "done_instead"}))
    assert "here it is not: The system as a whole, and" in whole


def _drafts() -> list[dict[str, Any]]:
    person = installation().people.get("security")
    assert person
    return [dict(drafting.typed_in(one)) for one in installation().drafts.of(person, LEDGER)]


def test_such_a_proof_fills_the_cells_once_it_is_appended(told: Seat) -> None:
    chosen = {"subject": ["all"], "aspect": ["designed/supply"], "reason": "One review of all of them."}
    place = told.client.post(f"{FILL}?zone=offices", chosen).headers["Location"].partition("?")[0]
    (draft,) = _drafts()
    facts, statement = draft["facts"], draft["statement"]
    typed = {f"statement.{name}": value for name, value in statement.items()}
    typed |= {f"facts.{name}": value for name, value in facts.items() if isinstance(value, str)}
    typed |= {f"facts.covers.{place}": name for place, name in facts["covers"].items()}
    typed |= {"facts.outcome": "held", "facts.strength": "evidenced", "text.note": draft["text"]["note"]}
    typed |= {"attached.0.name": "review.pdf", "attached.0.digest": "ab" * 32, "acting": "security_manager"}
    answered = told.client.post(place, {**typed, "do": "append"})
    assert answered.status_code == 302, words_of(answered)
    found = [one for one in rows(told.get("system/matrix", zone="offices")) if " desks " in one]
    assert len(found) == 4
    assert all(one.endswith("desks □ Empty □ Empty ◧ Evidenced □ Empty □ Empty □ Empty") for one in found)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"aspect": ["designed/supply"]}, "No element is chosen."),
        ({"subject": [HEAD_END]}, "No side of them is chosen."),
        ({"subject": ["element/x"], "aspect": ["designed/supply"]}, "There is no element/x in the system on that day."),
    ],
)
def test_a_choice_that_makes_no_record_is_said(told: Seat, sent: dict[str, list[str]], says: str) -> None:
    answered = told.client.post(FILL, sent)
    assert answered.status_code == 422
    assert says in words_of(answered)


def test_one_proof_covers_no_more_than_a_line_has_room_for(told: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    from meterward.web.views import system_matrix  # noqa: PLC0415 - Django must be set up

    monkeypatch.setattr(system_matrix, "MOST_COVERED", 1)
    answered = told.client.post(FILL, {"subject": ["all"], "aspect": ["operated/supply"]})
    assert answered.status_code == 422
    assert "Choose at most 1 for one proof." in words_of(answered)


def test_the_map_has_every_element_and_link_and_its_list_says_the_same(told: Seat) -> None:
    graph = json.loads(told.client.get(f"/{LEDGER}/system/map.json").content)
    assert {name for _, name in names()} <= {one["id"] for one in graph["nodes"]}
    assert len(graph["links"]) == len(links())
    assert {one["zone"] for one in graph["nodes"]} == {one["id"] for one in graph["zones"]}
    bare = {one["says"].rpartition("; ")[2] for one in graph["links"] if one["bare"]}
    assert bare == {"no protection said"}
    listed = told.get("system/map").links()
    assert all(listed[one["label"]] == one["address"] for one in graph["nodes"])


def test_the_map_draws_what_is_asked_for(told: Seat) -> None:
    graph = json.loads(told.client.get(f"/{LEDGER}/system/map.json", {"zone": "offices"}).content)
    assert {one["zone"] for one in graph["nodes"]} == {"zone:offices"}


def test_what_changed_between_two_days(told: Seat) -> None:
    start, end = (today() - timedelta(1)).isoformat(), today().isoformat()
    page = told.get("system/changes", from_as_at=start, to_as_at=end)
    shown = words(page.one("main"))
    assert "Came" in shown
    assert "Jump host" in page.links()
    assert "As designed: loss of data: ◌ Lapsed →became ▣ Checked" in shown
    same = told.get("system/changes", from_as_at=end, to_as_at=end)
    assert "Nothing changed" in same.texts("p")


def test_a_day_that_is_none_is_said_beside_the_form(told: Seat) -> None:
    page = told.get("system/changes", from_as_at="2026-02-31", to_as_at="")
    assert page.status == 400
    assert list(page.all("form", class_="changes-form"))


def test_nothing_told_yet_teaches(seat: Seat, example_store: Store) -> None:
    head = example_store.ledgers.head(LEDGER)
    assert head
    page = seat.get("system", known_at="1")
    assert page.texts("h2") == ["Nothing is told of the system yet"]
    assert f"/{LEDGER}/append/element.declared" in page.links().values()
