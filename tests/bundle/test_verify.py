"""A bundle is verified step by step, and whatever is done to it is named: every bit, every file, every record."""

from __future__ import annotations

import json
import time
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.base64 import to_base64
from meterward.core.base.canonical import canonical
from meterward.core.base.problem import Problem
from meterward.core.bundle.manifest import CHECKPOINT, MANIFEST, NOTE, RECORDS, read_manifest
from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.envelope import sign
from meterward.core.ledger.notes import Note, Signature, read_note
from meterward.core.ledger.proof_text import read_proof
from meterward.core.ledger.proofs import verify_inclusion
from meterward.core.ledger.tiles import pack_entries, unpack_entries
from meterward.core.ledger.tree import Frontier, leaf_hash
from meterward.usecases.select_records import Chosen, select_records
from meterward.wiring import example
from tests.builders.bundles import CONTENT, DAY, Maker, MemoryBundle, resigned
from tests.builders.signers import ed25519

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.usecases.verify_bundle import Verification

SMALL, LARGE = 24, 300
ALL_PASS = [1, 2, 5, 6, 7, 8, 9, 10]


@cache
def maker(count: int) -> Maker:
    """The example licensee's ledger as far as it had come with so many records; the last one has a file."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in example("northlight", DAY).splitlines()[:count]]
    lines[-1] = {**lines[-1], "files": {"word.txt": sha256(CONTENT).hexdigest()}}
    return Maker([{name: part for name, part in line.items() if name != "id"} for line in lines])


@cache
def whole(count: int) -> MemoryBundle:
    """All of it, as a bundle."""
    return maker(count).bundle()


def failed(found: Verification) -> list[int]:
    """The steps that failed."""
    return [step.number for step in found.steps if step.found.outcome is Outcome.FAILED]


def named(found: Verification) -> str:
    """Everything that is said to be wrong."""
    return " ".join(" ".join((step.found.says, *step.found.items)) for step in found.steps)


def lines_of(bundle: MemoryBundle) -> list[dict[str, Any]]:
    """The records of a bundle."""
    return [json.loads(line) for line in bundle.files[RECORDS].splitlines()]


def with_lines(bundle: MemoryBundle, lines: list[dict[str, Any]], by: Maker) -> MemoryBundle:
    """A bundle with other records, signed again."""
    return resigned(bundle.changed(RECORDS, b"".join(canonical(line) + b"\n" for line in lines)), by)


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
    assert name in ("more", "Checkpoint") or (not found.holds and name in named(found))


@pytest.mark.parametrize(
    "written",
    [
        lambda data: data.replace(b'":', b'": ', 1),
        lambda data: data.rstrip(b"\n"),
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b'"size":', b'"size":1,"size":', 1),
        lambda data: data + b" ",
        lambda data: data.replace(b'"format"', b'"\\u0066ormat"'),
        lambda _: b"[]\n",
        lambda _: b"[" * 100_000,
        lambda _: b"\xff",
    ],
)
def test_a_manifest_is_read_in_one_form_only(written: Callable[[bytes], bytes]) -> None:
    by, data = maker(SMALL), written(whole(SMALL).files[MANIFEST])
    signed = whole(SMALL).changed(MANIFEST, data).changed(NOTE, str(by.sign(data)).encode())
    assert 2 in failed(by.verify(signed))


@pytest.mark.parametrize(
    "put", [b'"\\ud800"', b"NaN", b"Infinity", b"1e999", b"1.5", b'{"a":' * 2000 + b"1" + b"}" * 2000]
)
def test_a_manifest_with_anything_but_plain_json_is_none(put: bytes) -> None:
    bundle, by = whole(SMALL), maker(SMALL)
    written = bundle.files[MANIFEST].replace(b'"receipts":[', b'"receipts":[{"a":' + put + b"},", 1)
    found = by.verify(bundle.changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode()))
    assert failed(found) == [2]
    assert "The manifest is not there, or is none." in named(found)


def _told(by: Maker, bundle: MemoryBundle, **other: object) -> MemoryBundle:
    """The same bundle with a manifest that says something else of it, signed."""
    written = canonical(json.loads(bundle.files[MANIFEST]) | other) + b"\n"
    return bundle.changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode())


@pytest.mark.parametrize("files", [None, [], [[]], "x", 0, {"x": None}, {"x": [0]}])
def test_a_manifest_whose_files_are_none_is_none(files: object) -> None:
    assert failed(maker(SMALL).verify(_told(maker(SMALL), whole(SMALL), files=files))) == [2]


def test_a_receipt_that_only_looks_alike_is_another() -> None:
    receipts = json.loads(whole(SMALL).files[MANIFEST])["receipts"]
    assert receipts[0]["hypothetical"] is False
    receipts[0]["hypothetical"] = 0
    assert failed(maker(SMALL).verify(_told(maker(SMALL), whole(SMALL), receipts=receipts))) == [10]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "20180101", "2018-W01-1", "today", ""])
def test_a_day_that_is_none_could_not_be_checked_and_that_is_no_pass(day: str) -> None:
    found = maker(SMALL).verify(_told(maker(SMALL), whole(SMALL), as_at=day))
    assert found.steps[9].found.outcome is Outcome.NOT_CHECKED
    assert not found.holds


@pytest.mark.parametrize("size", [10**9, 10**18, 10**19 - 1])
def test_more_entries_than_anybody_could_have_are_not_looked_for_one_by_one(size: int) -> None:
    by = maker(SMALL)
    claimed = whole(SMALL).changed(CHECKPOINT, str(by.checkpoint(size, bytes(32))).encode())
    began = time.monotonic()
    found = by.verify(_told(by, resigned(claimed, by), size=size))
    assert failed(found) == [5]
    assert time.monotonic() - began < 5


def test_a_selection_of_everything_is_asked_no_less_than_a_whole_ledger() -> None:
    by, said = maker(SMALL), {"what": "period", "until": "2018-01-01"}
    honest = by.verify(_told(by, whole(SMALL), selection=said))
    assert honest.holds
    assert honest.steps[9].found.outcome is Outcome.PASSED
    receipts = json.loads(whole(SMALL).files[MANIFEST])["receipts"]
    false = by.verify(_told(by, whole(SMALL), selection=said, receipts=[receipts[0] | {"digest": "0" * 64}]))
    assert failed(false) == [10]


def test_nobody_but_the_log_that_the_reader_trusts_is_believed() -> None:
    by, other = maker(SMALL), Maker(maker(SMALL).bundle_lines())
    assert by.verify(whole(SMALL), other.policy()).steps[0].found.outcome is Outcome.NOT_CHECKED
    assert not by.verify(whole(SMALL), other.policy()).holds
    assert failed(by.verify(resigned(whole(SMALL), other))) == [2]


def test_a_record_that_was_changed_left_out_or_put_elsewhere_is_named() -> None:
    by, lines = maker(SMALL), lines_of(whole(SMALL))
    other = {**lines[5], "facts": {**lines[6]["facts"]}}
    for changed, said in (
        ([*lines[:5], other, *lines[6:]], "entry 6"),
        ([*lines[:5], *lines[6:]], "line"),
        ([*lines[:5], lines[6], lines[5], *lines[7:]], "line"),
        ([*lines[:6], lines[5], *lines[6:]], "line"),
        ([*lines[:5], {**lines[5], "recorded": lines[-1]["recorded"]}, *lines[6:]], ""),
    ):
        found = by.verify(with_lines(whole(SMALL), changed, by))
        assert failed(found) in ([6], [6, 7]), said


def test_a_signature_that_is_missing_of_another_or_by_nobody_known_is_named() -> None:
    by, lines = maker(SMALL), lines_of(whole(SMALL))
    bare = {name: part for name, part in lines[7].items() if name != "signatures"}
    swapped = {**lines[7], "signatures": lines[8]["signatures"]}
    key, value = sign(b"{}", ed25519("somebody"))
    unknown = {**lines[7], "signatures": {key: to_base64(value)}}
    for changed, how in ((bare, "not at all"), (swapped, "falsely"), (unknown, "by no key that counts")):
        found = by.verify(with_lines(whole(SMALL), [*lines[:7], changed, *lines[8:]], by))
        assert failed(found) == [7]
        assert f"entry 8: signed {how}" in named(found)


def test_an_entry_that_runs_backwards_or_is_not_counted_is_named() -> None:
    """A licensee that writes its own log anew can sign whatever it wants; the order of its entries gives it away."""
    by, bundle = maker(SMALL), whole(SMALL)
    (name,) = [name for name in bundle.files if name.startswith("tile/entries/")]
    leaves = unpack_entries(bundle.files[name])
    assert leaves
    for changed in (
        [*leaves[:9], leaves[9].replace(b'"recorded":"2', b'"recorded":"1'), *leaves[10:]],
        [*leaves[:9], leaves[9].replace(b'{"counter":', b'{"counter":7'), *leaves[10:]],
    ):
        found = by.verify(resigned(_with_leaves(bundle, name, changed, by), by))
        assert 5 in failed(found)
        assert "entry 10" in named(found)


def test_a_position_that_is_claimed_and_does_not_come_out_is_told() -> None:
    by, said = maker(SMALL), json.loads(whole(SMALL).files[MANIFEST])
    said["receipts"][0]["result"] = "0" * 64
    written = canonical(said) + b"\n"
    found = by.verify(whole(SMALL).changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode()))
    assert failed(found) == [10]


def test_another_law_or_engine_could_not_be_checked_and_that_is_no_pass() -> None:
    by = maker(SMALL)
    for name in ("pack", "engine"):
        said = json.loads(whole(SMALL).files[MANIFEST]) | {name: "0" * 64}
        written = canonical(said) + b"\n"
        found = by.verify(whole(SMALL).changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode()))
        assert [step.found.outcome for step in found.steps[8:]] == [Outcome.NOT_CHECKED] * 2
        assert not found.holds


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


def _with_leaves(bundle: MemoryBundle, name: str, leaves: list[bytes], by: Maker) -> MemoryBundle:
    """A bundle with other entries in its one tile, and a checkpoint over them."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf_hash(leaf))
    forged = bundle.changed(name, pack_entries(leaves))
    forged = forged.changed(name.replace("entries", "0"), b"".join(map(leaf_hash, leaves)))
    return forged.changed("checkpoint", str(by.checkpoint(tree.size, tree.root())).encode())


