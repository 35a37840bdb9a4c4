"""A problem says where it is, what is wrong and what would be right, in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meterward.core.base.problem import Code, Problem


@pytest.mark.parametrize(
    ("field", "line", "where"),
    [("", 0, ""), ("facts.due", 0, "facts.due"), ("", 7, "line 7"), ("facts.due", 1234, "line 1,234, facts.due")],
)
def test_the_place_is_the_line_and_the_field(field: str, line: int, where: str) -> None:
    problem = Problem(Code.FIELD_VALUE, "It is late.", "Be early.", field, line)
    assert problem.where == where
    assert str(problem) == f"{where}{': ' if where else ''}It is late. Be early. [field.value]"


def test_every_code_has_a_family_and_a_name_of_its_own() -> None:
    assert all(code.value.count(".") == 1 and code.value == code.value.lower() for code in Code)
    assert len({code.value for code in Code}) == len(Code.__members__)


def test_half_of_a_surrogate_pair_is_shown_as_its_code() -> None:
    problem = Problem(Code.FIELD_UNKNOWN, "It is “\udcff”.", "Take it out.", "text.\ud800")
    assert (problem.field, problem.message) == ("text.\\ud800", "It is “\\udcff”.")
    str(problem).encode()


def test_a_place_is_short_however_long_the_key() -> None:
    problem = Problem(Code.FIELD_UNKNOWN, "It is unknown.", "Take it out.", "k" * 1_000_000)
    assert problem.field == "k" * 120 + "…"
    assert replace(problem, line=3).field == problem.field
