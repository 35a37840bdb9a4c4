"""Causality: with one ledger, the status on a day depends only on what occurred on that day or before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.evaluations import evaluated, licence_of, the_pack, timelines
from tests.builders.ledgers import OPENING, ledgers
from tests.builders.resolved import resolved

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.obligations.status import Status
    from meterward.core.records.record import Record
    from tests.builders.evaluations import Changes, Which
    from tests.builders.scribe import Scribe


def _until(found: dict[Which, Changes], day: date) -> dict[Which, Changes]:
    return {which: tuple(change for change in changes if change[0] <= day) for which, changes in found.items()}


def _statuses(records: list[Record[Any]]) -> dict[Which, Changes]:
    return timelines(evaluated(records))


@settings(max_examples=100)
@given(ledgers())
def test_corrections_and_withdrawals_are_resolved_first(scribe: Scribe) -> None:
    assert _statuses(scribe.records) == _statuses(resolved(scribe.records))


@settings(max_examples=150)
@given(ledgers(), st.integers(0, 1500), st.integers(0, 1500))
def test_a_day_depends_on_nothing_that_occurred_after_it(scribe: Scribe, one: int, other: int) -> None:
    counting = resolved(scribe.records)
    full = _statuses(counting)
    for day in (OPENING + timedelta(days=one), OPENING + timedelta(days=other)):
        known_then = [record for record in counting if record.occurred <= day]
        assert _until(_statuses(known_then), day) == _until(full, day)


def _next_change(changes: Changes, day: date) -> tuple[date, Status] | None:
    return next((change for change in changes if change[0] > day), None)


@settings(max_examples=60)
@given(ledgers(), st.integers(100, 1300))
def test_what_turns_by_itself_turns_with_nobody_doing_anything_more(scribe: Scribe, days: int) -> None:
    day = OPENING + timedelta(days=days)
    known_then = [record for record in resolved(scribe.records) if record.occurred <= day]
    ahead = _statuses(known_then)
    found = licence_of(scribe.records).position(the_pack(), day, "engine").position
    assert {duty.duty.id: duty.turns for duty in found.duties} == {
        duty.duty.id: _next_change(ahead[duty.duty.id, ""], day) for duty in found.duties
    }
