"""The tree that is read from tiles: each subtree as the naive tree has it, at every size of a log that grows."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from meterward.core.ledger.proofs import consistency, inclusion, root, verify_consistency, verify_inclusion
from meterward.core.ledger.tiles import (
    HEIGHT,
    WIDTH,
    EntryBundle,
    Tile,
    TileNodes,
    expand,
    new_bundles,
    new_tiles,
    pack_entries,
    read_path,
    tiles_of,
    unpack_entries,
)
from meterward.core.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash
from tests.builders import naive_tree

LARGEST = 600
ENTRIES = [f"entry {place}".encode() for place in range(LARGEST)]


@pytest.mark.parametrize("width", [1, 2, 3, 5, 64, 255, 256])
def test_a_tile_expands_to_every_complete_subtree_in_it(width: int) -> None:
    nodes = naive_tree.nodes(ENTRIES[:width])
    rows = expand(naive_tree.tile(ENTRIES, 0, 0, width))
    assert rows == [b"".join(nodes(level, at) for at in range(width >> level)) for level in range(width.bit_length())]
    assert (len(rows) > HEIGHT) == (width == WIDTH)


def fetch_entries(level: int, index: int, width: int) -> bytes:
    """A tile as a log would serve it."""
    return naive_tree.tile(ENTRIES, level, index, width)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 512, 600])
def test_every_complete_subtree_is_read_from_tiles_and_no_other(size: int) -> None:
    tiles, naive = TileNodes(fetch_entries, size), naive_tree.nodes(ENTRIES)
    for level in range(12):
        for index in range(size >> level):
            assert tiles.node(level, index) == naive(level, index)
        for index in (-1, size >> level, (size >> level) + 1):
            with pytest.raises(ValueError, match=f"A tree of {size} "):
                tiles.node(level, index)


def test_each_tile_is_fetched_once_in_the_width_that_it_has() -> None:
    asked: list[tuple[int, int, int]] = []

    def fetch(level: int, index: int, width: int) -> bytes:
        asked.append((level, index, width))
        return fetch_entries(level, index, width)

    tiles = TileNodes(fetch, LARGEST)
    for _ in range(2):
        for index in range(LARGEST):
            inclusion(index, LARGEST, tiles.node)
            consistency(index, LARGEST, tiles.node)
    assert sorted(asked) == sorted((tile.level, tile.index, tile.width) for tile in tiles_of(LARGEST))


def test_no_more_tiles_are_kept_than_are_asked_for() -> None:
    asked: list[tuple[int, int]] = []

    def fetch(level: int, index: int, width: int) -> bytes:
        asked.append((level, index))
        return fetch_entries(level, index, width)

    tiles = TileNodes(fetch, LARGEST, kept=2)
    for index in (0, 256, 0, 512, 0, 256):
        tiles.node(0, index)
    assert asked == [(0, 0), (0, 1), (0, 2), (0, 1)]


@pytest.mark.parametrize("change", [-8192, -32, -1, 1, 32])
def test_a_tile_of_another_length_is_named(change: int) -> None:
    tiles = TileNodes(lambda *tile: bytes(32 * tile[2] + change), LARGEST)
    with pytest.raises(ValueError, match=f"tile/0/001 has {8192 + change} bytes, not 8192"):
        tiles.node(0, 256)


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537])
def test_a_tree_with_a_third_level_of_tiles(size: int) -> None:
    entries = [place.to_bytes(3, "big") for place in range(size)]
    kept: dict[tuple[int, int], bytes] = {}
    for tile in tiles_of(size):
        # What stands above is made of what stands below, as a log makes it; the top is held against the naive tree.
        places = range(tile.index * WIDTH, tile.index * WIDTH + tile.width)
        hashes = [expand(kept[tile.level - 1, at])[HEIGHT] if tile.level else leaf_hash(entries[at]) for at in places]
        kept[tile.level, tile.index] = b"".join(hashes)
    assert max(kept) == ((2, 0) if size >= 65_536 else (1, 0))
    tiles = TileNodes(lambda level, index, _: kept[level, index], size)
    whole = naive_tree.mth(entries)
    assert root(size, tiles.node) == whole
    for index in (0, 255, 32_768, 65_279, 65_280, size - 1):
        path = inclusion(index, size, tiles.node)
        assert verify_inclusion(leaf_hash(entries[index]), index, size, path, whole)
        proof = consistency(index + 1, size, tiles.node)
        assert verify_consistency(index + 1, size, root(index + 1, tiles.node), whole, proof)
    assert inclusion(65_280, size, tiles.node) == naive_tree.path(65_280, entries)
    assert consistency(65_280, size, tiles.node) == naive_tree.proof(65_280, entries)


class Log(RuleBasedStateMachine):
    """A log that grows, publishes its tiles as it does, and is asked about any size that it ever had."""

    @initialize(count=st.integers(0, LARGEST))
    def begin(self, count: int) -> None:
        self.entries: list[bytes] = []
        self.frontier = Frontier()
        self.files: dict[str, bytes] = {}
        self.append(count, b"begun")

    @rule(count=st.integers(0, 3) | st.integers(0, 257), seed=st.binary(max_size=4))
    def append(self, count: int, seed: bytes) -> None:
        old = len(self.entries)
        for place in range(old, min(old + count, LARGEST)):
            self.entries.append(seed + place.to_bytes(2, "big"))
            self.frontier.append(leaf_hash(self.entries[-1]))
        for tile in new_tiles(old, len(self.entries)):
            assert tile.path not in self.files
            self.files[tile.path] = naive_tree.tile(self.entries, tile.level, tile.index, tile.width)
        for bundle in new_bundles(old, len(self.entries)):
            assert bundle.path not in self.files
            first = bundle.index * WIDTH
            self.files[bundle.path] = pack_entries(self.entries[first : first + bundle.width])

    def fetch(self, level: int, index: int, width: int) -> bytes:
        """The tile, or as much as is asked for of a wider one: not every size was published."""
        paths = [Tile(level, index, wide).path for wide in range(width, WIDTH + 1)]
        return next(self.files[path] for path in paths if path in self.files)[: 32 * width]

    @rule(data=st.data())
    def prove_inclusion(self, data: st.DataObject) -> None:
        size = data.draw(st.integers(0, len(self.entries)))
        leaves, node = self.entries[:size], TileNodes(self.fetch, size).node
        assert root(size, node) == naive_tree.mth(leaves)
        if size:
            index = data.draw(st.integers(0, size - 1))
            path = inclusion(index, size, node)
            assert path == naive_tree.path(index, leaves)
            assert verify_inclusion(leaf_hash(leaves[index]), index, size, path, naive_tree.mth(leaves))

    @rule(data=st.data())
    def prove_consistency(self, data: st.DataObject) -> None:
        size = data.draw(st.integers(0, len(self.entries)))
        old = data.draw(st.integers(0, size))
        proof = consistency(old, size, TileNodes(self.fetch, size).node)
        assert proof == (naive_tree.proof(old, self.entries[:size]) if 0 < old < size else [])
        roots = naive_tree.mth(self.entries[:old]), naive_tree.mth(self.entries[:size])
        assert verify_consistency(old, size, *roots, proof)

    @rule(data=st.data())
    def read_entries(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.files) or [""]))
        bundle = read_path(path)
        if isinstance(bundle, EntryBundle):
            entries = unpack_entries(self.files[path])
            assert entries is not None
            assert b"".join(leaf_hash(entry) for entry in entries) == self.fetch(0, bundle.index, bundle.width)

    @invariant()
    def the_frontier_agrees(self) -> None:
        whole = root(len(self.entries), TileNodes(self.fetch, len(self.entries)).node)
        assert whole == self.frontier.root()
        assert (whole == EMPTY_ROOT) == (not self.entries)


TestLog = Log.TestCase
TestLog.settings = settings(max_examples=80, stateful_step_count=25)
