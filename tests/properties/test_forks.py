"""A fork of a licence and the licence itself: what one takes in, the other never hears of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.evaluations import licence_of, the_pack
from tests.builders.ledgers import ledgers, rich_ledger

if TYPE_CHECKING:
    from meterward.core.obligations.receipt import Receipt
    from meterward.usecases.evaluate_position import Dossier
    from tests.builders.scribe import Scribe

DAYS = (date(2013, 9, 1), date(2014, 6, 1), date(2016, 12, 31))


def _receipt(licence: Dossier, as_at: date) -> Receipt:
    return licence.position(the_pack(), as_at, "engine").receipt


@settings(max_examples=30)
@given(ledgers(), st.sampled_from(DAYS), st.integers(10, 40), st.integers(1, 4))
def test_a_fork_and_its_origin_go_their_own_ways(scribe: Scribe, as_at: date, start: int, every: int) -> None:
    records = scribe.records
    licence = licence_of(records[:start])
    before = _receipt(licence, as_at)
    fork = licence.fork(as_at)
    for size, record in enumerate(records[start:], start + 1):
        fork.append(record)
        if not size % every:
            _receipt(fork, as_at)
    assert _receipt(licence, as_at) == before
    ours = [record for place, record in enumerate(records[start:]) if place % 3]
    for record in ours:
        licence.append(record)
    assert _receipt(fork, as_at) == _receipt(licence_of(records), as_at)
    assert _receipt(licence, as_at) == _receipt(licence_of([*records[:start], *ours]), as_at)


@settings(max_examples=15)
@given(ledgers(), st.permutations(DAYS * 2), st.integers(10, 40))
def test_days_asked_by_turns_while_records_come_in_get_what_each_gets_alone(
    scribe: Scribe, days: list[date], start: int
) -> None:
    licence = licence_of(scribe.records[:start])
    for size, record in enumerate(scribe.records[start:], start + 1):
        licence.append(record)
        as_at = days[size % len(days)]
        assert _receipt(licence, as_at) == _receipt(licence_of(scribe.records[:size]), as_at)


def test_only_what_was_asked_for_last_is_held() -> None:
    licence = licence_of(rich_ledger(3).records)
    for month in range(1, 13):
        _receipt(licence, date(2014, month, 1))
    assert licence.weight <= 4 * len(licence.reader.index.records)
    assert licence.is_ready(date(2014, 12, 1))
    assert not licence.is_ready(date(2014, 1, 1))
