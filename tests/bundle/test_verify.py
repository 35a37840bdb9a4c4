"""A bundle is verified step by step, and whatever is done to its files is named: every bit, every file."""

from __future__ import annotations

from itertools import pairwise

import pytest

from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.notes import Note, read_note
from tests.builders.bundles import Maker, resigned
from tests.builders.northlight import LARGE, SMALL, failed, maker, named, whole

ALL_PASS = [1, 2, 5, 6, 7, 8, 9, 10]


@pytest.mark.parametrize("count", [SMALL, LARGE])
def test_a_bundle_of_a_whole_ledger_is_verified(count: int) -> None:
    found = maker(count).verify(whole(count))
    assert found.holds
    assert [step.number for step in found.steps if step.found.outcome is Outcome.PASSED] == ALL_PASS
    assert [step.number for step in found.steps] == [*range(1, 11)]


def test_every_bit_that_is_flipped_is_noticed_and_its_file_is_named() -> None:
    bundle, by = whole(SMALL), maker(SMALL)
    for name, data in bundle.files.items():
        step = max(1, len(data) // 40)
        for place in [*range(0, len(data), step), len(data) - 1]:
            flipped = bytearray(data)
            flipped[place] ^= 1 << place % 8
            found = by.verify(bundle.changed(name, bytes(flipped)))
            assert not found.holds, (name, place)
            assert name in named(found), (name, place)


def test_every_file_that_is_missing_cut_longer_or_another_is_named() -> None:
    bundle, by = whole(SMALL), maker(SMALL)
    names = sorted(bundle.files)
    for name, other in pairwise([*names, names[0]]):
        data = bundle.files[name]
        for changed in (None, b"", data[:-1], data + b"\0", data + data, bundle.files[other]):
            found = by.verify(bundle.changed(name, changed))
            assert not found.holds, name
            assert name in named(found), name


@pytest.mark.parametrize("name", ["more", "tile/0/001", "files/" + "0" * 64, "tile/entries/000.p/1", "Checkpoint"])
def test_a_file_more_is_named_even_where_the_manifest_tells_of_it(name: str) -> None:
    bundle, by = whole(SMALL).changed(name, b"something"), maker(SMALL)
    assert name in named(by.verify(bundle))
    found = by.verify(resigned(bundle, by))
    assert not found.holds
    assert name in named(found)


def test_nobody_but_the_log_that_the_reader_trusts_is_believed() -> None:
    by, other = maker(SMALL), Maker(maker(SMALL).bundle_lines())
    assert by.verify(whole(SMALL), other.policy()).steps[0].found.outcome is Outcome.NOT_CHECKED
    assert not by.verify(whole(SMALL), other.policy()).holds
    assert failed(by.verify(resigned(whole(SMALL), other))) == [2]


def test_a_checkpoint_of_which_one_signature_by_the_log_is_false_is_refused() -> None:
    by, bundle = maker(SMALL), whole(SMALL)
    note = read_note(bundle.files["checkpoint"])
    assert note
    first, second = note.signatures
    false = second._replace(value=second.value[:-1] + bytes([second.value[-1] ^ 1]))
    found = by.verify(resigned(bundle.changed("checkpoint", str(Note(note.text, (first, false))).encode()), by))
    assert 1 in failed(found)
