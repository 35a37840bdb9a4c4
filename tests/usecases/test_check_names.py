"""States and questions that nobody asks for, of that subject or under that aspect, and clauses that are not there."""

from __future__ import annotations

import pytest

from tests.usecases.naming import (
    ELEMENT,
    ENGAGED,
    Told,
    direction,
    evidence,
    found,
    judged,
    one,
    policy,
    report,
    told_of,
)


@pytest.mark.parametrize(
    ("subject", "fact", "aspect", "nearest"),
    [
        ("system", "element_secure", "operated/suply", "operated/supply"),
        ("element/1", "element_secure", "desinged/data_loss", "designed/data_loss"),
        ("system", "access_needed", "data_move", "data_moving"),
        ("policy/1", "statement_operates", "S11", "S1"),
        ("direction/1", "prohibition_kept", "no-remote-updates", "no-remote-update"),
    ],
)
def test_an_aspect_that_nobody_asks_for_is_told_with_the_nearest(
    subject: str, fact: str, aspect: str, nearest: str
) -> None:
    there = (ELEMENT, policy("S1", "S2"), direction(1, "no-remote-update", act="refrain"))
    assert found(*there, evidence(fact, subject, nearest)) == []
    (problem,) = found(*there, evidence(fact, subject, aspect))
    assert (problem.code.value, problem.field, problem.line) == ("name.unknown", "facts.aspect", 7)
    assert problem.message == f"It is “{aspect}”, but {fact} of {subject} is not asked under that."
    assert problem.hint.startswith(f"Did you mean {nearest}? The names are: ")


def test_an_aspect_that_is_missing_is_told() -> None:
    (problem,) = found(ELEMENT, evidence("element_secure", "element/1"))
    assert (problem.code.value, problem.field) == ("name.unknown", "facts.aspect")
    assert problem.message == "It is missing, but element_secure is asked under an aspect."
    assert problem.hint.startswith("The names are: designed/data_loss, ")


def test_an_aspect_where_none_is_asked_for_is_told() -> None:
    (problem,) = found(judged("resource_adequate", aspect="people"))
    assert (problem.message, problem.hint) == (
        "It is “people”, but resource_adequate is asked without an aspect.",
        "Leave it out.",
    )
    assert found(evidence("evidence_retained", "licensee", "paper"))[0].field == "facts.aspect"


def test_a_judgement_is_held_to_its_aspects_too() -> None:
    assert found(policy(), judged("provision_appropriate", "policy/1", "access")) == []
    (problem,) = found(policy(), judged("provision_appropriate", "policy/1", "acces"))
    assert problem.hint == ("Did you mean access? The names are: risk_treatment, access, incidents, continuity.")


def test_a_prohibition_is_kept_by_its_own_name_and_a_step_is_none() -> None:
    step = direction(1, "step-1")
    assert told_of(step, evidence("prohibition_kept", "direction/1", "step-1")) == [("name.unknown", "facts.aspect")]


def test_what_a_withdrawn_record_names_is_nothing_to_compare_with() -> None:
    withdrawn = one("record.withdrawn", "2013-07-01", facts={"because": "never-happened"}, withdraws="first")
    assert told_of(policy("S1", label="first"), evidence("statement_operates", "policy/1", "S7"), withdrawn) == []


@pytest.mark.parametrize(
    ("record", "asked"),
    [
        (evidence("element_secure", "direction/1", "operated/supply"), "system, element/…"),
        (evidence("need_met", "licensee"), "need/…"),
        (evidence("done_instead", "system"), "element/…"),
        (judged("all_steps_taken"), "element/…, incident/…, system"),
        (judged("resource_adequate", "system"), "licensee"),
        (judged("policy_appropriate", "element/1"), "policy/…"),
    ],
)
def test_a_subject_that_a_state_or_question_is_not_asked_of_is_told(record: Told, asked: str) -> None:
    (problem,) = found(ELEMENT, direction(1, "step-1"), record)
    assert (problem.code.value, problem.field, problem.line) == (
        "name.unknown",
        "statement.subject",
        5 if "question" in record["facts"] else 6,
    )
    name = record["facts"].get("fact") or record["facts"]["question"]
    assert problem.message == f"It is “{record['subject']}”, but {name} is not asked of that."
    assert problem.hint == f"It is asked of: {asked}."


def test_a_report_covers_clauses_that_there_are() -> None:
    assert found(ENGAGED, report(coverage=["Z.4", "Z.7", "Z.7(b)", "Z.10(a)", "Z.14", "Z.17", "Z.19"])) == []
    problems = found(ENGAGED, report(coverage=["Z.4", "Z4", "Z.10(e)"]))
    assert [(problem.code.value, problem.field) for problem in problems] == [
        ("name.unknown", "facts.coverage[1]"),
        ("name.unknown", "facts.coverage[2]"),
    ]
    assert problems[0].message == "It is “Z4”, but condition_z_2012 has no such clause."
    assert problems[0].hint.startswith("Did you mean Z.4? The names are: Z.4, Z.5, ")
    assert problems[0].hint.endswith(" more.")
