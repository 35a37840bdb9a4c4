"""What an explanation says would be without a record is what is without it, also where another record would do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.days import in_words
from meterward.core.facts.node import Outcome
from meterward.core.obligations.status import Status
from tests.builders.evaluations import evaluated, pack_of
from tests.builders.histories import REPORT, History
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from meterward.core.facts.node import Node

MARCH, APRIL, MAY = date(2013, 3, 10), date(2013, 4, 10), date(2013, 5, 10)


def _node(history: History, duty: str, label: str, day: date) -> Node:
    """The node of that label in the explanation of a duty under its default reading."""
    result = evaluated(history.scribe.records, pack_of(duty)).duty(duty)
    assert result, duty
    outlook = result.readings[0].outlook(day)
    assert outlook, day
    (found,) = (node for top in outlook.explain(day) for node in top.walk() if node.label == label)
    return found


@pytest.mark.parametrize(("day", "without"), [(APRIL, Outcome.UNKNOWN), (MAY, Outcome.HELD)])
def test_a_second_answer_stands_in_for_the_first(day: date, without: Outcome) -> None:
    history = History()
    history.add("evidence.requested", MARCH, "request/1", by=["authority"])
    for produced in (APRIL, MAY):
        history.add("evidence.produced", produced, "request/1", complete=True)
    assert _node(history, "Z.7(b)/produce", "done by evidence.produced", day).without is without


@pytest.mark.parametrize(("day", "without"), [(MARCH, Outcome.UNKNOWN), (APRIL, Outcome.HELD)])
def test_a_second_document_stands_in_for_the_first(day: date, without: Outcome) -> None:
    history = History()
    scope: dict[str, Any] = {"scope": ["network"], "risks": 0}
    for number, on in enumerate((MARCH, APRIL), 1):
        history.add("assessment.completed", on, f"assessment/{number}", **scope)
    assert _node(history, "Z.7(b)/retain", "documents kept by digest", day).without is without


@pytest.mark.parametrize(("day", "without"), [(MARCH, Status.BREACHED), (APRIL, Status.MET)])
def test_a_second_version_covers_the_days_of_the_first(day: date, without: Status) -> None:
    history = History()
    for number, on in enumerate((MARCH, APRIL), 1):
        history.add("policy.issued", on, f"policy/{number}", effective=str(on))
    assert _node(history, "Z.9/maintain", "a version in effect on every day", day).without is without
    assert _node(history, "Z.9", "policy/1, in effect from 10 March 2013", day).without is (
        Outcome.HELD if day == APRIL else Outcome.UNKNOWN
    )


@pytest.mark.parametrize(("other", "without"), [("", Outcome.UNKNOWN), ("2012-12-31", Outcome.FAILED)])
def test_without_its_recognition_an_auditor_with_another_that_ran_out_fails(other: str, without: Outcome) -> None:
    history = History()
    facts: dict[str, Any] = {"organisation": "auditor-a", "scheme": "check"}
    history.add("auditor.recognised", MARCH, "recognition/1", **facts, valid_from="2013-01-01")
    if other:
        history.add("auditor.recognised", MARCH, "recognition/2", **facts, valid_from="2012-01-01", valid_to=other)
    history.add("audit.engaged", MARCH, "audit/1", organisation="auditor-a", independence="declared")
    history.enter(Draft("audit.reported", MAY, MAY, REPORT, "audit/1"))
    label = f"auditor-a recognised from {in_words(date.fromisoformat(REPORT['fieldwork_start']))} to {in_words(MAY)}"
    assert _node(history, "Z.14(a)", label, MAY).without is without
