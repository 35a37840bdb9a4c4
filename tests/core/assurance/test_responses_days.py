"""What follows from a report is asked once the report is known, however early it was decided or planned."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builders.histories import REPORT, History

DECISIONS = "Z.16(b)"
SUBJECT = "audit/1"


def _engaged() -> History:
    history = History()
    history.add("audit.engaged", date(2013, 3, 10), SUBJECT, organisation="auditor-a", independence="declared")
    return history


def test_an_action_planned_before_the_report_is_not_asked_about_before_it() -> None:
    history = _engaged()
    due: dict[str, Any] = {"of": SUBJECT, "part": "rec-1", "due": "2013-04-30", "owner": "risk_owner"}
    history.add("action.planned", date(2013, 4, 1), "action/1", **due)
    history.add("audit.reported", date(2013, 6, 1), SUBJECT, **REPORT)
    assert history.status(DECISIONS, date(2013, 5, 31)) == "not-triggered"
    assert history.status(DECISIONS, date(2013, 6, 1)) == "indeterminate"


def test_a_decision_before_the_report_asks_for_no_action_before_it() -> None:
    history = _engaged()
    decided: dict[str, Any] = {"decision": "accept", "recommendation": "rec-1"}
    history.add("recommendation.decided", date(2013, 4, 1), SUBJECT, **decided)
    history.add("audit.reported", date(2013, 6, 1), SUBJECT, **REPORT)
    assert history.status(DECISIONS, date(2013, 5, 31)) == "not-triggered"
    assert history.status(DECISIONS, date(2013, 6, 1)) == "pending"
