"""Clauses by the names that people write, and in the order of the text."""

from __future__ import annotations

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.usecases.find_clause import clause_order, kinds_read_by, names
from tests.builders.bundles import law

PACK = law()


@pytest.mark.parametrize(
    ("wanted", "there", "takes_in"),
    [
        ("Z.14", "Z.14(a)", True),
        ("z.14", "Z.14(a)", True),
        ("Z.14(a)", "Z.14(a)", True),
        ("Z.14(a)", "Z.14", False),
        ("Z.1", "Z.14(a)", False),
        ("Z.1", "Z.1", True),
        ("Z.7(b)", "Z.7(b)/retain", False),
        ("", "Z.1", False),
    ],
)
def test_what_a_name_takes_in(wanted: str, there: str, takes_in: bool) -> None:
    assert names(wanted, there) is takes_in


def test_clauses_are_ordered_as_in_the_text() -> None:
    mixed = ["Z.10(a)", "Z.9(b)", "Z.2", "Z.9", "Z.9(a)", "Z.20"]
    assert sorted(mixed, key=clause_order) == ["Z.2", "Z.9", "Z.9(a)", "Z.9(b)", "Z.10(a)", "Z.20"]


def test_the_kinds_that_a_clause_reads_are_those_of_all_beneath_it() -> None:
    above, beneath = kinds_read_by(PACK, "Z.14"), [kinds_read_by(PACK, one) for one in ("Z.14(a)", "Z.14(b)")]
    assert above
    assert above == frozenset().union(*(one for one in beneath if not isinstance(one, Problem)))


def test_a_clause_that_is_not_in_the_pack_reads_nothing_and_says_so() -> None:
    found = kinds_read_by(PACK, "Z.99")
    assert isinstance(found, Problem)
    assert found.code is Code.CLAUSE_UNKNOWN
