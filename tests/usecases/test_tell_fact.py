"""The one fact that matters of a duty, and the sentence on how things stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.days import EVER
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.owed import Owed, Source
from meterward.core.facts.remark import Reason, Remark
from meterward.core.facts.request import request
from meterward.core.obligations.position import Deadline, DutyPosition, Missed, Position, ReadingPosition
from meterward.core.obligations.status import Status
from meterward.core.records.kinds import judgement_made, state_evidenced
from meterward.usecases.summarise_position import in_force_since, summarise, worst_children
from meterward.usecases.tell_fact import flags, rank, tell_fact
from tests.usecases.positions import AS_AT, position_of, with_duty

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture(scope="module")
def position() -> Position:
    """The gas licence of the command line's tests."""
    return position_of()


def changed(position: Position, identity: str, status: Status, nodes: Sequence[Node] = (), **more: Any) -> str:  # noqa: ANN401 - any field of a duty
    """The fact of a duty that stands otherwise, under its default reading."""
    duty = next(one for one in position.duties if one.duty.id == identity)
    first = replace(duty.readings[0], status=status, nodes=tuple(nodes))
    plain: dict[str, Any] = {"deadlines": (), "attention": (), "history": (), "turns": None, "since": EVER}
    stands = replace(duty, status=status, readings=(first,), **{**plain, **more})
    return tell_fact(with_duty(position, stands), stands)


OPEN = Node("what is asked: element/a", Outcome.UNKNOWN, missing=request(state_evidenced.KIND, "it"))
LAPSED = replace(OPEN, remark=Remark(Reason.LAPSED, "The proof was valid to 3 March 2014."))
HELD = Node("what is asked: element/b", Outcome.HELD)


def test_what_is_not_shown_is_named(position: Position) -> None:
    assert changed(position, "Z.8", Status.INDETERMINATE, [OPEN]) == "Not shown: what is asked: element/a."


def test_what_is_not_judged_is_called_so(position: Position) -> None:
    owed = replace(OPEN, missing=request(judgement_made.KIND, "of it"))
    assert changed(position, "Z.8", Status.INDETERMINATE, [owed]).startswith("Not judged: ")


def test_the_others_are_counted(position: Position) -> None:
    top = Node("all", Outcome.UNKNOWN, children=(HELD, OPEN, OPEN, OPEN))
    assert changed(position, "Z.8", Status.INDETERMINATE, [top]) == "Not shown: what is asked: element/a; 2 more."


def test_what_failed_goes_before_what_is_not_known(position: Position) -> None:
    failed = Node("what is asked: element/z", Outcome.FAILED)
    top = Node("all", Outcome.FAILED, children=(OPEN, failed))
    assert changed(position, "Z.8", Status.BREACHED, [top]) == "Failed: what is asked: element/z; 1 more."


def test_a_step_without_a_name_takes_that_of_its_parent(position: Position) -> None:
    leaf = Node("designed, against loss", Outcome.UNKNOWN)
    top = Node("all", Outcome.UNKNOWN, children=(Node("element/a", Outcome.UNKNOWN, children=(leaf,)),))
    assert changed(position, "Z.4", Status.INDETERMINATE, [top]) == "Not shown: element/a: designed, against loss."


def test_a_remark_is_added(position: Position) -> None:
    assert changed(position, "Z.8", Status.INDETERMINATE, [LAPSED]).endswith(". The proof was valid to 3 March 2014.")


def test_a_remark_stands_with_the_one_that_it_is_about(position: Position) -> None:
    top = Node("all", Outcome.UNKNOWN, children=(LAPSED, OPEN, OPEN))
    assert changed(position, "Z.8", Status.INDETERMINATE, [top]) == (
        "Not shown: what is asked: element/a (the proof was valid to 3 March 2014); 2 more."
    )


def test_what_was_open_since_then_is_told_first(position: Position) -> None:
    since = next(one.since for one in position.duties if one.duty.id == "Z.8")
    first_open = Node("a gap assessment", Outcome.UNKNOWN)
    fact = changed(position, "Z.8", Status.INDETERMINATE, [OPEN, first_open], since=since)
    assert fact == "Not shown: a gap assessment; 1 more."


def test_where_others_were_open_first_it_is_said(position: Position) -> None:
    since = next(one.since for one in position.duties if one.duty.id == "Z.8")
    assert changed(position, "Z.8", Status.INDETERMINATE, [LAPSED], since=since) == (
        "Not shown: what is asked: element/a (the proof was valid to 3 March 2014); others before."
    )
    assert changed(position, "Z.8", Status.INDETERMINATE, [LAPSED, OPEN], since=since).endswith(
        "; 1 more and others before."
    )


def test_what_is_absent_is_said_to_be(position: Position) -> None:
    absent = Node("policy/1: provision for access", Status.BREACHED, remark=Remark(Reason.ABSENT, "It is absent."))
    assert changed(position, "Z.10(b)", Status.BREACHED, [absent]) == "policy/1: provision for access. It is absent."


