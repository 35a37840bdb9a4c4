"""What the domains say that they ask of findings and judgements is what their folds ask."""

from __future__ import annotations

from meterward.core.facts.reader import Reader
from meterward.core.obligations.registry import ASKED
from tests.builders.evaluations import the_pack
from tests.docs.asked import asked, index_of_story

SINGLE = ("system", "licensee")


def test_what_is_said_to_be_asked_is_what_the_folds_ask() -> None:
    reader = Reader(index_of_story())
    said = {
        (one.name, of, aspect)
        for one in ASKED
        for of in one.of
        for aspect in one.aspects(reader, of if of in SINGLE else f"{of}/1") or ()
    }
    folded = {
        (cell.name, cell.subject, cell.aspect) for duty in the_pack().duties for cell in asked(the_pack(), duty)[1]
    }
    assert said == folded


def test_the_states_and_questions_of_the_pack_are_those_that_are_asked_for() -> None:
    reference = the_pack().reference
    assert {one.name for one in ASKED} == {*reference.states, *reference.questions}


def test_a_subject_is_asked_in_one_way() -> None:
    asked_of = [(one.name, of) for one in ASKED for of in one.of]
    assert len(set(asked_of)) == len(asked_of)
