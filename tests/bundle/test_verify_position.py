"""The position that a bundle claims is computed anew: what comes out otherwise is told, what cannot be is no pass."""

from __future__ import annotations

import pytest

from meterward.core.bundle.steps import Outcome
from tests.builders.northlight import SMALL, failed, maker, said, saying, whole


def test_a_receipt_that_only_looks_alike_is_another() -> None:
    receipts = said(whole(SMALL))["receipts"]
    assert receipts[0]["hypothetical"] is False
    receipts[0]["hypothetical"] = 0
    assert failed(maker(SMALL).verify(saying(whole(SMALL), maker(SMALL), receipts=receipts))) == [10]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "20180101", "2018-W01-1", "today", ""])
def test_a_day_that_is_none_could_not_be_checked_and_that_is_no_pass(day: str) -> None:
    found = maker(SMALL).verify(saying(whole(SMALL), maker(SMALL), as_at=day))
    assert found.steps[9].found.outcome is Outcome.NOT_CHECKED
    assert not found.holds


def test_a_selection_of_everything_is_asked_no_less_than_a_whole_ledger() -> None:
    by, everything = maker(SMALL), {"what": "period", "until": "2018-01-01"}
    honest = by.verify(saying(whole(SMALL), by, selection=everything))
    assert honest.holds
    assert honest.steps[9].found.outcome is Outcome.PASSED
    receipts = said(whole(SMALL))["receipts"]
    false = by.verify(saying(whole(SMALL), by, selection=everything, receipts=[receipts[0] | {"digest": "0" * 64}]))
    assert failed(false) == [10]


def test_a_position_that_is_claimed_and_does_not_come_out_is_told() -> None:
    by, receipts = maker(SMALL), said(whole(SMALL))["receipts"]
    receipts[0]["result"] = "0" * 64
    found = by.verify(saying(whole(SMALL), by, receipts=receipts))
    assert failed(found) == [10]


def test_another_law_or_engine_could_not_be_checked_and_that_is_no_pass() -> None:
    by = maker(SMALL)
    for name in ("pack", "engine"):
        found = by.verify(saying(whole(SMALL), by, **{name: "0" * 64}))
        assert [step.found.outcome for step in found.steps[8:]] == [Outcome.NOT_CHECKED] * 2
        assert not found.holds
