"""The pages on which risks are worked: proposals, assessments, the queue, the treatment plan, the solution design."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from meterward.catalogues.scenarios import by_name
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.risk_lines import WORKED, assessed, estimate, incidents, measure, risk, work_risks
from tests.builders.systems import describe_system, line
from tests.builders.workplace import Page, Seat, sent, shown, typed, words

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem

SETTLE = f"/{LEDGER}/risks/proposals/settle"
MASS, OTHER = "mass-disconnection", "radio-worm"
PLACES = ("proposals", "assessments", "queue", "treatment", "design")


@pytest.fixture
def told(unassessed: Seat) -> Seat:
    """A desk in front of a system and a register."""
    describe_system(today() - timedelta(390), today() - timedelta(390))
    work_risks(today())
    return unassessed


def row(page: Page, begins: str) -> str:
    """The row of a table that begins with some words."""
    (found,) = [one for one in page.texts("tr") if one.startswith(begins)]
    return found


def ago(days: int) -> str:
    """A day before today, as an address has it."""
    return (today() - timedelta(days)).isoformat()


@pytest.mark.parametrize("place", PLACES)
def test_a_page_says_what_to_do_before_anything_is_told_and_travels_in_time(told: Seat, place: str) -> None:
    before = told.get(f"risks/{place}", known_at="2")
    assert before.status == 200
    assert "R-03" not in words(before.one("main"))
    assert told.get(f"risks/{place}", as_at="never").status == 400


def test_what_the_system_suggests_is_proposed_by_theme_with_where_an_estimate_begins(told: Seat) -> None:
    page = told.get("risks/proposals")
    says = shown(page)
    assert by_name()[OTHER].title in page.links()
    assert by_name()[OTHER].story.split(".")[0] in says
    assert "to begin with; 1 less:" in says
    assert "Not in use:" in says


def test_the_register_takes_an_element_out_of_a_proposal(told: Seat) -> None:
    page = told.get(f"risks/scenarios/{MASS}")
    assert "R-01 Risk called R-01" in shown(page)
    assert "Head end settled" in shown(page)
    before = told.get(f"risks/scenarios/{MASS}", as_at=ago(100))
    assert "Head end settled" not in shown(before)
    assert "Head end " in shown(before)


def test_one_scenario_becomes_the_form_of_a_risk_filled_in(told: Seat) -> None:
    page = sent(told, SETTLE, scenario=OTHER, do="take")
    fields = typed(page)
    assert fields["statement.subject"] == "risk/R-05"
    assert fields["facts.label"] == by_name()[OTHER].title
    assert fields["facts.scenario"] == OTHER
    assert fields["text.story"] == " ".join(by_name()[OTHER].story.split())
    assert fields["facts.elements.0"].startswith("element/")


def test_several_scenarios_enter_the_register_in_one_append_or_none(told: Seat) -> None:
    names = [OTHER, "meter-cloning", "meter-time-changed"]
    page = sent(told, SETTLE, scenario=names, do="take", key="k-1")
    assert "3 risks entered the register, in one append" in shown(page)
    assert not {f"Take up {by_name()[one].title}" for one in names} & {
        one.get("aria-label") for one in page.all("input")
    }
    head = installation().ledgers.head(LEDGER)
    assert head
    again = sent(told, SETTLE, scenario=names, do="take", key="k-1")
    assert again.status == 422
    assert "not proposed any more" in words(again.one("main"))
    assert installation().ledgers.head(LEDGER) == head


def test_nothing_chosen_and_several_dismissed_are_refused(told: Seat) -> None:
    assert "No scenario is chosen." in words(sent(told, SETTLE).one("main"))
    assert "2 scenarios are chosen." in words(sent(told, SETTLE, scenario=[OTHER, MASS], do="dismiss").one("main"))


def test_some_elements_are_dismissed_and_of_all_also_those_to_come(told: Seat) -> None:
    one = sent(told, SETTLE, scenario=MASS, some="1", element="element/head-end-standby", do="dismiss")
    fields = typed(one)
    every = typed(sent(told, SETTLE, scenario=OTHER, do="dismiss"))
    assert (fields["facts.scenario"], fields["facts.elements.0"]) == (MASS, "element/head-end-standby")
    assert (every["facts.scenario"], "facts.elements.0" in every) == (OTHER, False)
    assert sent(told, SETTLE, scenario=MASS, some="1", do="take").status == 422


def test_an_unknown_scenario_is_not_there(told: Seat) -> None:
    assert told.get("risks/scenarios/no-such").status == 404


def test_an_assessment_says_what_it_covers_and_what_is_missing(told: Seat) -> None:
    says = shown(told.get("risks/assessments"))
    assert "4 risks in the register, 2 above appetite, 1 not rated." in says
    assert "of which only risks of the whole speak" in says
    earlier = shown(told.get("risks/assessments", as_at=ago(45)))
    assert "elements in scope without a risk or a dismissal" in earlier
    assert "Business process" in says
    assert "Business process" not in shown(told.get("risks/assessments", scope="equipment"))


def test_the_form_of_an_assessment_has_what_the_register_says(told: Seat) -> None:
    page = sent(told, f"/{LEDGER}/risks/assessments/complete", scope="equipment")
    fields = typed(page)
    assert fields["facts.risks"] == "4"
    assert fields["facts.above_appetite"].split() == ["R-01", "R-03"]
    assert fields["facts.context"] == "context/2026"
    ticked = [one.get("value") for one in page.all("input", name="facts.scope") if one.get("checked") is not None]
    assert ticked == ["communication_equipment", "network", "premises_equipment"]


def test_an_assessment_that_leaves_out_a_risk_above_appetite_is_refused(told: Seat) -> None:
    before = installation().ledgers.head(LEDGER)
    (found,) = _refused(assessed(today(), "b", "R-01", risks=4))
    assert found.field == "facts.above_appetite"
    assert "rates 1 risk above appetite that it does not name: R-03." in found.message
    assert installation().ledgers.head(LEDGER) == before
    both = [estimate(today(), "R-03", 1, 1, context=WORKED), assessed(today(), "b", "R-01", risks=4)]
    assert not isinstance(append(LEDGER, both), list)
    assert "assessment/b" in shown(told.get("risks/assessments"))


def test_an_assessment_is_held_to_what_was_appended_before_it_with_it(told: Seat) -> None:  # noqa: ARG001 - the store
    late = [
        risk(today(), "R-09"),
        estimate(today(), "R-09", context=WORKED),
        assessed(today(), "c", "R-01", "R-03", risks=9),
    ]
    (found,) = _refused(*late)
    assert (found.line, "R-09" in found.message) == (3, True)


def _refused(*lines: object) -> list[Problem]:
    done = append(LEDGER, [*lines])  # type: ignore[list-item] # they are lines
    assert isinstance(done, list)
    return done


def test_two_assessments_are_compared_by_the_registers_of_their_days(told: Seat) -> None:
    more = [estimate(today(), "R-02", 3, 2, context=WORKED), assessed(today(), "b", "R-01", "R-02", "R-03", risks=4)]
    assert not isinstance(append(LEDGER, more), list)
    page = told.at(told.get("risks/assessments").links()["Compare assessment/b with assessment/a"])
    says = shown(page)
    assert "2 new, 0 gone, 1 higher, 0 lower, 1 as before" in says
    assert "Came above it: R-02, R-03." in says
    assert "R-02 Risk called R-02 Low →became High" in says


def test_the_queue_says_why_since_when_what_it_touches_and_what_answers_it(told: Seat) -> None:
    page = told.get("risks/queue")
    late = row(page, "Measure is late")
    assert "measure/gate" in late
    assert "R-01" in late
    assert row(page, "Not estimated").startswith("Not estimated It is in the register without an estimate. R-04")
    opened = told.at(page.links()["Estimate it: risk/R-04"])
    fields = typed(opened)
    assert (fields["statement.subject"], fields["facts.context"]) == ("risk/R-04", "context/2026")
    assert fields["facts.consequences.0.consequence"] == "supply"
    only = told.get("risks/queue", why="overdue")
    assert "Not estimated" not in " ".join(only.texts("tr"))
    assert told.get("risks/queue", why="x").status == 400


def test_a_review_of_the_assessment_names_the_event_that_it_answers(told: Seat) -> None:
    assert not isinstance(append(LEDGER, incidents(today(), "x-1")), list)
    page = told.get("risks/queue", why="incident")
    assert "R-01, R-03, R-04" in row(page, "Incident ")
    fields = typed(told.at(page.links()["Review the assessment: incident/x-1"]))
    assert (fields["statement.subject"], fields["facts.events.0"]) == ("assessment/a", "incident/x-1")
    said: dict[str, Json] = {"decision": "stands", "events": ["incident/x-1"]}
    text: dict[str, Json] = {"conclusion": "It was looked at."}
    assert not isinstance(append(LEDGER, [line("assessment.reviewed", today(), said, "assessment/a", text=text)]), list)
    assert "incident/x-1" not in shown(told.get("risks/queue"))


def test_the_treatment_plan_has_bars_sums_and_a_file(told: Seat) -> None:
    page = told.get("risks/treatment")
    says = shown(page)
    assert "£180,000 once and £20,000 a year. ⚑ 1 late." in says
    assert "⚑ late" in row(page, "Measure gate ")
    assert "p-07 answers for it" in row(page, "Measure gate ")
    assert "◔ Started" in row(page, "Measure vault ")
    given = told.client.get(page.links()["SVG"])
    assert given["Content-Type"] == "image/svg+xml"
    assert b"Measure vault: started, due " in given.content
    assert b"Measure gate" not in told.client.get(f"/{LEDGER}/risks/treatment.svg?as_at={ago(100)}").content


def test_the_design_shows_the_gaps_both_ways_and_is_adopted_from_the_register(told: Seat) -> None:
    assert not isinstance(append(LEDGER, [measure(today(), "extra", "R-01", due=today())]), list)
    page = told.get("risks/design")
    assert "1 risk above appetite that nothing treats" in shown(page)
    assert "⚑ nothing" in row(page, "R-03 ")
    form = sent(told, f"/{LEDGER}/risks/design/adopt")
    fields = typed(form)
    assert fields["facts.assessment"] == "assessment/a"
    assert fields["facts.traces.0.risk"] == "risk/R-01"
    assert {fields["facts.traces.0.measures.0"], fields["facts.traces.0.measures.1"]} == {
        "measure/gate",
        "measure/extra",
    }
