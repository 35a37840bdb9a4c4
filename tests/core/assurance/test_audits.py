"""An audit counts by what held of its auditors while they audited, from engagement or first fieldwork to report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from meterward.core.assurance.audits import audits
from meterward.core.facts.node import Outcome
from tests.builders.stories import RECOGNISED, asked, reader

ENGAGED: dict[str, Any] = {"kind": "audit.engaged", "on": date(2013, 6, 1), "subject": "audit/1"}
REPORTED: dict[str, Any] = {"kind": "audit.reported", "on": date(2013, 8, 20), "subject": "audit/1"}
OTHER: dict[str, Any] = {**RECOGNISED, "facts": {"scheme": "equivalent"}}
YES: dict[str, Any] = {"kind": "judgement.made", "on": date(2013, 6, 5), "role": "senior_manager"}


def _counts(day: date, *story: dict[str, Any]) -> Outcome:
    (act,) = audits(reader(*story), asked(completion="report", constitutive="no")).acts
    return act.counts.timeline.at(day)


@pytest.mark.parametrize(("start", "outcome"), [("2013-07-01", Outcome.HELD), ("2013-06-30", Outcome.FAILED)])
def test_auditors_are_recognised_from_the_first_day_of_fieldwork(start: str, outcome: Outcome) -> None:
    recognised = {**RECOGNISED, "facts": {"valid_from": "2013-07-01"}}
    engaged = {**ENGAGED, "on": date(2013, 7, 1)}
    report = {**REPORTED, "facts": {"fieldwork_start": start}}
    assert _counts(REPORTED["on"], recognised, engaged, report) is outcome


@pytest.mark.parametrize(("last", "outcome"), [("2013-08-20", Outcome.HELD), ("2013-08-19", Outcome.UNKNOWN)])
def test_a_judgement_that_stood_to_the_report_stands_for_good(last: str, outcome: Outcome) -> None:
    equivalent = {"question": "equivalent_standing", "answer": "yes", "grounds": ["status", "effect"], "valid_to": last}
    judged = {**YES, "subject": "recognition/a", "facts": equivalent}
    assert _counts(date(2014, 6, 1), OTHER, ENGAGED, judged, REPORTED) is outcome


@pytest.mark.parametrize(("last", "outcome"), [("2013-08-20", Outcome.HELD), ("2013-08-19", Outcome.UNKNOWN)])
def test_independence_judged_to_the_report_stands_for_good(last: str, outcome: Outcome) -> None:
    engaged = {**ENGAGED, "facts": {"independence": "not_declared"}}
    independent = {"question": "auditor_independent", "answer": "yes", "valid_to": last}
    judged = {**YES, "subject": "audit/1", "facts": independent}
    assert _counts(date(2014, 6, 1), RECOGNISED, engaged, judged, REPORTED) is outcome


def test_a_report_before_the_engagement_is_not_by_the_auditors_engaged() -> None:
    early = {**REPORTED, "recorded": date(2013, 9, 12)}
    late = {**ENGAGED, "on": date(2013, 9, 10)}
    assert _counts(date(2013, 9, 12), RECOGNISED, late, early) is Outcome.FAILED
