"""Arrival: what comes out depends on which records there are, not on how they came in or what was asked before."""

from __future__ import annotations

import itertools
import json
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.core.records.erase import erase_texts
from meterward.usecases.read_ledger import read_ledger
from tests.builders.evaluations import licence_of, the_pack, timelines
from tests.builders.ledgers import ledgers

if TYPE_CHECKING:
    from random import Random

    from meterward.core.base.canonical import Json
    from meterward.core.obligations.receipt import Receipt
    from meterward.usecases.evaluate_position import Dossier
    from tests.builders.scribe import Scribe

AS_AT = date(2015, 6, 30)


def _receipt(licence: Dossier, as_at: date = AS_AT) -> Receipt:
    return licence.position(the_pack(), as_at, "engine").receipt


def _file(lines: list[dict[str, Json]]) -> list[bytes]:
    return [json.dumps(line).encode() for line in lines]


@settings(max_examples=80)
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_receipt(scribe: Scribe, chance: Random) -> None:
    shuffled = list(scribe.records)
    chance.shuffle(shuffled)
    assert _receipt(licence_of(shuffled)) == _receipt(licence_of(scribe.records))


def _attention(licence: Dossier, as_at: date) -> list[tuple[str, ...]]:
    position = licence.position(the_pack(), as_at, "engine").position
    return [position.attention, *(duty.attention for duty in position.duties)]


@settings(max_examples=60)
@given(ledgers(), st.dates(date(2013, 3, 1), date(2016, 12, 31)), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing_that_asks_for_attention(
    scribe: Scribe, as_at: date, chance: Random
) -> None:
    shuffled = list(scribe.records)
    chance.shuffle(shuffled)
    growing = licence_of([])
    for size, record in enumerate(shuffled, 1):
        growing.append(record)
        if not size % 9:
            _attention(growing, as_at)
    assert _attention(growing, as_at) == _attention(licence_of(scribe.records), as_at)


@settings(max_examples=40)
@given(ledgers())
def test_one_record_after_the_other_comes_to_the_same_as_all_at_once(scribe: Scribe) -> None:
    growing = licence_of([])
    for size, record in enumerate(scribe.records, 1):
        growing.append(record)
        assert _receipt(growing) == _receipt(licence_of(scribe.records[:size])), f"after {size} records"


@settings(max_examples=25)
@given(ledgers(), st.randoms(use_true_random=False))
def test_one_after_the_other_in_any_order_comes_to_the_same(scribe: Scribe, chance: Random) -> None:
    shuffled = list(scribe.records)
    chance.shuffle(shuffled)
    growing = licence_of([])
    for size, record in enumerate(shuffled, 1):
        growing.append(record)
        if not size % 3:
            assert timelines(growing.evaluate(the_pack())) == timelines(
                licence_of(shuffled[:size]).evaluate(the_pack())
            ), f"after {size} records"


@settings(max_examples=60)
@given(ledgers(), st.integers(1, 60))
def test_what_is_known_at_a_size_is_what_a_file_cut_there_says(scribe: Scribe, size: int) -> None:
    lines = scribe.file()
    known, cut = read_ledger(lines, size), read_ledger(lines[:size])
    assert (known.size, known.root) == (cut.size, cut.root)
    assert _receipt(licence_of(known.records)) == _receipt(licence_of(cut.records))


@settings(max_examples=60)
@given(ledgers(), st.dates(date(2012, 10, 1), date(2016, 12, 31)))
def test_what_is_known_at_a_day_rests_on_nothing_recorded_later(scribe: Scribe, day: date) -> None:
    known = read_ledger(scribe.file(), day).records
    assert [record.id for record in known] == [record.id for record in scribe.records if record.recorded <= day]


@settings(max_examples=60)
@given(ledgers())
def test_erasing_every_text_changes_no_receipt_and_no_root(scribe: Scribe) -> None:
    erased: list[dict[str, Json]] = []
    for line in scribe.lines:
        gone = erase_texts(line)
        assert isinstance(gone, dict), gone
        assert not gone["text"]
        erased.append(gone)
    before, after = read_ledger(_file(scribe.lines)), read_ledger(_file(erased))
    assert after.problems == []
    assert (after.size, after.root) == (before.size, before.root)
    assert _receipt(licence_of(after.records)) == _receipt(licence_of(before.records))


@settings(max_examples=40)
@given(ledgers(), st.dates(date(2013, 1, 1), date(2016, 12, 31)))
def test_a_day_asked_before_or_after_another_gets_the_same_receipt(scribe: Scribe, day: date) -> None:
    asked_twice = licence_of(scribe.records)
    _receipt(asked_twice, AS_AT)
    assert _receipt(asked_twice, day) == _receipt(licence_of(scribe.records), day)


@settings(max_examples=80)
@given(ledgers())
def test_timelines_cover_every_day_once(scribe: Scribe) -> None:
    for which, changes in timelines(licence_of(scribe.records).evaluate(the_pack())).items():
        days = [day for day, _ in changes]
        assert days[0] == date.min, which
        assert all(one < other for one, other in itertools.pairwise(days)), which
        assert all(one[1] is not other[1] for one, other in itertools.pairwise(changes)), which
