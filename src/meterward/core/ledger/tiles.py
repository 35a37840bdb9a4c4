"""The tree and its entries as files that never change: tiles of hashes and bundles of entries (C2SP tlog-tiles).

A tile of level 0 has the hashes of leaves; each hash in a tile above stands for a full tile below. The last of a level
may be partial, and is then named by its width too, so that a larger one does not replace it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from meterward.core.ledger.proofs import HASH_BYTES
from meterward.core.ledger.tree import node_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

HEIGHT = 8
WIDTH = 1 << HEIGHT
TILES_KEPT = 4096
"""How many tiles `TileNodes` keeps expanded, at 16 KiB each: those of a million leaves."""

_LENGTH_BYTES = 2
_GROUP = 1000
# At most seven groups: more than any size of a tree can ask for.
_PATH = re.compile(
    r"tile/(?:(?P<level>[0-9]|[1-5][0-9]|6[0-3])|entries)"
    r"/(?!x000/)(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """Consecutive hashes of one level, of which there are 256 unless it is the last of its level."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies, from the root of a log."""
        return f"tile/{self.level}/{_place(self.index, self.width)}"


@dataclass(frozen=True, slots=True)
class EntryBundle:
    """The entries whose hashes are in the tile of level 0 with this index and width."""

    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies, from the root of a log."""
        return f"tile/entries/{_place(self.index, self.width)}"


def _place(index: int, width: int) -> str:
    """The index in groups of three digits, all but the last marked, and the width of what is partial."""
    above, last = divmod(index, _GROUP)
    place = f"{last:03}" if width == WIDTH else f"{last:03}.p/{width}"
    while above:
        above, group = divmod(above, _GROUP)
        place = f"x{group:03}/{place}"
    return place


def read_path(text: str) -> Tile | EntryBundle | None:
    """What lies at a path; `None` if nothing could, or if it is written in another way than the one that is right."""
    found = _PATH.fullmatch(text)
    width = int((found and found["width"]) or WIDTH)
    if not found or width > WIDTH or (width == WIDTH and found["width"]):
        return None
    index = int(found["index"].replace("x", "").replace("/", ""))
    return EntryBundle(index, width) if found["level"] is None else Tile(int(found["level"]), index, width)


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree, level by level."""
    return new_tiles(0, size)


def new_tiles(old: int, size: int) -> Iterator[Tile]:
    """Every tile that is there once a tree has grown and was not before, level by level."""
    level = 0
    while size:
        yield from (Tile(level, index, width) for index, width in _grown(old, size))
        level, old, size = level + 1, old // WIDTH, size // WIDTH


def new_bundles(old: int, size: int) -> Iterator[EntryBundle]:
    """Every bundle of entries that is there once a tree has grown and was not before."""
    return (EntryBundle(index, width) for index, width in _grown(old, size))


def _grown(old: int, count: int) -> Iterator[tuple[int, int]]:
    """Index and width of what is new in a level that had `old` hashes and has `count`."""
    yield from ((index, WIDTH) for index in range(old // WIDTH, count // WIDTH))
    if count % WIDTH and count > old:
        yield count // WIDTH, count % WIDTH


def pack_entries(entries: Iterable[bytes]) -> bytes:
    """The bytes of a bundle: before each entry its length."""
    return b"".join([part for entry in entries for part in (len(entry).to_bytes(_LENGTH_BYTES, "big"), entry)])


def unpack_entries(data: bytes) -> list[bytes] | None:
    """The entries of a bundle; `None` unless the last one ends where the bytes do, or if there are too many."""
    entries: list[bytes] = []
    at, end = 0, len(data)
    while at < end:
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(data[at:start], "big")
        entries.append(data[start:at])
        if at > end or len(entries) > WIDTH:
            return None
    return entries


def expand(hashes: bytes) -> list[bytes]:
    """The hashes of a tile, then in each item those of the complete subtrees one level up; a full tile ends in one."""
    rows = [hashes]
    while len(rows[-1]) > HASH_BYTES:
        row = rows[-1]
        middles = range(HASH_BYTES, len(row), 2 * HASH_BYTES)
        rows.append(b"".join([node_hash(row[at - HASH_BYTES : at], row[at : at + HASH_BYTES]) for at in middles]))
    return rows


class TileNodes:
    """The complete subtrees of a tree, from its tiles. Each tile is fetched and expanded once while it is kept.

    A tile is believed: whether proofs that were made from it hold is for whoever checks them.
    """

    def __init__(self, fetch: Callable[[int, int, int], bytes], size: int, kept: int = TILES_KEPT) -> None:
        """Take `fetch`, from level, index and width to the bytes of a tile, and the size of the tree."""
        self._size = size
        self._rows = lru_cache(kept)(partial(_expanded, fetch, size))

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree: a `Node`."""
        if not 0 <= index < self._size >> level:
            raise ValueError(f"A tree of {self._size} has no complete subtree {index} at level {level}.")
        below = level % HEIGHT
        rows = self._rows(level // HEIGHT, index >> HEIGHT - below)
        at = (index & (WIDTH >> below) - 1) * HASH_BYTES
        return rows[below][at : at + HASH_BYTES]


def _expanded(fetch: Callable[[int, int, int], bytes], size: int, level: int, index: int) -> list[bytes]:
    """The rows of the tile at a place, as wide as it is in a tree of this size."""
    width = min(WIDTH, (size >> HEIGHT * level) - index * WIDTH)
    hashes = fetch(level, index, width)
    if len(hashes) != width * HASH_BYTES:
        raise ValueError(f"{Tile(level, index, width).path} has {len(hashes)} bytes, not {width * HASH_BYTES}.")
    return expand(hashes)
