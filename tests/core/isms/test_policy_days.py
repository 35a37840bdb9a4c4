"""What a version of the policy asks for on a day does not depend on what became of it, or of its assessment, later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.builders.evaluations import licence_of, the_pack
from tests.builders.histories import History
from tests.builders.isms_acts import CATEGORIES, PROVISIONS
from tests.builders.lines import Draft
from tests.builders.stories import told

MARCH = date(2013, 3, 5)


def _policy(on: date, subject: str, **facts: object) -> Draft:
    return Draft("policy.issued", on, on, {"effective": str(on), "provisions": list(PROVISIONS), **facts}, subject)


def test_a_version_replaced_before_its_effect_awaited_consideration_until_then() -> None:
    history = History()
    first = history.enter(_policy(date(2013, 4, 1), "policy/1", effective="2013-06-01"))
    second = _policy(date(2013, 5, 1), "policy/2", effective="2013-05-15")
    history.enter(replace(second, links={"replaces": first.id}))
    assert history.status("Z.12", date(2013, 3, 31), "after-effect") == "not-triggered"
    assert history.status("Z.12", date(2013, 4, 1), "after-effect") == "pending"
    assert history.status("Z.12", date(2013, 4, 30), "after-effect") == "pending"
    assert history.status("Z.9", date(2013, 5, 15)) == "met-late"


def test_a_risk_treated_before_its_assessment_counts_from_the_assessment() -> None:
    history = History()
    facts = {"scope": list(CATEGORIES), "risks": 1, "above_appetite": ["R1"]}
    history.add("assessment.completed", date(2013, 6, 1), "assessment/1", recorded=date(2013, 6, 1), **facts)
    history.enter(replace(_policy(MARCH, "policy/1", assessment="assessment/1"), recorded=date(2013, 6, 1)))
    history.add("risk.treated", MARCH, "assessment/1", risk="R1", option="modify")
    question = {"question": "provision_appropriate", "answer": "yes", "aspect": "risk_treatment"}
    history.enter(Draft("judgement.made", MARCH, MARCH, question, "policy/1", "senior_manager"))
    assert history.status("Z.10(a)", date(2013, 5, 31)) == "indeterminate"
    assert history.status("Z.10(a)", date(2013, 6, 1)) == "met"


def test_a_review_is_asked_for_by_the_incident_as_it_was_corrected() -> None:
    incident = {"kind": "incident.recorded", "on": date(2014, 1, 1), "subject": "incident/1"}
    facts = {"detected": "2014-01-01", "severity": "low"}
    wrong = {**incident, "label": "wrong", "facts": facts}
    right = {**incident, "recorded": date(2014, 2, 1), "corrects": "wrong", "facts": {**facts, "severity": "high"}}
    policy = {
        "kind": "policy.issued",
        "on": date(2013, 3, 1),
        "subject": "policy/1",
        "facts": {"effective": "2013-03-04"},
    }
    *before, corrected = told(policy, wrong, right)
    growing = licence_of(before)
    growing.evaluate(the_pack())
    growing.append(corrected)
    asked = growing.position(the_pack(), date(2014, 3, 1), "engine")
    assert asked.receipt == licence_of([*before, corrected]).position(the_pack(), date(2014, 3, 1), "engine").receipt