def _leaf(bundle: MemoryBundle, place: int) -> bytes:
    names = sorted(name for name in bundle.files if name.startswith("tile/entries/"))
    leaves = unpack_entries(bundle.files[names[place // 256]])
    assert leaves
    return leaves[place % 256]


def test_a_line_of_signature_more_below_the_manifest_is_refused() -> None:
    by, bundle = maker(SMALL), whole(SMALL)
    note = read_note(bundle.files[NOTE])
    assert note
    stranger = Signature("stranger", b"abcd", b"value")
    for signatures in ((stranger, *note.signatures), (*note.signatures, stranger), note.signatures * 2):
        found = by.verify(bundle.changed(NOTE, str(Note(note.text, signatures)).encode()))
        assert 2 in failed(found)


def test_a_checkpoint_of_which_one_signature_by_the_log_is_false_is_refused() -> None:
    by, bundle = maker(SMALL), whole(SMALL)
    note = read_note(bundle.files["checkpoint"])
    assert note
    first, second = note.signatures
    false = second._replace(value=second.value[:-1] + bytes([second.value[-1] ^ 1]))
    found = by.verify(resigned(bundle.changed("checkpoint", str(Note(note.text, (first, false))).encode()), by))
    assert 1 in failed(found)


def test_a_statement_that_stands_in_the_log_twice_is_named() -> None:
    by, bundle = maker(SMALL), whole(SMALL)
    (name,) = [name for name in bundle.files if name.startswith("tile/entries/")]
    leaves = unpack_entries(bundle.files[name])
    assert leaves
    statement = json.loads(leaves[4])["statement"].encode()
    leaves[9] = leaves[9].replace(json.loads(leaves[9])["statement"].encode(), statement)
    found = by.verify(resigned(_with_leaves(bundle, name, leaves, by), by))
    assert 5 in failed(found)
    assert "entry 10" in named(found)


def test_a_manifest_of_another_size_than_the_checkpoint_is_refused() -> None:
    by, said = maker(SMALL), json.loads(whole(SMALL).files[MANIFEST])
    for size in (SMALL, SMALL + 2):
        written = canonical(said | {"size": size}) + b"\n"
        assert read_manifest(written)
        found = by.verify(whole(SMALL).changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode()))
        assert 2 in failed(found), size
    assert read_manifest(canonical(said | {"size": 0}) + b"\n") is None


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
