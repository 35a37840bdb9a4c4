"""Explanations: which duties a clause takes in, and what each of the five questions is answered with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.core.facts.owed import Source
from meterward.core.obligations.law import Due, Limit
from meterward.core.obligations.position import Deadline
from meterward.core.obligations.status import Status
from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.explain_changes import Changes, Turn
from meterward.usecases.explain_clause import (
    Clause,
    Explained,
    Explanation,
    exit_code,
    explain_clause,
    limit_in_words,
)
from meterward.usecases.explain_words import changes_in_words, deadlines_in_brief, missing_in_words
from tests.builders import brightwater
from tests.usecases.positions import AS_AT, load, pack, position_of


def clause(name: str, day: date = AS_AT) -> Clause:
    """The explanation of a clause."""
    found = explain_clause(position_of(day), name)
    assert isinstance(found, Clause), found
    return found


def duty(name: str, day: date = AS_AT) -> Explained:
    """The explanation of the one duty that a name names."""
    (found,) = [one for one in clause(name, day).duties if one.position.duty.id == name]
    return found


def default(name: str, day: date = AS_AT) -> Explanation:
    """The default reading of a duty."""
    return duty(name, day).readings[0]


def test_a_clause_has_all_its_duties() -> None:
    assert [one.position.duty.id for one in clause("Z.9").duties] == [
        "Z.9",
        "Z.9/maintain",
        "Z.9/effect",
        "Z.9(a)",
        "Z.9(b)",
    ]
    assert [one.position.duty.id for one in clause("Z.7(b)").duties] == ["Z.7(b)/retain", "Z.7(b)/produce"]


def test_a_power_and_what_is_owed_under_it_stand_together() -> None:
    found = clause("Z.17")
    assert [one.clause for one in found.provisions] == ["Z.17", "Z.17(a)", "Z.17(b)"]
    assert [one.position.duty.id for one in found.duties] == ["Z.17(c)", "Z.17(d)"]


def test_an_unknown_clause_names_those_there_are() -> None:
    found = explain_clause(position_of(), "Z.99")
    assert isinstance(found, Problem)
    assert found.code is Code.CLAUSE_UNKNOWN
    assert found.hint.index("Z.9,") < found.hint.index("Z.10(a)")


def test_the_provisions_that_shape_a_duty() -> None:
    assert [one.clause for one in default("Z.9(b)").asked.provisions] == [
        "Z.1",
        "Z.2",
        "Z.3",
        "Z.5(a)",
        "Z.5(b)",
        "Z.5(c)",
        "Z.6",
        "Z.6(a)",
        "Z.6(b)",
        "Z.6(c)",
    ]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (Due(30, Limit.DAYS, Source.PRODUCT), "30 days (our own limit)"),
        (Due(20, Limit.WORKING_DAYS, Source.PRODUCT), "20 working days (our own limit)"),
        (Due(0, Limit.MONTHS, Source.CLAUSE, "z14_first_months"), "as many months as z14_first_months says"),
    ],
)
def test_limits_in_words(due: Due | None, words: str) -> None:
    assert limit_in_words(due) == words


def test_the_records_found_are_those_of_the_tree_by_day() -> None:
    one = default("Z.14(a)")
    days = [record.occurred for record in one.records]
    assert days == sorted(days)
    assert {record.id for record in one.records} == {
        record.id for top in one.found for node in top.walk() for record in node.records
    }


def test_a_deadline_stands_with_the_reading_that_has_it() -> None:
    readings = {one.asked.reading.id: one for one in duty("Z.14(b)").readings}
    calendar = [deadline.day for deadline in readings["calendar-years"].follows.deadlines]
    assert calendar == [date(2014, 12, 31)]
    assert [deadline.day for deadline in readings["deadline-windows"].follows.deadlines] == [date(2014, 9, 4)]


def test_a_reading_is_told_its_own_limit_and_no_other() -> None:
    facts = {"effective": "2014-12-01", "assessment": "assessment/1"}
    amended = brightwater.one("policy.issued", "2014-11-01", "policy/2", facts=facts, replaces="first policy")
    loaded = load(brightwater.tell([*brightwater.opening(), *brightwater.policy(), amended]))
    licences = dossiers_of(loaded.licensee, loaded.records, "gas", {})
    assert isinstance(licences, list)
    found = explain_clause(licences[0].position(pack(), AS_AT, "tests").position, "Z.12")
    assert isinstance(found, Clause)
    days = {one.asked.reading.id: [due.day for due in one.follows.deadlines] for one in found.duties[0].readings}
    assert days == {"after-effect": [date(2014, 12, 31)], "before-effect": [date(2014, 11, 30)]}


def test_what_turns_by_itself_is_the_duty_or_a_step() -> None:
    (turn,) = default("Z.16(b)").changes.turns
    assert (turn.day, turn.what, turn.becomes) == (date(2014, 12, 13), "", "indeterminate")
    lapsing = [turn for turn in default("Z.11").changes.turns if turn.what]
    assert [(turn.day, turn.owed) for turn in lapsing] == [(date(2015, 3, 2), False)]


def test_what_turns_on_one_day_stands_in_one_line_and_far_days_are_counted() -> None:
    days = [date(2015, 1, day) for day in range(1, 9)]
    turns = [Turn(day, what) for day in days for what in ("element/a: designed", "element/b: designed")]
    one = replace(default("Z.4"), changes=Changes(tuple(turns), ()))
    assert [text for label, text in changes_in_words(one) if label == "By itself"] == [
        *(f"shown no more from {day.day} January 2015: element/a: designed, and 1 more" for day in days[:5]),
        "3 later days on which a step changes",
    ]


def test_a_loss_changes_the_step_that_rests_on_the_record() -> None:
    losing = {loss.what: loss.becomes for loss in default("Z.14(a)").changes.losing}
    assert losing["auditor-a is independent"] == "unknown"
    assert "a final report, not a draft" not in losing


def test_a_roll_up_lacks_what_its_children_lack() -> None:
    one = default("Z.7(a)")
    assert one.missing == ()
    assert one.lacking[0] == "Z.14(b)"
    (line,) = missing_in_words(one)
    assert line.startswith("What Z.14(b), ")
    assert ("Roll-up", "whatever changes one of the duties that it rolls up") in changes_in_words(one)


def test_only_what_is_in_order_says_what_a_loss_would_do() -> None:
    assert "Without" in dict(changes_in_words(default("Z.14(a)")))
    assert "Without" not in dict(changes_in_words(default("Z.4")))
    assert dict(changes_in_words(default("Z.4")))["Supply"].startswith("state.evidenced, judgement.made")


def test_there_is_always_something_that_would_change_it() -> None:
    for day in (date(2013, 1, 1), date(2013, 3, 4), AS_AT):
        for name in ("Z.4", "Z.7(a)", "Z.7(b)/produce", "Z.14(b)", "Z.19"):
            assert changes_in_words(default(name, day)), (name, day)


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (Status.CEASED, ("Nothing", "it has ended; only a correction changes what was")),
        (Status.NOT_IN_FORCE, ("Supply", "date.determined: the day on which the condition comes into force")),
        (Status.NOT_TRIGGERED, ("Supply", "a record of what it waits for: a direction")),
        (Status.MET, ("Nothing", "as long as nothing new is asked for")),
    ],
)
def test_what_neither_lacks_nor_turns_says_what_it_waits_for(status: Status, line: tuple[str, str]) -> None:
    one = default("Z.19")
    still = replace(one, missing=(), changes=Changes((), ()), follows=replace(one.follows, status=status))
    assert changes_in_words(still) == [line]


@pytest.mark.parametrize(
    ("name", "agree"), [("Z.14(b)", False), ("Z.14(a)", True), ("Z.11", True), ("Z.12", True), ("Z.8", True)]
)
def test_whether_readings_agree(name: str, agree: bool) -> None:
    assert duty(name).agree is agree


@pytest.mark.parametrize(("name", "code"), [("Z.5", 0), ("Z.15", 0), ("Z.8", 1), ("Z.14", 1), ("Z.19", 2)])
def test_exit_codes(name: str, code: int) -> None:
    assert exit_code([clause(name)]) == code


def test_attention_alone_is_1() -> None:
    found = clause("Z.9(a)")
    assert found.duties[0].position.status is Status.MET
    assert found.duties[0].position.attention
    assert exit_code([found]) == 1
    calm = replace(found.duties[0].position, attention=())
    assert exit_code([replace(found, duties=(replace(found.duties[0], position=calm),))]) == 0


def test_proofs_that_end_are_given_in_brief() -> None:
    proofs = [Deadline(date(2015, 1, day), "Z.4", f"proof {day}", Source.PROOF) for day in range(1, 8)]
    owed = Deadline(date(2016, 1, 1), "Z.4", "review", Source.PRODUCT)
    shown, more = deadlines_in_brief([*proofs, owed])
    assert [one.what for one in shown] == ["proof 1", "proof 2", "proof 3", "review"]
    assert more == 4