def test_what_is_overdue_says_since_when_and_whose_limit(position: Position) -> None:
    owed = Owed("step-2 of direction/1", date(2014, 11, 18), Source.INSTRUMENT)
    late = Node("step-2 of direction/1, due 18 November 2014", Status.BREACHED, owed=owed)
    due = Deadline(date(2014, 11, 18), "Z.19", "step-2 of direction/1", Source.INSTRUMENT, overdue=True)
    assert changed(position, "Z.19", Status.BREACHED, [late], deadlines=(due,)) == (
        "Was due 18 November 2014: step-2 of direction/1."
    )
    ours = replace(due, source=Source.PRODUCT)
    assert "(our own limit)" in changed(position, "Z.19", Status.INDETERMINATE, [late], deadlines=(ours,))


def test_of_two_readings_the_limit_is_told_that_makes_the_status(position: Position) -> None:
    owed = Owed("consideration of policy/3", date(2014, 11, 18), Source.PRODUCT)
    late = Node("whatever it is called", Status.INDETERMINATE, owed=owed)
    due = Deadline(date(2014, 11, 18), "Z.12", "consideration of policy/3", Source.PRODUCT, overdue=True)
    earlier = replace(due, day=date(2014, 10, 18), reading="before-effect")
    assert changed(position, "Z.12", Status.INDETERMINATE, [late], deadlines=(earlier, due)) == (
        "Was due 18 November 2014 (our own limit): consideration of policy/3."
    )
    another = replace(due, what="consideration of policy/4")
    fact = changed(position, "Z.12", Status.INDETERMINATE, [late], deadlines=(earlier, due, another))
    assert fact.endswith("consideration of policy/3; 1 more.")


def test_what_comes_next_passes_over_proofs_that_end(position: Position) -> None:
    proof = Deadline(date(2014, 11, 25), "Z.11", "proof ends: something", Source.PROOF)
    due = Deadline(date(2014, 12, 6), "Z.11", "review after incident/1", Source.PRODUCT)
    fact = changed(position, "Z.11", Status.PENDING, deadlines=(proof, due))
    assert fact == "Due 6 December 2014 (our own limit): review after incident/1."


def test_what_the_default_reading_asks_comes_before_what_another_does(position: Position) -> None:
    other = Deadline(date(2014, 11, 25), "Z.14(b)", "next audit", Source.CLAUSE, reading="since-last")
    due = Deadline(date(2014, 12, 6), "Z.14(b)", "audit in the window", Source.CLAUSE)
    assert changed(position, "Z.14(b)", Status.PENDING, deadlines=(other, due)) == (
        "Due 6 December 2014: audit in the window."
    )


def test_what_is_owed_without_a_date_is_named(position: Position) -> None:
    steps = [Node(f"step-{number} of direction/1", Status.PENDING) for number in range(1, 6)]
    fact = changed(position, "Z.19", Status.PENDING, [HELD, *steps])
    assert fact == "Owed without a date: step-1 of direction/1, step-2 of direction/1 and 3 more."


def test_what_holds_says_until_when(position: Position) -> None:
    fact = changed(position, "Z.8", Status.MET, [HELD], turns=(date(2015, 3, 1), Status.INDETERMINATE))
    assert fact == "Holds to 28 February 2015; indeterminate after, unless something is done."


def test_what_was_done_late_says_when(position: Position) -> None:
    missed = Missed(date(2013, 3, 5), "Z.9", "first version", Source.CLAUSE, date(2013, 3, 10))
    fact = changed(position, "Z.9", Status.MET_LATE, [HELD], history=(missed,))
    assert fact == "First version was due 4 March 2013, and done 10 March 2013."


def test_readings_that_disagree_are_grouped_worst_first(position: Position) -> None:
    duty = next(one for one in position.duties if one.duty.id == "Z.14(b)")
    statuses = [Status.PENDING, Status.BREACHED, Status.PENDING, Status.PENDING, Status.PENDING]
    stands = replace(duty, status=Status.CONTESTED, readings=read_as(duty, statuses))
    assert tell_fact(position, stands) == "Breached if years run from anniversaries of commencement; pending otherwise."


def test_of_several_sides_each_says_what_it_supposes(position: Position) -> None:
    duty = next(one for one in position.duties if one.duty.id == "Z.14(b)")
    statuses = [Status.PENDING, Status.BREACHED, Status.BREACHED, Status.INDETERMINATE, Status.PENDING, Status.PENDING]
    stands = replace(duty, status=Status.CONTESTED, readings=read_as(duty, statuses))
    said = tell_fact(position, stands)
    assert said.startswith("Breached if years run from anniversaries of commencement or years are calendar years; ")
    assert said.endswith("; indeterminate if a year runs from the last audit; pending otherwise.")


