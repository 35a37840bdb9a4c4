"""What a form begins with: scales to start from, what a scenario says, and the words of the context that is meant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from meterward.catalogues.scenarios import by_name
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from tests.builders.risk_lines import CONTEXT, context, risk, tell_risks
from tests.builders.systems import HEAD_END, line
from tests.builders.workplace import Page, Seat, words

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

FORM = f"/{LEDGER}/append/context.established"
ESTIMATE = f"/{LEDGER}/append/risk.estimated"
SHORT: Json = [0, 100, 1_000]


@pytest.fixture
def there(seat: Seat) -> Seat:
    """A desk in front of a register."""
    tell_risks(today())
    return seat


def value(page: Page, name: str) -> str:
    """What stands in a field."""
    return page.one("input", name=name).get("value", "")


def chosen(page: Page, name: str) -> str:
    """What is chosen in a list."""
    return next((one.get("value", "") for one in page.one("select", name=name) if "selected" in one.attrib), "")


def other_context(likelihood: Json) -> dict[str, Json]:
    """A later context with another scale of likelihood."""
    found = context(today() - timedelta(1), "context/later")
    facts = found["facts"]
    assert isinstance(facts, dict)
    matrix = facts["matrix"]
    assert isinstance(matrix, list)
    assert isinstance(likelihood, list)
    facts |= {"likelihood": likelihood, "matrix": matrix[: len(likelihood)]}
    return found


def test_an_empty_form_offers_scales_to_start_from_and_fills_them_in(seat: Seat) -> None:
    empty = seat.at(FORM)
    assert not words(empty.one("textarea", name="facts.likelihood"))
    page = seat.at(empty.links()["fill in starting scales"])
    assert "senior management has to set" in words(page.one("main"))
    assert value(page, "facts.method") == "Levels of likelihood and consequence"
    assert value(page, "facts.criteria.7.unit") == "days by which the roll-out slips"
    assert words(page.one("textarea", name="facts.likelihood")).split() == ["0", "100", "1000", "10000", "100000"]
    assert "fill in starting scales" not in page.links()


def test_other_forms_have_nothing_to_start_from(seat: Seat) -> None:
    page = seat.at(f"/{LEDGER}/append/risk.identified", start="1")
    assert page.status == 200
    assert "nobody's decision" not in words(page.one("main"))


def test_an_estimate_begins_with_what_its_scenario_says_and_says_so(there: Seat) -> None:
    scenario = by_name()["mass-disconnection"]
    known = {"subject": "risk/T-1", "facts.context": CONTEXT}
    page = there.at(ESTIMATE, **known, **{"facts.state": "inherent"})
    assert chosen(page, "facts.likelihood") == str(scenario.likely.starts)
    says = f"The scenario “{scenario.title}” begins at likelihood {scenario.likely.starts} of 5"
    assert says in words(page.one("main"))
    current = chosen(there.at(ESTIMATE, **known, **{"facts.state": "current"}), "facts.likelihood")
    assert 1 <= int(current) <= scenario.likely.starts + 1
    assert not chosen(there.at(ESTIMATE, **known, **{"facts.state": "target"}), "facts.likelihood")
    assert chosen(there.at(ESTIMATE, **known, **{"facts.likelihood": "1"}), "facts.likelihood") == "1"


def test_an_estimate_of_a_risk_without_a_scenario_begins_empty(there: Seat) -> None:
    assert not chosen(there.at(ESTIMATE, subject="risk/T-2"), "facts.likelihood")
    append(LEDGER, [risk(today(), "T-20", HEAD_END, label="Of a scenario that is unknown", scenario="unheard-of")])
    assert not chosen(there.at(ESTIMATE, subject="risk/T-20"), "facts.likelihood")


def test_the_words_are_those_of_the_context_that_is_meant(there: Seat) -> None:
    assert not isinstance(append(LEDGER, [other_context(SHORT)]), list)
    last, meant = there.at(ESTIMATE), there.at(ESTIMATE, **{"facts.context": CONTEXT})
    assert len(list(last.one("select", name="facts.likelihood"))) == 4
    assert len(list(meant.one("select", name="facts.likelihood"))) == 6
    unknown = there.at(ESTIMATE, **{"facts.context": "context/nobody-knows"})
    assert not list(unknown.all("select", name="facts.likelihood"))


def test_a_scale_of_other_steps_is_not_filled_in_and_that_is_said(there: Seat) -> None:
    assert not isinstance(append(LEDGER, [other_context(SHORT)]), list)
    page = there.at(ESTIMATE, subject="risk/T-1", **{"facts.context": "context/later"})
    assert not chosen(page, "facts.likelihood")
    assert "has other levels, so that none is filled in" in words(page.one("main"))


def test_a_risk_is_told_anew_under_its_name(there: Seat) -> None:
    found = there.get("records", kind="risk.identified")
    assert found.status == 200
    told = line("risk.identified", today(), {"label": "New", "consequences": ["supply"]}, "risk/T-30")
    done = append(LEDGER, [told])
    assert not isinstance(done, list)
    record = there.get(f"records/{done.first + 1}")
    form = there.at(record.links()["Replace"])
    assert value(form, "statement.subject") == "risk/T-30"
