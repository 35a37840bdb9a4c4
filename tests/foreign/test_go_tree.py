"""Go's `sumdb/tlog`: it accepts our proofs and tiles, we its own, and both refuse what is broken."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meterward.core.ledger.proofs import HASH_BYTES, consistency, inclusion, root, verify_consistency, verify_inclusion
from meterward.core.ledger.tiles import WIDTH, Tile, TileNodes, expand, new_tiles, read_path, tiles_of
from meterward.core.ledger.tree import Frontier, leaf_hash
from tests.builders import naive_tree
from tests.builders.broken_proofs import JUNK, altered

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.foreign.golang import Go

ENTRIES = [f'{{"index":{place}}}'.encode() * (place % 7) for place in range(600)]
SIZES = [*range(1, 34), 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 599, 600]
OUTSIDE = "tlog: invalid inputs in CheckRecord"
LARGE = [65_535, 65_536, 65_537]
REASONS = ("invalid transparency proof", "cannot decode hash")
"""Why Go refuses a proof: it does not hold, or has something in it that is no hash."""


def tile_files(entries: list[bytes], size: int) -> dict[str, bytes]:
    """The tiles of a log, as their paths and bytes, each made of those below it."""
    files: dict[str, bytes] = {}
    for tile in tiles_of(size):
        places = range(tile.index * WIDTH, tile.index * WIDTH + tile.width)
        files[tile.path] = b"".join(
            expand(files[Tile(tile.level - 1, at).path])[-1] if tile.level else leaf_hash(entries[at]) for at in places
        )
    return files


def nodes_of(files: dict[str, bytes], size: int) -> Callable[[int, int], bytes]:
    """The complete subtrees, from files."""
    return TileNodes(lambda *tile: files[Tile(*tile).path], size).node


def places(size: int) -> list[int]:
    """Every leaf of a small tree, and of another those where something begins or ends."""
    if size < 34:
        return list(range(size))
    edges = {0, 1, size // 2, size - 2, size - 1}
    return sorted(edges | {one + step for one in (64, 128, 256, 512, 65_536) for step in (-1, 0) if one < size})


def test_leaves_and_roots_are_the_same(go: Go) -> None:
    assert go.hashes("append", entries=ENTRIES) == [leaf_hash(entry) for entry in ENTRIES]
    frontier = Frontier()
    for size, entry in enumerate(ENTRIES, 1):
        frontier.append(leaf_hash(entry))
        assert b64decode(go.ask("root", size=size)["root"]) == frontier.root()


def check_inclusion(go: Go, files: dict[str, bytes], size: int) -> None:
    """Make, exchange and check proofs of inclusion in the first leaves of a log that both have."""
    node = nodes_of(files, size)
    whole = b64decode(go.ask("root", size=size)["root"])
    assert root(size, node) == whole
    for index in places(size):
        path, leaf = inclusion(index, size, node), node(0, index)
        assert go.hashes("include", size=size, index=index) == path
        assert verify_inclusion(leaf, index, size, path, whole)
        said: dict[str, Any] = {"leaf": leaf, "index": index, "size": size, "path": path, "root": whole}
        go.ask("included", **said, proof=path)
        for wrong in ({"leaf": JUNK}, {"root": JUNK}, {"path": [*path, JUNK]}, {"index": index ^ 1}):
            other = said | wrong
            reason = REASONS[0] if other["index"] < size else OUTSIDE
            assert go.why("included", **other, proof=other["path"]) == reason
            assert not verify_inclusion(**other)


def check_consistency(go: Go, files: dict[str, bytes], size: int) -> None:
    """Make, exchange and check proofs that a log that both have grew to some size."""
    node = nodes_of(files, size)
    whole = root(size, node)
    for old in (place + 1 for place in places(size)):
        proof, before = consistency(old, size, node), root(old, node)
        assert go.hashes("extend", size=size, old=old) == proof
        assert verify_consistency(old, size, before, whole, proof)
        said: dict[str, Any] = {"old": old, "size": size, "old_root": before, "root": whole, "proof": proof}
        go.ask("extended", **said)
        for wrong in ({"old_root": JUNK}, {"root": JUNK}, {"proof": [*proof, JUNK]}, {"proof": [JUNK, *proof]}):
            other = said | wrong
            assert go.why("extended", **other) == REASONS[0]
            assert not verify_consistency(**other)


def test_proofs_are_the_same_and_are_accepted_both_ways(go: Go) -> None:
    go.ask("append", entries=ENTRIES)
    for size in SIZES:
        files = tile_files(ENTRIES, size)
        check_inclusion(go, files, size)
        check_consistency(go, files, size)


def test_proofs_about_the_third_level_of_tiles(go: Go) -> None:
    entries = [place.to_bytes(3, "big") for place in range(LARGE[-1])]
    go.ask("append", entries=entries)
    for size in LARGE:
        files = tile_files(entries, size)
        check_inclusion(go, files, size)
        check_consistency(go, files, size)


@pytest.mark.parametrize("size", [2, 3, 5, 7, 8])
def test_no_altered_proof_is_accepted_by_either(go: Go, size: int) -> None:
    go.ask("append", entries=ENTRIES)
    node = nodes_of(tile_files(ENTRIES, size), size)
    whole = root(size, node)
    for index in range(size):
        place: dict[str, Any] = {"index": index, "size": size, "leaf": node(0, index), "root": whole}
        for path in altered(inclusion(index, size, node)):
            assert go.why("included", **place, proof=path) in REASONS
            assert not verify_inclusion(node(0, index), index, size, path, whole)
        growth: dict[str, Any] = {"old": index + 1, "size": size, "old_root": root(index + 1, node), "root": whole}
        for proof in altered(consistency(index + 1, size, node)):
            assert go.why("extended", **growth, proof=proof) in REASONS
            assert not verify_consistency(index + 1, size, growth["old_root"], whole, proof)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512, 513, 600])
def test_tiles_have_the_same_bytes(go: Go, size: int) -> None:
    go.ask("append", entries=ENTRIES)
    for path, data in tile_files(ENTRIES, size).items():
        tile = read_path(path)
        assert isinstance(tile, Tile)
        found = go.ask("tile", level=tile.level, index=tile.index, width=tile.width)["data"]
        assert b64decode(found) == data == naive_tree.tile(ENTRIES, tile.level, tile.index, tile.width)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.integers(0, 2**50), more=st.integers(0, 1200))
def test_a_growth_makes_the_same_tiles(go: Go, old: int, more: int) -> None:
    # Go counts every width on the way; of those we make the last.
    there = go.ask("tiles", old=old, size=old + more)["paths"]
    ours = [tile.path for tile in new_tiles(old, old + more)]
    widest: dict[str, str] = {}
    for path in there:
        tile = read_path(path)
        assert isinstance(tile, Tile)
        assert tile.path == path
        widest[path.partition(".p/")[0]] = path
    # Go lists the last tile of an upper level again where nothing came to it.
    again = {tile.path for tile in last_tiles(old)} & set(widest.values())
    assert set(ours) == set(widest.values()) - again
    assert len(ours) == len(set(ours))


def last_tiles(size: int) -> list[Tile]:
    """The partial tiles of a tree, one a level at most."""
    found, level = [], 0
    while size:
        if size % WIDTH:
            found.append(Tile(level, size // WIDTH, size % WIDTH))
        size, level = size // WIDTH, level + 1
    return found


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 513, 600])
def test_go_reads_our_tiles_and_checks_them_against_our_root(go: Go, size: int) -> None:
    files = tile_files(ENTRIES, size)
    node = nodes_of(files, size)
    for index in places(size):
        said: dict[str, Any] = {"size": size, "index": index, "root": root(size, node)}
        assert go.hashes("include from tiles", **said, tiles=files) == inclusion(index, size, node)
        # Of one leaf there is nothing to prove, and it looks at no tile.
        assert bool(go.why("include from tiles", **said | {"root": JUNK}, tiles=files)) == (size > 1)


def test_go_finds_a_tile_that_was_changed_or_is_gone_and_whoever_checks_a_proof_made_of_it_does(go: Go) -> None:
    # Here each complete subtree has a tile to itself. Where some share one, as at 600, the reader that Debian 12 has
    # takes as many other tiles unchecked. A proof made of a broken tile is found out all the same, when it is checked.
    size, index = 513, 300
    files = tile_files(ENTRIES, size)
    whole, leaf = root(size, nodes_of(files, size)), leaf_hash(ENTRIES[index])
    true = inclusion(index, size, nodes_of(files, size))
    said: dict[str, Any] = {"size": size, "index": index, "root": whole}
    assert list(files) == ["tile/0/000", "tile/0/001", "tile/0/002.p/1", "tile/1/000.p/2"]
    for path, data in files.items():
        is_read = path != "tile/0/000"  # its hash stands in the tile above
        for at in (0, len(data) // 2, len(data) - 1):
            broken = files | {path: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]}
            assert bool(go.why("include from tiles", **said, tiles=broken)) == is_read
            proof = inclusion(index, size, nodes_of(broken, size))
            assert verify_inclusion(leaf, index, size, proof, whole) == (proof == true)
            assert (proof == true) == (not is_read or (path == "tile/1/000.p/2" and at >= HASH_BYTES))
        gone = {name: data for name, data in files.items() if name != path}
        assert bool(go.why("include from tiles", **said, tiles=gone)) == is_read
        assert bool(go.why("include from tiles", **said, tiles=files | {path: data[:-1]})) == is_read
