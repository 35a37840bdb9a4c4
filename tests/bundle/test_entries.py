"""The entries of a bundle, read tile by tile: the root of the tree at every size that it had."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from meterward.core.bundle.entries import Entries
from meterward.core.ledger.tiles import EntryBundle, pack_entries
from meterward.core.ledger.tree import Frontier, leaf_hash
from meterward.core.records.statement import Entry
from tests.builders.stamped import LATER


@cache
def _leaves(count: int) -> list[bytes]:
    return [
        Entry(at, LATER, "l/ledger", at, sha256(bytes((at % 256, at // 256))).digest()).leaf() for at in range(count)
    ]


def test_the_root_at_each_size_is_that_of_the_tree_as_it_was() -> None:
    entries, leaves, tree, expected = Entries(), _leaves(600), Frontier(), {0: Frontier().root()}
    for start in range(0, 600, 256):
        some = leaves[start : start + 256]
        tile = b"".join(leaf_hash(one) for one in some)
        entries.take(EntryBundle(start // 256, len(some)), pack_entries(some), tile)
    for leaf in leaves:
        tree.append(leaf_hash(leaf))
        expected[tree.size] = tree.root()
    assert not entries.wrong
    assert entries.roots_at(range(601)) == expected
    assert entries.roots_at([512, 3, 601, 257]) == {size: expected[size] for size in (3, 257, 512)}
