"""Retained evidence: an act that lacks its document is open from its own day, whatever else is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builders.histories import History
from tests.builders.lines import Draft

RETAIN = "Z.7(b)/retain"
SCOPE: dict[str, Any] = {"scope": ["network"], "risks": 0}


def _without_document(on: date) -> Draft:
    return Draft("assessment.completed", on, on, SCOPE, "assessment/1", files=False)


def test_a_lone_act_without_its_document_is_owed_one() -> None:
    history = History()
    history.enter(_without_document(date(2013, 4, 1)))
    assert history.status(RETAIN, date(2013, 3, 31)) == "not-triggered"
    assert history.status(RETAIN, date(2013, 4, 1)) == "pending"
    assert history.status(RETAIN, date(2013, 5, 1)) == "pending"
    assert history.status(RETAIN, date(2013, 5, 2)) == "indeterminate"


def test_a_later_document_changes_no_earlier_day() -> None:
    history = History()
    history.enter(_without_document(date(2013, 4, 1)))
    before = [history.status(RETAIN, date(2013, month, 20)) for month in (3, 4, 5)]
    history.add("assessment.completed", date(2013, 9, 1), "assessment/2", **SCOPE)
    assert [history.status(RETAIN, date(2013, month, 20)) for month in (3, 4, 5)] == before


def _finding(on: date, outcome: str) -> Draft:
    facts = {"fact": "evidence_retained", "outcome": outcome, "strength": "evidenced"}
    return Draft("state.evidenced", on, on, facts, "licensee")


def test_a_finding_that_evidence_is_retained_is_no_evidence_to_retain() -> None:
    history = History()
    history.enter(_finding(date(2013, 4, 1), "held"))
    assert history.status(RETAIN, date(2013, 4, 1)) == "not-triggered"


def test_a_loss_breaches_until_something_shows_that_evidence_is_retained() -> None:
    history = History()
    history.add("assessment.completed", date(2013, 4, 1), "assessment/1", **SCOPE)
    history.enter(_finding(date(2013, 5, 1), "failed"))
    history.enter(_finding(date(2013, 6, 1), "held"))
    days = (date(2013, 4, 30), date(2013, 5, 1), date(2013, 5, 31), date(2013, 6, 1))
    assert [history.status(RETAIN, day) for day in days] == ["met", "breached", "breached", "met"]
