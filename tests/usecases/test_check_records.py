"""Names that nobody knows: of states, questions, requirements, recommendations and parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.usecases.check_records import check_hypothesis, check_records
from tests.builders.stories import PACK, the_pack, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.problem import Problem

Told = dict[str, Any]
ELEMENT = {"kind": "element.declared", "on": "2013-03-04", "subject": "element/1"}


def found(*story: Mapping[str, Any], licences: int = 1) -> list[Problem]:
    """What is wrong with a story, as each of some licences sees it."""
    pack = the_pack()
    index = Index("electricity")
    for record in told(*story):
        index.append(record)
    return list(check_records(pack, {PACK: pack}, [Reader(index)] * licences))


def one(kind: str, on: str, subject: str = "", **rest: object) -> Told:
    """One record; facts are given as `facts`."""
    return {"kind": kind, "on": on, **({"subject": subject} if subject else {}), **rest}


def finding(fact: str, **rest: object) -> Told:
    """A finding on the system as a whole."""
    facts = {"fact": fact, "outcome": "failed", "strength": "evidenced", "aspect": "operated/supply"}
    return one("state.evidenced", "2013-04-01", "system", facts=facts, **rest)


def judged(question: str, **rest: object) -> Told:
    """A judgement on the licensee."""
    return one("judgement.made", "2013-04-01", "licensee", facts={"question": question, "answer": "no"}, **rest)


def direction(place: int, *names: str, on: str = "2013-05-01", **rest: object) -> Told:
    """A direction that requires steps of some names."""
    facts = {
        "issuers": ["authority"],
        "addressees": ["northlight"],
        "purposes": ["mitigate"],
        "requirements": [{"name": name, "act": "do"} for name in names],
    }
    return one("direction.issued", on, f"direction/{place}", facts=facts, **rest)


def answer(place: int, name: str, on: str = "2013-06-01", **rest: object) -> Told:
    """An answer to a step of a direction."""
    return one("direction.answered", on, f"direction/{place}", facts={"requirement": name}, **rest)


def report(*names: str, on: str = "2013-08-20", **rest: object) -> Told:
    """A report with recommendations of some names; `unstated=True` has it say nothing of them."""
    facts = {
        "author": "auditor-a",
        "addressee": "northlight",
        "status": "final",
        "fieldwork_start": "2013-07-01",
        "fieldwork_end": "2013-07-20",
        "coverage": ["Z.4"],
        "recommendations": "" if rest.pop("unstated", False) else list(names),
    }
    return one("audit.reported", on, "audit/1", facts=facts, **rest)


def decision(name: str, on: str = "2013-09-10", **rest: object) -> Told:
    """A decision on a recommendation."""
    return one("recommendation.decided", on, "audit/1", facts={"decision": "accept", "recommendation": name}, **rest)


ENGAGED = one("audit.engaged", "2013-06-01", "audit/1", facts={"organisation": "auditor-a", "independence": "declared"})


def told_of(*story: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Code and field of each problem."""
    return [(problem.code.value, problem.field) for problem in found(*story)]


def test_names_that_the_pack_knows_are_taken() -> None:
    assert found(finding("element_secure"), judged("resource_adequate")) == []


def test_a_state_that_the_pack_does_not_know_is_told_with_the_nearest() -> None:
    (problem,) = found(finding("element_secured"))
    assert (problem.code.value, problem.field, problem.line) == ("name.unknown", "facts.fact", 4)
    assert problem.message == "It is “element_secured”, but condition_z_2012 asks about no such state."
    assert problem.hint.startswith("Did you mean element_secure? The names are: element_secure, ")


def test_a_question_that_the_pack_does_not_know_is_told() -> None:
    (problem,) = found(judged("is_all_well"))
    assert (problem.code.value, problem.field) == ("name.unknown", "facts.question")
    assert problem.hint.startswith("The names are: all_steps_taken, ")


def test_what_two_licences_share_is_told_once() -> None:
    assert len(found(finding("element_secured"), licences=2)) == 1


def test_a_slip_is_mended_by_a_correction_or_a_withdrawal() -> None:
    wrong = finding("element_secured", label="wrong")
    assert found(wrong, finding("element_secure", corrects="wrong")) == []
    taken_back = one("record.withdrawn", "2013-04-02", facts={"because": "never-happened"}, withdraws="wrong")
    assert found(wrong, taken_back) == []


def test_names_of_another_pack_count_once_it_was_adopted() -> None:
    pack = the_pack()
    other = replace(
        pack,
        name="other",
        reference=replace(pack.reference, states={"elsewhere": next(iter(pack.reference.states.values()))}),
    )
    adopted = one("pack.adopted", "2013-01-05", "licensee", facts={"pack": "other", "pack_version": 1})
    for story, expected in (((finding("elsewhere"),), 1), ((adopted, finding("elsewhere")), 0)):
        index = Index("electricity")
        for record in told(*story):
            index.append(record)
        assert len(list(check_records(pack, {PACK: pack, "other": other}, [Reader(index)]))) == expected


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


def test_the_fuel_is_never_adopted() -> None:
    facts = {"pack": PACK, "pack_version": 1, "parameters": [{"name": "fuel", "value": "gas"}]}
    (problem,) = found(one("pack.adopted", "2013-01-05", "licensee", facts=facts))
    assert (problem.code.value, problem.field) == ("parameter.derived", "facts.parameters[0]")


def test_a_parameter_is_told_with_the_nearest() -> None:
    (problem,) = check_hypothesis(the_pack(), {"z8_strenght": "comply"})
    assert problem.hint.startswith("Did you mean z8_strength? ")
