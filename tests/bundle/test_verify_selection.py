"""A bundle of some records only: each is proven by itself, and what was left out is counted."""

from __future__ import annotations

from meterward.core.base.problem import Problem
from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.proof_text import read_proof
from meterward.core.ledger.proofs import verify_inclusion
from meterward.core.ledger.tiles import unpack_entries
from meterward.core.ledger.tree import leaf_hash
from meterward.usecases.select_records import Chosen, select_records
from tests.builders.bundles import DAY, MemoryBundle
from tests.builders.northlight import LARGE, failed, lines_of, maker, named, with_lines


def test_a_selection_tells_what_was_left_out_and_proves_each_record_by_itself() -> None:
    by = maker(LARGE)
    some = by.bundle(Chosen(subject="policy/1"))
    found = by.verify(some)
    assert found.holds, named(found)
    assert "Left out:" in found.steps[5].found.says
    assert found.steps[9].found.outcome is Outcome.NOTHING
    assert found.records
    assert found.checkpoint
    for place in found.records.places:
        proof = read_proof(some.files[f"proofs/{place + 1}.tlog-proof"])
        assert proof
        assert proof.place == place
        assert proof.leaf == _leaf(some, place)
        leaf = leaf_hash(proof.leaf)
        assert verify_inclusion(leaf, place, found.checkpoint.size, proof.path, found.checkpoint.root)


def test_leaving_one_more_out_of_a_selection_shows_as_a_gap() -> None:
    by = maker(LARGE)
    some = by.bundle(Chosen(subject="policy/1"))
    lines = lines_of(some)
    place = next(place for place, line in enumerate(lines) if line["statement"]["kind"].startswith("policy"))
    before = by.verify(some).records
    assert before
    without = some.changed(f"proofs/{before.places[place] + 1}.tlog-proof", None)
    fewer = by.verify(with_lines(without, [*lines[:place], *lines[place + 1 :]], by))
    assert fewer.records
    gaps = fewer.records.left_out - before.left_out
    assert list(gaps.values()) == [1]
    assert next(iter(gaps)).endswith("/policy")


def _leaf(bundle: MemoryBundle, place: int) -> bytes:
    names = sorted(name for name in bundle.files if name.startswith("tile/entries/"))
    leaves = unpack_entries(bundle.files[names[place // 256]])
    assert leaves
    return leaves[place % 256]


def test_a_record_of_a_selection_that_says_another_time_than_the_log_is_named() -> None:
    by = maker(LARGE)
    some = by.bundle(Chosen(subject="policy/1"))
    lines = lines_of(some)
    changed = {**lines[3], "recorded": lines[4]["recorded"][:-3] + "59Z"}
    assert changed["recorded"] != lines[3]["recorded"]
    found = by.verify(with_lines(some, [*lines[:3], changed, *lines[4:]], by))
    assert 6 in failed(found)
    assert "line 4 of records.jsonl says another time" in named(found)


def test_with_a_record_that_is_chosen_comes_what_it_acts_on() -> None:
    by = maker(LARGE)
    records = list(by.ledgers.records(by.ledger))
    acting = next(one for one in records if any(one.links) and one.occurred > DAY.replace(year=2013))
    target = next(one for one in records if one.id in acting.links)
    assert target.occurred < acting.occurred
    places = select_records(records, Chosen(first=acting.occurred, last=acting.occurred), ())
    assert not isinstance(places, Problem)
    assert {acting.index, target.index} <= places
