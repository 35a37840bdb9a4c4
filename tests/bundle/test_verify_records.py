"""The entries of a bundle and its records: each in its place, counted, signed, and there once."""

from __future__ import annotations

import json
import time

import pytest

from meterward.core.base.base64 import to_base64
from meterward.core.bundle.manifest import CHECKPOINT
from meterward.core.ledger.envelope import sign
from meterward.core.ledger.tiles import pack_entries, unpack_entries
from meterward.core.ledger.tree import Frontier, leaf_hash
from tests.builders.bundles import Maker, MemoryBundle, resigned
from tests.builders.northlight import SMALL, failed, lines_of, maker, named, saying, whole, with_lines
from tests.builders.signers import ed25519


@pytest.mark.parametrize("size", [10**9, 10**18, 10**19 - 1])
def test_more_entries_than_anybody_could_have_are_not_looked_for_one_by_one(size: int) -> None:
    by = maker(SMALL)
    claimed = whole(SMALL).changed(CHECKPOINT, str(by.checkpoint(size, bytes(32))).encode())
    began = time.monotonic()
    found = by.verify(saying(resigned(claimed, by), by, size=size))
    assert failed(found) == [5]
    assert time.monotonic() - began < 5


def test_a_record_that_was_changed_left_out_or_put_elsewhere_is_named() -> None:
    by, lines = maker(SMALL), lines_of(whole(SMALL))
    other = {**lines[5], "facts": {**lines[6]["facts"]}}
    for changed, said in (
        ([*lines[:5], other, *lines[6:]], "line 6"),
        ([*lines[:5], *lines[6:]], "entry 6 has no record"),
        ([*lines[:5], lines[6], lines[5], *lines[7:]], "line"),
        ([*lines[:6], lines[5], *lines[6:]], "line"),
        ([*lines[:5], {**lines[5], "recorded": lines[-1]["recorded"]}, *lines[6:]], ""),
    ):
        found = by.verify(with_lines(whole(SMALL), changed, by))
        assert failed(found) in ([6], [6, 7]), said
        assert said in named(found)


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


def _with_leaves(bundle: MemoryBundle, name: str, leaves: list[bytes], by: Maker) -> MemoryBundle:
    """A bundle with other entries in its one tile, and a checkpoint over them."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf_hash(leaf))
    forged = bundle.changed(name, pack_entries(leaves))
    forged = forged.changed(name.replace("entries", "0"), b"".join(map(leaf_hash, leaves)))
    return forged.changed("checkpoint", str(by.checkpoint(tree.size, tree.root())).encode())


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
