"""Which tiles and bundles a log of some size has, which ones come as it grows, and how entries are packed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.ledger.tiles import (
    WIDTH,
    Tile,
    new_bundles,
    new_tiles,
    pack_entries,
    tiles_of,
    unpack_entries,
)

SIZES = st.integers(0, 2**40)


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
