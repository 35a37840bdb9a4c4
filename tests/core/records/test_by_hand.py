"""What no person writes: what the program itself verified or saw, and what is asked of a licensee's ledger alone."""

from __future__ import annotations

import pytest

from meterward.core.records.by_hand import not_by_hand
from meterward.core.records.keeper import Keeper, no_duties
from meterward.core.records.kinds import all_kinds


@pytest.mark.parametrize("name", sorted(all_kinds()))
def test_a_kind_that_is_worked_out_says_where_it_comes_from(name: str) -> None:
    found = not_by_hand({"kind": name})
    assert [(one.code.value, one.hint) for one in found] == (
        [("kind.worked-out", all_kinds()[name].worked_out)] if all_kinds()[name].worked_out else []
    )


def test_some_kinds_are_worked_out() -> None:
    assert {"bundle.taken", "delivery.confirmed"} <= {name for name, kind in all_kinds().items() if kind.worked_out}


@pytest.mark.parametrize("statement", [None, 1, [], {}, {"kind": 1}, {"kind": "no.such"}])
def test_what_is_no_statement_is_told_elsewhere(statement: object) -> None:
    assert not_by_hand(statement) == []  # type: ignore[arg-type] # whatever was sent


def test_duties_are_a_licensees() -> None:
    for keeper in Keeper:
        problem = no_duties("here", keeper)
        assert (problem.code.value if problem else "") == ("" if keeper is Keeper.LICENSEE else "ledger.not-licensee")
