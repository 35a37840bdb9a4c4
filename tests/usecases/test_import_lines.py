"""An import takes batches whole, stops at the first bad one, and knows where in the file it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.usecases import import_lines as module
from meterward.usecases.append_record import Appended
from meterward.usecases.import_lines import import_lines, parse_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG = Problem(Code.FIELD_VALUE, "It is wrong.", "Mend it.", "facts.x")


class Ledger:
    """A ledger of three entries that refuses a line that says so, by its place in the order."""

    def __init__(self, refusal: Problem = WRONG) -> None:
        self.size, self.refusal = 3, refusal

    def append(self, lines: Sequence[Any]) -> Appended | list[Problem]:
        """Append all lines or none."""
        from dataclasses import replace  # noqa: PLC0415 - for this alone

        single = len(lines) == 1
        bad = [place for place, line in enumerate(lines, 1) if line.get("bad")]
        if bad:
            return [replace(self.refusal, line=0 if single else place) for place in bad]
        self.size += len(lines)
        return Appended(self.size - len(lines), len(lines))


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 4)


def raw(count: int, *bad: int) -> list[bytes | Problem]:
    """So many lines, some of them bad, by number from 1."""
    return [json.dumps({"number": number, "bad": number in bad}).encode() for number in range(1, count + 1)]


def test_all_lines_are_appended_and_each_batch_is_told() -> None:
    told: list[int] = []
    done = import_lines(raw(10), 1, Ledger().append, told.append)
    assert (done.first, done.made, done.problems, done.refused) == (3, 10, [], None)
    assert told == [4, 8, 10]


@pytest.mark.parametrize(("bad", "made", "refused"), [(1, 0, (1, 4)), (7, 4, (5, 8)), (9, 8, (9, 9))])
def test_the_first_bad_batch_ends_it(bad: int, made: int, refused: tuple[int, int]) -> None:
    ledger = Ledger()
    done = import_lines(raw(9, bad), 1, ledger.append)
    assert (done.made, done.refused, ledger.size) == (made, refused, 3 + made)
    assert [(one.line, one.field) for one in done.problems] == [(bad, "facts.x")]


def test_it_goes_on_from_a_line() -> None:
    done = import_lines(raw(9, 2), 5, Ledger().append)
    assert (done.first, done.made) == (3, 5)
    beyond = import_lines(raw(9), 10, Ledger().append)
    assert (beyond.first, beyond.made, beyond.refused) == (None, 0, None)


def test_what_is_no_line_keeps_its_number_and_all_else_is_told_too() -> None:
    lines = raw(6)
    lines[5] = b"{"
    done = import_lines(lines, 1, Ledger().append)
    assert done.refused == (5, 6)
    assert {one.line for one in done.problems} == {5, 6}
    assert done.problems[-1].code is Code.LINE_NOT_JSON


def test_a_problem_of_the_store_lies_in_no_line() -> None:
    busy = Problem(Code.STORE_BUSY, "Others are writing.", "Wait.")

    def refuse(_: Sequence[Any]) -> list[Problem]:
        return [busy]

    assert import_lines(raw(2), 1, refuse).problems == [busy]


def test_lines_that_can_all_be_decoded_are_left_to_the_ledger() -> None:
    assert parse_lines([b"{}", b'{"a":1}']) == ([{}, {"a": 1}], [])
