"""The pages of the register: the table, a risk with its story, and the heat map, on any day and as known at any."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.risk_lines import CONTEXT, context, estimate, many, tell_risks
from tests.builders.systems import HEAD_END
from tests.builders.workplace import Seat, shown, words
from tests.web.registers import risks

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from tests.builders.workplace import Page

TIMES = "\N{MULTIPLICATION SIGN}"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def told(unassessed: Seat) -> Seat:
    """A desk in front of a register with a risk of every standing."""
    tell_risks(today())
    return unassessed


def row(page: Page, name: str) -> str:
    """The row of a risk, in words."""
    return next(words(one) for one in page.all("tr") if f" {name} " in words(one) or f" {name}," in words(one))


def picture(page: Page) -> ET.Element:
    """The heat map."""
    (found,) = [one for one in page.tree.iter(f"{SVG}svg") if one.get("class") == "heat-map"]
    return found


def test_the_register_says_how_risks_stand_and_how_many_are_above_appetite(told: Seat) -> None:
    page = told.get("risks")
    assert (
        "4 of 6 risks are above appetite: 1 open, 2 treated, 1 accepted for a time. 1 is not rated, which is not low."
        in shown(page)
    )
    assert risks(page) == ["T-3", "T-2", "T-10", "T-1", "T-4", "T-5"]
    assert "Risks" in page.links("nav")


def test_a_row_has_every_level_with_what_made_it_the_standing_and_the_next_date(told: Seat) -> None:
    page = told.get("risks")
    day = today() + timedelta(60)
    assert row(page, "T-1") == (
        "Mass disconnection T-1, Supply is cut to many customers at once Head end p-07 "
        f"3 Medium ▲, above appetite likelihood and consequence 4 {TIMES} 3 "
        f"5 Very high ▲, above appetite likelihood and consequence 4 {TIMES} 5 "
        f"4 High ▲, above appetite likelihood and consequence 3 {TIMES} 5 "
        f"2 Low likelihood and consequence 1 {TIMES} 3 "
        f"◭ Treated {day.day} {day:%b %Y} measure is due"
    )
    assert "⚑ measure is late" in row(page, "T-10")
    assert "acceptance ends" in row(page, "T-3")
    assert "not rated not rated not rated not rated △ Unrated" in row(page, "T-5")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"standing": "above"}, ["T-3", "T-2", "T-10", "T-1"]),
        ({"standing": "open"}, ["T-2"]),
        ({"standing": "unrated"}, ["T-5"]),
        ({"level": 1}, ["T-4"]),
        ({"of": "current", "level": 5}, ["T-1"]),
        ({"likelihood": 4, "severity": 4}, ["T-2", "T-10"]),
        ({"consequence": "money", "severity": 1, "sort": "name"}, ["T-1", "T-2", "T-3", "T-4", "T-10"]),
        ({"consequence": "bills"}, []),
        ({"owner": "p-03"}, ["T-2", "T-4"]),
        ({"element": "head-end"}, ["T-10", "T-1", "T-4"]),
        ({"element": HEAD_END, "owner": "p-07"}, ["T-1"]),
        ({"scenario": "mass-disconnection"}, ["T-1"]),
        ({"words": "OPTICAL tamper"}, ["T-2"]),
        ({"words": "mass p-07"}, ["T-1"]),
        ({"turns": "late"}, ["T-10"]),
        ({"turns": "soon", "sort": "next"}, ["T-3", "T-1"]),
        ({"sort": "name"}, ["T-1", "T-2", "T-3", "T-4", "T-5", "T-10"]),
        ({"sort": "label"}, ["T-4", "T-1", "T-10", "T-5", "T-2", "T-3"]),
        ({"sort": "owner"}, ["T-2", "T-4", "T-1", "T-3", "T-5", "T-10"]),
        ({"sort": "standing"}, ["T-2", "T-5", "T-10", "T-1", "T-3", "T-4"]),
        ({"sort": "target"}, ["T-1", "T-2", "T-3", "T-4", "T-5", "T-10"]),
    ],
)
def test_what_is_asked_for_is_found_in_order(told: Seat, asked: dict[str, object], found: list[str]) -> None:
    assert risks(told.get("risks", **asked)) == found


def test_a_choice_that_is_none_is_said(told: Seat) -> None:
    page = told.get("risks", standing="fine")
    assert page.status == 400
    assert "Choose one of: above, open" in words(page.one("main"))


def test_an_earlier_day_and_earlier_knowledge_know_another_register(told: Seat) -> None:
    before = (today() - timedelta(15)).isoformat()
    assert "▲ Open" in row(told.get("risks", as_at=before), "T-3")
    assert "5 Very high" in row(told.get("risks", as_at=before), "T-1")
    assert risks(told.get("risks", as_at=(today() - timedelta(31)).isoformat())) == []
    assert "No risk is in the register on this day" in shown(told.get("risks", known_at="500"))
    (back,) = told.get("risks", as_at=before, sort="name").all("a", class_="back")
    assert back.get("href") == f"/{LEDGER}/risks?sort=name"


def test_a_hundred_stand_on_a_page(told: Seat) -> None:
    assert not isinstance(append(LEDGER, many(today(), 100, [])), list)
    first, second = risks(told.get("risks", sort="name")), risks(told.get("risks", sort="name", page=2))
    assert (len(first), len(second)) == (100, 6)
    assert second[-1] == "T-10"
    assert "Page 2 of 2" in shown(told.get("risks", page=9))


def test_each_number_of_an_estimate_says_how_it_came_about(told: Seat) -> None:
    said = shown(told.get("risks/register/T-1"))
    assert "40,000 customers off supply for an hour is level 3: from 10,000 on" in said
    assert "Likelihood level 4 once a year or more often" in said
    assert "level 3, medium likelihood 4 and consequence 3 make it in the matrix; up to 2 is accepted" in said
    assert "As the last exercise showed." in said
    assert "Rests on: The exercise of the spring" in said
    assert f"on the scales of {CONTEXT}" in said


def test_the_level_is_told_step_by_step(told: Seat) -> None:
    (ladder,) = told.get("risks/register/T-1").all("ol", class_="ladder")
    said = [words(one) for one in ladder]
    called = [one.split(" likelihood and consequence ")[0].split(" ", 1)[0] for one in said]
    assert called == ["Inherent", "Current", "↳", "Residual", "↳", "Planned", "Target"]
    assert [f"{one[-5]} {one[-1]}" for one in said] == [
        "4 3",
        "4 5",
        "3 5",
        "3 5",
        "3 3",
        "3 3",
        "1 3",
    ]
    assert "lowers likelihood by 1 level" in said[2]
    assert [one.count("entry ") for one in said] == [1, 1, 2, 0, 2, 0, 1], "each number names its records"


def test_measures_treatments_and_what_asks_for_a_look_are_told(told: Seat) -> None:
    late = shown(told.get("risks/register/T-10"))
    assert "○ Planned ⚑ late" in late
    assert "It lowers nothing until it is shown to work." in late
    assert "Measure is late measure/clock" in late
    day = today() + timedelta(40)
    assert f"Retain until {day.day} {day:%B %Y} The supplier delivers in autumn." in shown(
        told.get("risks/register/T-3")
    )
    assert "It counts towards the residual level." in shown(told.get("risks/register/T-1"))
    assert "Not estimated risk/T-5" in shown(told.get("risks/register/T-5"))


def test_what_can_be_done_is_a_form_with_what_is_known_of_it(told: Seat) -> None:
    links = told.get("risks/register/T-1").links()
    known = parse_qs(urlsplit(links["Estimate it"]).query)
    assert known["subject"] == ["risk/T-1"]
    assert known["facts.context"] == [CONTEXT]
    form = told.at(links["Estimate it"])
    assert "3: 10,000 or more customers off supply for an hour" in form.texts("option")
    assert "2: once in 100 years or more often" in form.texts("option")
    assert parse_qs(urlsplit(links["Plan a measure"]).query)["facts.effects.0.risk"] == ["risk/T-1"]
    assert "Accept it for a time" not in links
    assert "Accept it for a time" in Seat("board").get("risks/register/T-1").links()
    assert told.at(links["End it"]).status == 200


def test_to_the_authority_risks_are_hidden_and_an_auditor_treats_none(told: Seat) -> None:
    assert "Mass disconnection" in told.get("risks").links()
    assert Seat("authority").get("risks/register/T-1").status == 404
    links = Seat("auditor").get("risks/register/T-1").links()
    assert "Estimate it" in links
    assert not {"Plan a measure", "Accept it for a time", "End it"} & set(links)


def test_a_risk_that_is_not_there_yet_has_its_history_alone(told: Seat) -> None:
    page = told.get("risks/register/T-1", as_at=(today() - timedelta(31)).isoformat())
    assert "On the day that is shown it is not in the register." in shown(page)
    assert told.get("risks/register/nobody-told").status == 404


def test_on_other_scales_levels_are_not_rated_and_three_points_are(told: Seat) -> None:
    known = installation().ledgers.head(LEDGER)
    assert known
    assert not isinstance(append(LEDGER, [context(today(), "context/anew", 4)]), list)
    said = shown(told.get("risks/register/T-2"))
    assert f"It was made in levels of {CONTEXT}, and context/anew is in effect: estimate it anew." in said
    assert "Other scales risk/T-2" in said
    assert not isinstance(append(LEDGER, [estimate(today(), "T-2", 4, 2, context="context/anew")]), list)
    assert "▼ Within appetite" in shown(told.get("risks/register/T-2"))
    assert "▲ Open" in row(told.get("risks", known_at=str(known.size)), "T-2")


def test_the_map_counts_risks_in_cells_that_lead_to_them(told: Seat) -> None:
    page = told.get("risks/map")
    assert "5 risks are on the map; 1 is not" in shown(page)
    cells = {one.get("aria-label", ""): one.get("href", "") for one in picture(page).iter(f"{SVG}a")}
    assert set(cells) == {
        "Likelihood 5, consequence 3: 1 risk, level 4 (high), above appetite",
        "Likelihood 4, consequence 4: 2 risks, level 4 (high), above appetite",
        "Likelihood 3, consequence 5: 1 risk, level 4 (high), above appetite",
        "Likelihood 1, consequence 2: 1 risk, level 1 (very low), within appetite",
    }
    address = cells["Likelihood 4, consequence 4: 2 risks, level 4 (high), above appetite"]
    assert risks(told.at(address)) == ["T-2", "T-10"]
    table = [[words(cell) for cell in one] for one in page.all("tr")]
    assert table[2][4:] == ["2 risks high ▲", "0 very high ▲"]


def test_the_map_is_of_the_state_and_the_consequence_that_are_chosen(told: Seat) -> None:
    inherent = [one.get("aria-label", "")[:31] for one in picture(told.get("risks/map", of="inherent")).iter(f"{SVG}a")]
    assert inherent == ["Likelihood 4, consequence 3: 1 "]
    page = told.get("risks/map", consequence="money")
    cells = [one.get("href", "") for one in picture(page).iter(f"{SVG}a")]
    assert "100 or more pounds" in shown(page)
    listed = [risks(told.at(one)) for one in cells]
    assert listed == [["T-3"], ["T-2", "T-10"], ["T-1"], ["T-4"]]
    assert "for want of an estimate" in shown(told.get("risks/map", consequence="data_access"))


def test_the_map_is_taken_away_as_a_picture_with_its_own_colours(told: Seat) -> None:
    answered = told.client.get(f"/{LEDGER}/risks/map.svg", {"of": "current"})
    assert answered.headers["Content-Type"] == "image/svg+xml"
    text = answered.content.decode()
    assert "Current risk by the worst consequence" in text
    assert 'fill="#f0aaa3"' in text
    assert "style=" not in text
    assert "<a " not in text


def test_without_a_context_nothing_is_drawn_and_it_is_said(told: Seat) -> None:
    before = (today() - timedelta(31)).isoformat()
    assert "No risk is in the register" in shown(told.get("risks/map", as_at=before))
    assert b"No context is in effect" in told.client.get(f"/{LEDGER}/risks/map.svg", {"as_at": before}).content
