"""What is known beside the map: of several licences together, by the day that is shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.records.kinds import coverage_measured
from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.survey_system import Surveyed, survey
from tests.builders.histories import History
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST, LATER, LAST = date(2013, 4, 2), date(2013, 5, 2), date(2013, 6, 3)
BOTH = ("electricity", "gas")
AGREED = {"party": "carrier-a", "elements": ["element/carrier"], "requirements": [{"name": "encryption"}]}


@pytest.fixture
def history() -> History:
    """An element of both licences, operated by others."""
    made = History()
    told = {"categories": ["network"], "operator": "on_behalf", "power": "within", "in_service": FIRST.isoformat()}
    say(made, "element.declared", FIRST, told, "element/carrier")
    return made


def say(history: History, kind: str, on: date, facts: Any, subject: str, licences: Sequence[str] = BOTH) -> None:  # noqa: ANN401 - any facts
    history.enter(Draft(kind, on, on, facts, subject, licences=licences))


def agree(history: History, on: date = FIRST, **more: object) -> None:
    say(history, "contract.agreed", on, {**AGREED, "first": FIRST.isoformat(), **more}, "contract/carrier")


def surveyed(history: History, day: date) -> Surveyed:
    held = dossiers_of("northlight", history.scribe.records, None, {})
    assert isinstance(held, list)
    return survey(held, day)


def test_a_contract_of_two_licences_stands_once_with_the_worse_of_how_its_tests_came_out(history: History) -> None:
    agree(history)
    passed = {"delivery": "one", "results": [{"requirement": "encryption", "outcome": "passed"}], "accepted": True}
    say(history, "acceptance.tested", LATER, passed, "contract/carrier", ["electricity"])
    (found,) = surveyed(history, LAST).contracts
    assert [one.came for one in found.requirements] == ["untested"]
    say(history, "acceptance.tested", LATER, passed, "contract/carrier", ["gas"])
    (found,) = surveyed(history, LAST).contracts
    assert [one.came for one in found.requirements] == ["passed"]


def test_a_contract_that_is_over_is_told_once(history: History) -> None:
    agree(history, last=LATER.isoformat())
    assert surveyed(history, LATER).lapsed == ()
    assert [one.record.subject for one in surveyed(history, LAST).lapsed] == ["contract/carrier"]


def test_each_count_stands_once_and_none_before_its_day(history: History) -> None:
    facts = {**coverage_measured.KIND.example, "as_at": FIRST.isoformat()}
    say(history, "coverage.measured", LATER, facts, "system")
    say(history, "coverage.measured", LAST, {**facts, "as_at": LATER.isoformat()}, "system")
    found = surveyed(history, LATER).coverage
    assert [one.facts.as_at for one in found.counts["both"]] == [FIRST]
    found = surveyed(history, LAST).coverage
    assert [one.facts.as_at for one in found.counts["both"]] == [FIRST, LATER]
    assert [(one.fuel, one.record and one.record.facts.as_at) for one in found.last] == [
        ("electricity", LATER),
        ("gas", LATER),
    ]
