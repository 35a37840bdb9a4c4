"""What is due, across all duties: each thing once, in order of day."""

from __future__ import annotations

from dataclasses import replace

from meterward.usecases.list_deadlines import due_next
from tests.usecases.positions import position_of, with_duty


def test_days_ahead_are_counted_from_the_position() -> None:
    ahead = {one.deadline.what: one.days for one in due_next(position_of())}
    assert ahead["step-2 of direction/1"] == -2
    assert ahead["action/1"] == 22


def test_what_two_duties_ask_for_stands_once_with_the_first_of_them() -> None:
    position = position_of()
    due = next(one for one in position.deadlines if one.what == "action/1")
    other = next(one for one in position.duties if one.duty.id > due.duty and due not in one.deadlines)
    twice = with_duty(position, replace(other, deadlines=(*other.deadlines, replace(due, duty=other.duty.id))))
    assert len(twice.deadlines) == len(position.deadlines) + 1
    assert due_next(twice) == due_next(position)
