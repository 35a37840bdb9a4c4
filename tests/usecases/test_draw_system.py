"""The chart of a system: each cell as the law reads its records, over the licences that it is drawn for."""

from __future__ import annotations

from datetime import date

import pytest

from meterward.core.records.terms import SYSTEM
from meterward.core.system.cells import Standing
from meterward.present.system_changes import compare
from meterward.present.system_graph import graph_of
from meterward.present.system_table import Wish, found_in
from meterward.usecases.draw_system import ASPECTS, Chart, Side, draw
from meterward.usecases.evaluate_position import dossiers_of
from tests.builders.evaluations import pack_of
from tests.builders.histories import History
from tests.builders.lines import Draft

FIRST, LATER, LAST = date(2013, 4, 2), date(2013, 5, 2), date(2013, 6, 3)
HEAD_END, CARRIER = "element/head-end", "element/carrier"
SHOWN = "operated/supply"


def told(element: str, **more: object) -> dict[str, object]:
    said = {"categories": ["network"], "operator": "licensee", "power": "within", "in_service": FIRST.isoformat()}
    return {"element": element, "told": {**said, **more}}


def described(history: History, on: date, *elements: dict[str, object], **more: object) -> None:
    history.enter(Draft("system.described", on, on, {"source": "by_hand", "elements": list(elements), **more}))


def proof(history: History, on: date, subject: str, strength: str, **more: object) -> None:
    facts = {"fact": "element_secure", "outcome": "held", "strength": strength, "aspect": SHOWN, **more}
    history.enter(Draft("state.evidenced", on, on, facts, subject, files=strength != "claimed"))


def chart(history: History, day: date) -> Chart:
    held = dossiers_of("northlight", history.scribe.records, None, {})
    assert isinstance(held, list)
    return draw([Side(one.name, one.reader, pack_of("Z.4").reference) for one in held], day)


def cell(found: Chart, name: str, aspect: str = SHOWN) -> Standing:
    return found.elements[name].row.cells[ASPECTS.index(aspect)].standing


@pytest.fixture
def history() -> History:
    made = History()
    described(made, FIRST, told(HEAD_END), told(CARRIER, power="limited", operator="outside"))
    return made


@pytest.mark.parametrize("strength", ["claimed", "evidenced", "checked"])
def test_a_cell_is_as_strong_as_its_proof(history: History, strength: str) -> None:
    proof(history, LATER, HEAD_END, strength)
    found = chart(history, LATER)
    assert cell(found, HEAD_END) is Standing(strength)
    assert found.elements[HEAD_END].row.standing is Standing.EMPTY
    assert cell(chart(history, FIRST), HEAD_END) is Standing.EMPTY


def test_a_proof_that_ended_has_lapsed_and_a_failure_stays(history: History) -> None:
    proof(history, LATER, HEAD_END, "evidenced", valid_to="2013-05-31")
    proof(history, LATER, CARRIER, "evidenced", outcome="failed")
    found = chart(history, LAST)
    assert cell(found, HEAD_END) is Standing.LAPSED
    assert cell(found, CARRIER) is found.elements[CARRIER].row.standing is Standing.FAILED


def test_one_proof_fills_every_cell_that_it_covers(history: History) -> None:
    proof(history, LATER, HEAD_END, "checked", covers=[CARRIER], aspects=["designed/supply"])
    found = chart(history, LATER)
    assert {cell(found, name, aspect) for name in (HEAD_END, CARRIER) for aspect in (SHOWN, "designed/supply")} == {
        Standing.CHECKED
    }


def test_what_was_done_instead_stands_for_an_element_beyond_ones_power_alone(history: History) -> None:
    for name in (HEAD_END, CARRIER):
        proof(history, LATER, name, "evidenced", fact="done_instead", aspect=None)
    found = chart(history, LATER)
    assert found.elements[CARRIER].row.standing is Standing.INSTEAD
    assert found.elements[HEAD_END].row.standing is Standing.EMPTY


def test_what_is_shown_itself_needs_nothing_instead(history: History) -> None:
    proof(history, LATER, CARRIER, "checked", aspect=ASPECTS[0], aspects=list(ASPECTS[1:]))
    proof(history, LATER, CARRIER, "evidenced", fact="done_instead", aspect=None)
    assert chart(history, LATER).elements[CARRIER].row.standing is Standing.CHECKED


def test_of_two_licences_the_weaker_counts_and_both_are_told(history: History) -> None:
    facts = {"source": "by_hand", "elements": [told(HEAD_END)]}
    history.enter(Draft("system.described", LATER, LATER, facts, licences=["electricity", "gas"]))
    proof(history, LATER, HEAD_END, "checked")
    row = chart(history, LATER).elements[HEAD_END].row
    place = ASPECTS.index(SHOWN)
    assert row.cells[place].standing is Standing.EMPTY
    assert [cells[place].standing for _, cells in row.apart] == [Standing.CHECKED, Standing.EMPTY]


@pytest.mark.parametrize("order", [["electricity", "gas"], ["gas", "electricity"]])
@pytest.mark.parametrize("second", [LATER, LAST])
def test_of_what_is_told_for_two_licences_apart_the_later_holds_for_the_chart(order: list[str], second: date) -> None:
    made = History()
    for licence, day in zip(order, (LATER, second), strict=True):
        facts = {"source": "by_hand", "elements": [told(HEAD_END, zone=licence)]}
        made.enter(Draft("system.described", day, day, facts, licences=[licence]))
    spans = [span for one in chart(made, LAST).systems for span in one.elements[HEAD_END]]
    last = max(spans, key=lambda one: one.record.order)
    assert second == LATER or last.told.zone == order[1]
    found = chart(made, LAST).elements[HEAD_END]
    assert (found.told.zone, found.licences) == (last.told.zone, ("electricity", "gas"))


def test_the_whole_has_a_row_of_its_own(history: History) -> None:
    proof(history, LATER, SYSTEM, "evidenced")
    place = ASPECTS.index(SHOWN)
    whole = chart(history, LATER).whole
    assert {licence: cells[place].standing for licence, cells in whole.apart}["electricity"] is Standing.EVIDENCED
    assert whole.cells[place].standing is Standing.EMPTY


def test_what_was_told_on_all_days_is_its_history(history: History) -> None:
    described(history, LATER, told(HEAD_END, zone="core"), gone=[CARRIER])
    found = chart(history, LATER)
    assert [(one.first, one.told.zone) for one in found.history(HEAD_END)] == [(FIRST, None), (LATER, "core")]
    assert set(found.elements) == {HEAD_END}
    differs = compare(chart(history, FIRST), found).sorts[0]
    assert [one.name for one in differs.went] == [CARRIER]
    assert [field.after for one in differs.changed for field in one.fields] == ["core"]


def test_of_too_many_elements_each_zone_is_drawn_as_one(history: History) -> None:
    many = [told(f"element/n-{place}", zone=("core", "field")[place % 2]) for place in range(600)]
    links = [{"link": "link/1", "source": "element/n-0", "target": "element/n-1"}]
    described(history, LATER, *many, links=links)
    found = chart(history, LATER)
    graph = graph_of(found, found_in(found, Wish()))
    assert not graph["whole"]
    assert {one["label"] for one in graph["nodes"]} == {
        "Core: 300 elements",
        "Field: 300 elements",
        "No zone said: 2 elements",
    }
    assert [one["says"] for one in graph["links"]] == ["1 link"]
    few = graph_of(found, found_in(found, Wish(zone="core")))
    assert few["whole"]
    assert len(few["nodes"]) == 300
