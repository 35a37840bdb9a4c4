"""Tiles and bundles of entries: their names, their bytes, and the tree that is read from them, grown step by step."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
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
WIDTHS = st.integers(1, WIDTH)
INDEXES = st.integers(0, 10**21 - 1)
SIZES = st.integers(0, 2**40)

PATHS: dict[str, Tile | EntryBundle] = {
    "tile/0/000": Tile(0, 0),
    "tile/0/000.p/1": Tile(0, 0, 1),
    "tile/0/x001/234.p/5": Tile(0, 1234, 5),
    "tile/1/x001/x234/067": Tile(1, 1_234_067),
    "tile/9/999.p/255": Tile(9, 999, 255),
    "tile/63/x001/000": Tile(63, 1000),
    "tile/entries/000.p/17": EntryBundle(0, 17),
    "tile/entries/x001/x234/067": EntryBundle(1_234_067),
}


@pytest.mark.parametrize("path", PATHS)
def test_the_paths_of_tiles_and_bundles(path: str) -> None:
    assert PATHS[path].path == path
    assert read_path(path) == PATHS[path]


@given(st.one_of(st.builds(Tile, st.integers(0, 63), INDEXES, WIDTHS), st.builds(EntryBundle, INDEXES, WIDTHS)))
def test_every_path_is_read_back(one: Tile | EntryBundle) -> None:
    assert read_path(one.path) == one


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        " tile/0/000",
        "TILE/0/000",
        "tile/8/0/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/00/000",
        "tile/01/000",
        "tile/64/000",
        "tile/100/000",
        "tile/data/000",
        "tile/entry/000",
        "tile/\u0661/000",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000",
        "tile/0/X001/000",
        "tile/0/x000/001",
        "tile/0/x000/x001/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/x01/000",
        "tile/0/x001//000",
        "tile/0/" + "x001/" * 7 + "000",
        "tile/0/" + "x001/" * 100_000 + "000",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/1000",
        "tile/0/000.p/-1",
        "tile/0/000.p/1/",
        "tile/0/000.p/1\n",
        "tile/0/000.q/1",
        "tile/0/000p/1",
        "tile/0/x001.p/000",
        "tile/0/../000",
        "tile/entries/../0/000",
        "checkpoint",
    ],
)
def test_a_path_that_is_written_otherwise_is_refused(path: str) -> None:
    assert read_path(path) is None


@given(st.text("tile/0123456789xp.entries\n ", max_size=30))
def test_what_is_read_is_what_would_be_written(text: str) -> None:
    found = read_path(text)
    assert found is None or found.path == text


@given(st.integers(0, len(PATHS) - 1), st.data())
def test_a_path_with_one_character_changed_names_something_else_or_nothing(which: int, data: st.DataObject) -> None:
    path, one = list(PATHS.items())[which]
    at = data.draw(st.integers(0, len(path) - 1))
    other = path[:at] + data.draw(st.sampled_from("0123456789x/.p\n\0 e")) + path[at + 1 :]
    assert (read_path(other) == one) == (other == path)


def test_the_tiles_of_the_size_that_the_specification_works_out() -> None:
    widths = Counter((tile.level, tile.width) for tile in tiles_of(70_000))
    assert widths == {(0, 256): 273, (0, 112): 1, (1, 256): 1, (1, 17): 1, (2, 1): 1}
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(st.integers(0, 70_000))
def test_a_tree_has_at_every_level_what_the_specification_counts(size: int) -> None:
    levels: dict[int, list[Tile]] = {}
    for tile in tiles_of(size):
        levels.setdefault(tile.level, []).append(tile)
    assert list(levels) == list(range(len(levels)))
    assert size // 256 ** len(levels) == 0
    for level, tiles in levels.items():
        assert [tile.index for tile in tiles] == list(range(len(tiles)))
        assert sum(tile.width for tile in tiles) == size // 256**level
        assert all(tile.width == WIDTH for tile in tiles[:-1])


@given(st.lists(st.integers(0, 70_000), min_size=1, max_size=6))
def test_growing_in_steps_makes_each_tile_once_and_none_that_is_not_asked_for(sizes: list[int]) -> None:
    sizes = [0, *sorted(sizes)]
    made = [tile for old, size in pairwise(sizes) for tile in new_tiles(old, size)]
    assert len(made) == len(set(made))
    assert set(made) == {tile for size in sizes for tile in tiles_of(size)}


@given(SIZES, st.integers(0, 1000))
def test_bundles_grow_as_the_lowest_tiles_do(old: int, more: int) -> None:
    lowest = [tile for tile in new_tiles(old, old + more) if tile.level == 0]
    assert [(one.index, one.width) for one in new_bundles(old, old + more)] == [(t.index, t.width) for t in lowest]
    assert bool(lowest) == bool(more)


@given(st.lists(st.binary(max_size=300), max_size=WIDTH))
def test_entries_are_packed_and_unpacked(entries: list[bytes]) -> None:
    packed = pack_entries(entries)
    assert unpack_entries(packed) == entries
    assert packed == b"".join(bytes([len(entry) >> 8, len(entry) & 255]) + entry for entry in entries)


def test_the_longest_entry_is_packed_and_no_longer_one() -> None:
    longest = bytes(65_535)
    assert unpack_entries(pack_entries([longest, b""])) == [longest, b""]
    with pytest.raises(OverflowError):
        pack_entries([longest + b"\0"])


def test_a_bundle_has_no_more_than_a_tile() -> None:
    assert unpack_entries(bytes(2 * WIDTH)) == [b""] * WIDTH
    assert unpack_entries(bytes(2 * WIDTH + 2)) is None
    assert unpack_entries(bytes(2**24)) is None


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=6))
def test_a_bundle_cut_short_or_with_something_after_it_is_refused_or_has_fewer_entries(entries: list[bytes]) -> None:
    packed = pack_entries(entries)
    ends = {len(pack_entries(entries[:count])): count for count in range(len(entries) + 1)}
    for end in range(len(packed)):
        assert unpack_entries(packed[:end]) == (entries[: ends[end]] if end in ends else None)
    assert unpack_entries(packed + b"\0") is None
    assert unpack_entries(packed + b"\0\1") is None


@given(st.binary(max_size=600))
def test_what_is_unpacked_is_what_would_be_packed(data: bytes) -> None:
    entries = unpack_entries(data)
    assert entries is None or pack_entries(entries) == data


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
