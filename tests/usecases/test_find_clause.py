"""Clauses by the names that people write, and in the order of the text."""

from __future__ import annotations

import pytest

from meterward.usecases.find_clause import clause_order, names


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
