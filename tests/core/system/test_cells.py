"""A cell of the matrix on a day: how well it is shown, by which record, and until when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from meterward.core.facts.node import Outcome
from meterward.core.facts.remark import Reason
from meterward.core.system import cells
from meterward.core.system.cells import EMPTY, Cell, Standing, cell, together, worst
from tests.builders.stories import asked, reader
from tests.builders.system_told import described, element

FIRST, SHOWN, DAY = date(2013, 2, 1), date(2013, 4, 2), date(2013, 6, 3)


def standing(day: date, *proofs: dict[str, Any]) -> Cell:
    """How one cell of an element stands once these were told of it."""
    story = [
        {
            "kind": "state.evidenced",
            "on": SHOWN,
            "subject": "element/a",
            "facts": {"fact": "element_secure", "outcome": "held", "aspect": "operated/supply", **facts},
        }
        for facts in proofs
    ]
    read = reader(described(FIRST, element("a")), *story)
    return cell(read, asked().reference, day, "element/a", "operated/supply")


def test_a_cell_that_no_record_is_about_is_the_one_that_is_empty() -> None:
    assert standing(DAY) is EMPTY


@pytest.mark.parametrize("strength", ["claimed", "evidenced", "checked"])
def test_a_cell_is_as_strong_as_the_record_that_decides_it(strength: str) -> None:
    found = standing(DAY, {"strength": strength})
    assert found.standing is Standing(strength)
    assert found.record
    assert found.record.facts.strength == strength


def test_before_anything_was_shown_it_is_empty_and_after_its_end_it_has_lapsed() -> None:
    proof = {"strength": "evidenced", "valid_to": "2013-05-31"}
    before, held, after = (standing(day, proof) for day in (FIRST, SHOWN, DAY))
    assert (before.standing, before.record) == (Standing.EMPTY, None)
    assert (held.standing, held.turns) == (Standing.EVIDENCED, date(2013, 6, 1))
    assert (after.standing, after.turns) == (Standing.LAPSED, None)


def test_what_was_found_not_to_hold_has_failed_however_strong_the_record() -> None:
    assert standing(DAY, {"strength": "checked", "outcome": "failed"}).standing is Standing.FAILED


@pytest.mark.parametrize("reason", [None, *Reason])
def test_what_nothing_holds_is_lapsed_claimed_or_empty(reason: Reason | None) -> None:
    record = standing(DAY, {"strength": "claimed"}).record
    lapsed = reason is Reason.LAPSED
    for one, otherwise in ((record, Standing.CLAIMED), (None, Standing.EMPTY)):
        found = cells._standing(Outcome.UNKNOWN, reason, one)  # noqa: SLF001 - no record comes to every reason
        assert found is (Standing.LAPSED if lapsed else otherwise)


def test_an_element_is_as_its_worst_cell_but_for_what_was_done_instead() -> None:
    shown, empty = Cell(Standing.CHECKED), EMPTY
    assert worst([]) is Standing.EMPTY
    assert together([shown, empty], shown, limited=True) is Standing.INSTEAD
    assert together([shown, empty], shown, limited=False) is Standing.EMPTY
    assert together([shown, empty], empty, limited=True) is Standing.EMPTY
    assert together([shown], shown, limited=True) is Standing.CHECKED
