"""The pages of coverage, contracts and the roll-out: what is known, what is missing, and as it was known before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.surveys import LISTED, contract, counted, listed, planned, surveys, take_back, tell_surveys
from tests.builders.systems import HEAD_END, describe_system
from tests.builders.workplace import Seat, words

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from tests.builders.workplace import Page

BEFORE = 390
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def told(seat: Seat) -> Seat:
    """A desk in front of a system with counts, contracts and a plan."""
    describe_system(today() - timedelta(BEFORE), today() - timedelta(BEFORE))
    tell_surveys(today())
    return seat


def shown(page: Page) -> str:
    """The page in words."""
    assert page.status == 200
    return words(page.one("main"))


def rows(page: Page) -> list[str]:
    """The rows of all tables, cell by cell."""
    return [" ".join(words(cell) for cell in row) for row in page.all("tr")]


def picture(page: Page) -> ET.Element:
    """The chart of the page."""
    (found,) = [one for one in page.tree.iter(f"{SVG}svg") if one.get("class") == "drawn"]
    return found


def ago(days: int) -> str:
    """A day before today, as an address has it."""
    return (today() - timedelta(days)).isoformat()


def size() -> int:
    """How many entries the ledger has."""
    head = installation().ledgers.head(LEDGER)
    assert head
    return head.size


def test_coverage_is_said_in_one_sentence_with_its_day_its_sources_and_the_list(told: Seat) -> None:
    page = told.get("system/coverage")
    says = shown(page)
    assert "997,204 of 1,000,000 premises supplied had one metering system in scope, 2,650 had none, 146 had" in says
    assert "1,204 metering systems supplied nobody." in says
    assert "That is 12 days before the day that is shown." in says
    assert says.count("sha256:") == 2
    given = told.client.get(page.links()["4,000 rows, to download"])
    assert b"".join(given) == LISTED


def test_each_count_is_drawn_and_listed(told: Seat) -> None:
    page = told.get("system/coverage")
    drawn = picture(page)
    assert "Premises with none: 9,400 on " in drawn.get("aria-label", "")
    assert len([one for one in drawn.iter() if one.tag == f"{SVG}title"]) == 12
    assert [one.split(" ")[5] for one in rows(page)[-4:]] == ["2,650", "4,100", "6,900", "9,400"]


def test_what_was_counted_later_or_known_later_is_not_there(told: Seat) -> None:
    assert "995,660 of 1,000,000" in shown(told.get("system/coverage", as_at=ago(50)))
    before = size()
    done = append(LEDGER, [counted(today(), 1, 0, 0)])
    assert not isinstance(done, list)
    assert "999,999 of 1,000,000" in shown(told.get("system/coverage"))
    assert "997,204 of 1,000,000" in shown(told.get("system/coverage", known_at=str(before)))
    assert "Nobody has counted yet" in shown(told.get("system/coverage", known_at="1"))


def test_an_old_count_is_flagged_and_a_licence_without_one_is_named(seat: Seat) -> None:
    done = append(LEDGER, [*take_back(today()), counted(today() - timedelta(100), 5, 0, 0, fuel="gas")])
    assert not isinstance(done, list)
    says = shown(seat.get("system/coverage"))
    assert "⚑ That is 100 days before the day that is shown: gains, losses and exchanges since then" in says
    assert "Electricity ⚑ Nobody has counted it." in says
    assert "premises supplied with gas had" in says


def test_a_list_that_is_not_kept_is_named_by_its_digest(seat: Seat) -> None:
    line = listed(today(), 1, 0, 0)
    facts = line["facts"]
    assert isinstance(facts, dict)
    facts["unmatched"] = "ab" * 32
    assert not isinstance(append(LEDGER, [line]), list)
    assert f"in a file that is not kept here: sha256:{'ab' * 32}" in shown(seat.get("system/coverage"))


def test_contracts_say_what_they_ask_for_and_how_it_was_tested(told: Seat) -> None:
    page = told.get("system/contracts")
    says = shown(page)
    assert "field-services-c contract/run-head-end" in says
    assert "incidents are told within 24 hours" in says
    assert "✓ Passed encryption Every command is encrypted and authenticated. release-4.2" in says
    assert "✕ Failed patching Patched within 30 days. release-4.1" in says
    assert "⚑ 1 requirement failed the last test" in says
    assert "□ Not tested encryption" in says
    assert "⚑ no right to audit the other side" in says
    assert "contract/in-the-field " not in says.partition("Operated by others")[0]


def test_what_others_operate_without_a_contract_has_its_form_filled_in(told: Seat) -> None:
    page = told.get("system/contracts")
    over = (today() - timedelta(30)).strftime("%-d %B %Y")
    assert f"Its contract, contract/in-the-field, bound until {over}." in shown(page)
    assert "It is said to be assured by contract, and none is recorded." in shown(page)
    opened = told.at(page.links()["Record a contract about Contractor north"])
    fields = {one.get("name"): one.get("value") for one in opened.all("input")}
    assert fields["facts.party"] == "field-services-c"
    chosen = [one.get("value") for one in opened.all("option") if one.get("selected") is not None]
    assert "element/contractor-north" in chosen


def test_a_test_is_recorded_with_what_is_still_to_pass_filled_in(told: Seat) -> None:
    opened = told.at(told.get("system/contracts").links()["Record a test of contract/run-head-end"])
    fields = {one.get("name"): one.get("value") for one in opened.all("input")}
    assert {value for name, value in fields.items() if name and name.endswith(".requirement")} == {"patching"}


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"lacks": "failed"}, "contract/run-head-end", "contract/carry-a"),
        ({"lacks": "audit"}, "contract/carry-a", "contract/run-head-end"),
        ({"words": "command gateway"}, "contract/run-head-end", "contract/carry-a"),
        ({"words": "CARRIER-A"}, "contract/carry-a", "contract/run-head-end"),
    ],
)
def test_contracts_are_found_by_what_they_lack_and_by_words(
    told: Seat, asked: dict[str, str], there: str, gone: str
) -> None:
    headings = " ".join(told.get("system/contracts", **asked).texts("h2"))
    assert there in headings
    assert gone not in headings


def test_a_lack_that_is_none_is_said(told: Seat) -> None:
    page = told.get("system/contracts", lacks="x")
    assert page.status == 400
    assert "Choose one of: any, failed" in words(page.one("main"))


def test_what_is_beyond_the_licensees_power_says_what_was_done_instead(told: Seat) -> None:
    found = [one for one in rows(told.get("system/contracts")) if one.startswith("Wan carrier a ")]
    assert ["◧ Evidenced entry" in one for one in found] == [True]


def test_contracts_are_shown_as_they_stood_and_as_they_were_known(told: Seat) -> None:
    headings = " ".join(told.get("system/contracts", as_at=ago(250)).texts("h2"))
    assert "contract/in-the-field" in headings
    assert "contract/carry-a" not in headings
    known = size() - len([*surveys(today())])
    assert "contract/" not in " ".join(told.get("system/contracts", known_at=str(known)).texts("h2"))


def test_a_contract_that_ends_soon_or_asks_for_nothing_says_so(told: Seat) -> None:
    last = (today() + timedelta(10)).isoformat()
    done = append(LEDGER, [contract(today(), "short", [HEAD_END], last=last)])
    assert not isinstance(done, list)
    says = shown(told.get("system/contracts"))
    assert "⚑ it makes no security requirement ⚑ it ends in 10 days" in says


def test_the_roll_out_says_how_many_are_missing(told: Seat) -> None:
    assert "⚑" not in words(next(told.get("system/rollout").all("section")))
    done = append(LEDGER, [planned(today(), (today(), 1_000_000), (today() + timedelta(30), 2_000_000))])
    assert not isinstance(done, list)
    page = told.get("system/rollout")
    says = shown(page)
    assert "935,000 devices in service" in says
    assert "⚑ 65,000 fewer than were planned by then, 1,000,000. Next, 2,000,000 are planned by" in says
    drawn = picture(page)
    assert "935,000 on " in drawn.get("aria-label", "").partition("In service: ")[2]
    before = shown(told.get("system/rollout", as_at=ago(1)))
    assert "more than were planned by then" in before


def test_a_new_plan_begins_with_the_milestones_of_the_one_in_force(told: Seat) -> None:
    opened = told.at(told.get("system/rollout").links()["Tell a new plan"])
    fields = {one.get("name"): one.get("value") for one in opened.all("input")}
    assert fields["facts.milestones.0.devices"] == "140000"
    assert "facts.milestones.7.by" in fields


@pytest.mark.parametrize(("by", "first"), [("region", "north 348,000"), ("model", "E-2 479,000"), ("none", "north")])
def test_devices_are_grouped_by_what_is_told_of_them(told: Seat, by: str, first: str) -> None:
    page = told.get("system/rollout", by=by)
    heads = [place for place, one in enumerate(rows(page)) if "Decommissioned" in one]
    assert rows(page)[heads[0] + 1].startswith(first)


@pytest.mark.parametrize("place", ["coverage", "contracts", "rollout"])
def test_nothing_told_yet_teaches(seat: Seat, place: str) -> None:
    page = seat.get(f"system/{place}", known_at="1")
    assert any("yet" in one for one in page.texts("h2"))


def test_every_page_of_the_system_leads_to_them(told: Seat) -> None:
    for place in ("system", "system/matrix", "system/map", "system/changes", "system/coverage"):
        links = told.get(place).links()
        assert {"Coverage", "Contracts", "Roll-out"} <= set(links), place
    links = told.get("system/elements/head-end").links()
    page = told.at(links["Contracts about it"])
    assert "contract/run-head-end" in " ".join(page.texts("h2"))
    assert links["How the roll-out goes"] == f"/{LEDGER}/system/rollout"