def test_where_most_readings_are_on_the_worst_side_the_others_are_the_exception(position: Position) -> None:
    duty = next(one for one in position.duties if one.duty.id == "Z.14(b)")
    statuses = [Status.BREACHED, Status.BREACHED, Status.PENDING, Status.BREACHED]
    stands = replace(duty, status=Status.CONTESTED, readings=read_as(duty, statuses))
    assert tell_fact(position, stands) == "Breached, unless years are calendar years: then pending."


def test_of_two_sides_alike_in_number_the_default_holds_otherwise(position: Position) -> None:
    duty = next(one for one in position.duties if one.duty.id == "Z.12")
    stands = replace(duty, status=Status.CONTESTED, readings=read_as(duty, [Status.PENDING, Status.INDETERMINATE]))
    said = "Indeterminate if a policy must be considered before it takes effect; pending otherwise."
    assert tell_fact(position, stands) == said


def read_as(duty: DutyPosition, statuses: Sequence[Status]) -> tuple[ReadingPosition, ...]:
    """How a duty stands under its first readings."""
    readings = zip(duty.duty.readings, statuses, strict=False)
    return tuple(ReadingPosition(one.id, "", status, AS_AT, ()) for one, status in readings)


def test_what_asks_nothing_says_what_would(position: Position) -> None:
    assert changed(position, "Z.7(b)/produce", Status.NOT_TRIGGERED) == "Asks nothing until there is: a request."


def test_what_has_not_begun_says_when_it_does() -> None:
    before = position_of(date(2013, 1, 1))
    duty = next(one for one in before.duties if one.duty.id == "Z.4")
    assert tell_fact(before, duty) == "Binds from 4 March 2013."


def test_a_roll_up_names_its_worst(position: Position) -> None:
    duty = next(one for one in position.duties if one.duty.id == "Z.7(a)")
    worst = worst_children(position, duty)
    assert [one.status for one in worst][:2] == [Status.CONTESTED, Status.INDETERMINATE]
    assert tell_fact(position, duty) == f"Z.14(b) contested, Z.8 indeterminate and {len(worst) - 2} more."


def test_every_duty_has_a_fact_on_every_day_of_a_change(position: Position) -> None:
    starts = {start for result in position.evaluation.duties for start in result.timeline.starts[1:]}
    assert len(starts) > 15
    for day in sorted(starts):
        there = position_of(day)
        for duty in there.duties:
            fact = tell_fact(there, duty)
            assert fact.endswith("."), (duty.duty.id, day, fact)
            assert "  " not in fact


def test_a_flag_that_the_fact_says_is_told_apart(position: Position) -> None:
    duty: DutyPosition = next(one for one in position.duties if one.duty.id == "Z.11")
    said, unsaid = flags(duty)
    assert len(said) == 2
    assert unsaid == []
    late = next(one for one in position.duties if one.duty.id == "Z.16(b)")
    assert flags(late) == ([], list(late.attention))


def test_ranks_go_from_what_holds_to_what_failed() -> None:
    order = [Outcome.HELD, Status.MET_LATE, Status.PENDING, Outcome.UNKNOWN, Outcome.FAILED]
    ranks = [rank(Node("", outcome)) for outcome in order]
    assert ranks == sorted(set(ranks))


def test_the_sentence_counts_duties_and_no_roll_up(position: Position) -> None:
    summary = summarise(position)
    contested = "one is contested (breached or pending, as Z.14(b) is read)"
    assert summary.sentence == f"One duty is breached, {contested} and eleven lack evidence or a judgement."
    assert sum(count for _, count in summary.counts) == len(position.duties) - 1
    assert [status for status, _ in summary.counts][:3] == [Status.BREACHED, Status.CONTESTED, Status.INDETERMINATE]


def all_standing(position: Position, status: Status, attention: tuple[str, ...] = ()) -> Position:
    """A position in which every duty has one status."""
    return replace(
        position, duties=tuple(replace(duty, status=status, attention=attention) for duty in position.duties)
    )


@pytest.mark.parametrize(
    ("status", "attention", "sentence"),
    [
        (Status.MET, (), "Everything is in order."),
        (Status.PENDING, ("a flag",), "Everything is in order; 26 ask for attention."),
        (Status.BREACHED, (), "26 duties are breached."),
        (Status.NOT_TRIGGERED, (), "Nothing yet asks anything."),
    ],
)
def test_the_sentence_when_all_are_alike(
    status: Status, attention: tuple[str, ...], sentence: str, position: Position
) -> None:
    assert summarise(all_standing(position, status, attention)).sentence == sentence


def test_one_that_asks_for_attention_takes_the_singular(position: Position) -> None:
    calm = all_standing(position, Status.MET)
    one = replace(calm, duties=(replace(calm.duties[0], attention=("a flag",)), *calm.duties[1:]))
    assert summarise(one).sentence == "Everything is in order; one asks for attention."


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2013, 3, 3), ""),
        (date(2013, 3, 4), "in force since 4 March 2013"),
        (date(2190, 1, 1), "in force since 4 March 2013"),
    ],
)
def test_since_when_it_is_in_force(day: date, words: str) -> None:
    assert in_force_since(position_of(day)) == words
