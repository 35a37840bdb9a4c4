"""Requirements, recommendations, gaps and risks that the record which would name them does not name."""

from __future__ import annotations

import pytest

from tests.usecases.naming import (
    ENGAGED,
    NOTE,
    Told,
    action,
    answer,
    assessed,
    decision,
    direction,
    found,
    one,
    report,
    told_of,
    treated,
)


def test_an_answer_names_a_requirement_of_its_direction() -> None:
    assert told_of(direction(1, "step-1"), answer(1, "step-1")) == []
    (problem,) = found(direction(1, "step-1", "step-2"), answer(1, "stpe-1"))
    assert (problem.code.value, problem.field) == ("name.unknown", "facts.requirement")
    assert problem.message == "It is “stpe-1”, but direction/1 has no such requirement."
    assert problem.hint == "Did you mean step-1? The names are: step-1, step-2."


@pytest.mark.parametrize(("place", "name"), [(1, "a"), (1, "b"), (2, "a"), (2, "b"), (3, "a"), (1, "c"), (3, "c")])
def test_a_requirement_of_any_version_of_the_direction_will_do(place: int, name: str) -> None:
    versions = (
        direction(1, "a", label="first"),
        direction(2, "b", on="2013-05-10", replaces="first", label="second"),
        direction(3, "c", on="2013-05-20", replaces="second"),
    )
    assert told_of(*versions, answer(place, name)) == []
    assert told_of(*versions, direction(4, "d"), answer(place, "d")) == [("name.unknown", "facts.requirement")]


def test_a_corrected_direction_counts_as_corrected() -> None:
    corrected = (direction(1, "a", label="first"), direction(1, "b", corrects="first"))
    assert told_of(*corrected, answer(1, "b")) == []
    assert told_of(*corrected, answer(1, "a")) == [("name.unknown", "facts.requirement")]


def test_a_withdrawn_direction_leaves_its_answers_alone() -> None:
    facts = {"because": "never-happened"}
    withdrawn = one("record.withdrawn", "2013-07-01", role="authority_officer", facts=facts, withdraws="first")
    assert told_of(direction(1, "a", label="first"), answer(1, "x"), withdrawn) == []


def test_a_decision_names_a_recommendation_of_a_report() -> None:
    assert told_of(ENGAGED, report("rec-1"), decision("rec-1")) == []
    (problem,) = found(ENGAGED, report("rec-1"), decision("rec-7"))
    assert (problem.code.value, problem.field) == ("name.unknown", "facts.recommendation")
    assert problem.message == "It is “rec-7”, but no report of audit/1 recommends that."


def test_the_report_may_come_later_in_the_ledger() -> None:
    late = report("rec-1", recorded="2013-10-01")
    assert told_of(ENGAGED, decision("rec-1"), late) == []
    assert told_of(ENGAGED, decision("rec-2"), late) == [("name.unknown", "facts.recommendation")]


def test_a_recommendation_of_a_replaced_report_will_do() -> None:
    again = report("rec-2", on="2013-08-25", replaces="first")
    assert told_of(ENGAGED, report("rec-1", label="first"), again, decision("rec-1"), decision("rec-2")) == []


@pytest.mark.parametrize("story", [(ENGAGED,), (ENGAGED, report(unstated=True))])
def test_without_a_stated_recommendation_there_is_nothing_to_compare_with(story: tuple[Told, ...]) -> None:
    assert told_of(*story, decision("rec-1")) == []


def test_a_report_that_recommends_nothing_leaves_nothing_to_decide() -> None:
    (problem,) = found(ENGAGED, report(), decision("rec-1"))
    assert problem.hint == "The names are: none."


def test_an_action_names_a_recommendation_of_its_report() -> None:
    assert found(ENGAGED, report("rec-1"), action("audit/1", "rec-1")) == []
    assert found(ENGAGED, report("rec-1"), action("audit/1", "")) == []
    (problem,) = found(ENGAGED, report("rec-1"), action("audit/1", "rec1"))
    assert (problem.code.value, problem.field) == ("name.unknown", "facts.part")
    assert problem.message == "It is “rec1”, but no report of audit/1 recommends that."


def test_an_action_names_a_gap_of_its_assessment() -> None:
    facts = {
        "standard": "iso27001",
        "edition": "2005",
        "scope": ["network"],
        "requirements": 9,
        "gaps": ["A.9.1.1"],
        "strength": "evidenced",
    }
    gaps = one("standard.assessed", "2013-03-04", "conformity/1", facts=facts)
    assert found(gaps, action("conformity/1", "A.9.1.1")) == []
    (problem,) = found(gaps, action("conformity/1", "A.9.1.l"))
    assert problem.message == "It is “A.9.1.l”, but conformity/1 found no such gap."
    assert problem.hint == "Did you mean A.9.1.1? The names are: A.9.1.1."


def test_the_part_of_what_names_no_parts_is_free() -> None:
    incident = one("incident.recorded", "2013-06-10", "incident/1", facts={"detected": "2013-06-10", "severity": "low"})
    assert found(incident, action("incident/1", "containment")) == []
    assert found(ENGAGED, action("audit/1", "rec-1")) == []
    assert found(ENGAGED, report(unstated=True), action("audit/1", "rec-1")) == []


def test_there_is_something_to_decide_where_every_report_recommends_something() -> None:
    (problem,) = found(ENGAGED, report("rec-1", "rec-2"), NOTE)
    assert (problem.code.value, problem.field) == ("name.unknown", "facts.decision")
    assert problem.message == "It is “nothing_to_decide”, but every report of audit/1 recommends something."
    assert problem.hint == "Decide on each: rec-1, rec-2."


def test_nothing_to_decide_answers_any_report_that_names_no_recommendation() -> None:
    later = report("rec-1", on="2013-09-20", replaces="first")
    for first in (report(label="first"), report(unstated=True, label="first")):
        assert found(ENGAGED, first, NOTE) == []
        assert found(ENGAGED, first, NOTE, later) == []
    assert found(ENGAGED, report("rec-1", status="draft"), NOTE) == []
    assert found(ENGAGED, NOTE) == []


def test_a_treated_risk_is_one_that_its_assessment_names() -> None:
    assert found(assessed("R-07"), treated("R-07")) == []
    (problem,) = found(assessed("R-07", "R-12"), treated("R-O7"))
    assert (problem.code.value, problem.field) == ("name.unknown", "facts.risk")
    assert problem.message == "It is “R-O7”, but assessment/1 names no such risk above appetite."
    assert problem.hint == "Did you mean R-07? The names are: R-07, R-12."


def test_an_assessment_that_names_no_risk_is_nothing_to_compare_with() -> None:
    assert found(assessed(), treated("R-07")) == []


def test_of_many_names_ten_are_listed() -> None:
    (problem,) = found(assessed(*"abcdefghi"), treated("x"))
    assert problem.hint == "The names are: a, b, c, d, e, f, g, h, i."
    (problem,) = found(direction(1, *"abcdefghij"), answer(1, "x"))
    assert problem.hint == "The names are: a, b, c, d, e, f, g, h, i, j."
    (problem,) = found(direction(1, *"abcdefghijkl"), answer(1, "x"))
    assert problem.hint == "The names are: a, b, c, d, e, f, g, h, i, j and 2 more."
