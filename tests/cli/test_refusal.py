"""Problems in a terminal: each with its place, and one that many lines share said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from meterward.cli.refusal import Refusal
from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY = Problem(Code.LINE_NOT_JSON, "The line is empty.", "Take it out.")


def at(line: int, field: str = "") -> Problem:
    """The problem of an empty line."""
    return Problem(EMPTY.code, EMPTY.message, EMPTY.hint, field, line)


@pytest.mark.parametrize(
    ("problems", "places"),
    [
        ([at(3)], ["line 3"]),
        ([at(3), at(4)], ["lines 3 to 4"]),
        ([at(3), at(4), at(5), at(7)], ["lines 3 to 5 and 7"]),
        ([at(1), at(3), at(1_000), at(1_001)], ["lines 1, 3 and 1,000 to 1,001"]),
        ([at(3, "id"), at(4, "id")], ["lines 3 to 4, id"]),
        ([at(3), at(4, "id")], ["line 3", "line 4, id"]),
        ([at(3), at(3)], ["line 3"]),
        ([EMPTY, EMPTY], []),
    ],
)
def test_one_problem_of_many_lines_is_said_once(
    problems: Sequence[Problem], places: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Refusal(problems, Exit.DATA).show()
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if line.startswith("line")] == places
    assert sum("The line is empty." in line for line in lines) == max(1, len(places))
