"""The entries of a log as its bundles of entries hold them: read strictly, hashed, and counted by stream."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meterward.core.ledger.proofs import HASH_BYTES
from meterward.core.ledger.tiles import HEIGHT, WIDTH, EntryBundle, Tile, expand, unpack_entries
from meterward.core.ledger.tree import Frontier, leaf_hash
from meterward.core.records.statement import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_ENTRY = re.compile(
    rb'\{"counter":(0|[1-9][0-9]{0,15}),"index":(0|[1-9][0-9]{0,15}),'
    rb'"recorded":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)",'
    rb'"statement":"([0-9a-f]{64})","stream":"([A-Za-z0-9._()/-]{1,200})"\}'
)


def read_entry(leaf: bytes) -> Entry | None:
    """An entry from its leaf; None if the bytes are not those of one."""
    found = _ENTRY.fullmatch(leaf)
    if found is None:
        return None
    counter, index, recorded, statement, stream = found.groups()
    return Entry(int(index), recorded.decode(), stream.decode(), int(counter), bytes.fromhex(statement.decode()))


@dataclass(slots=True)
class Entries:
    """What the entries of a log say, and everything that is wrong with them, each by name."""

    places: dict[bytes, int] = field(default_factory=dict)
    """The place of each statement."""
    recorded: list[str] = field(default_factory=list)
    streams: Counter[str] = field(default_factory=Counter)
    """How many entries each stream has."""
    stream_of: list[str] = field(default_factory=list)
    tree: Frontier = field(default_factory=Frontier)
    wrong: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    """The entries that run backwards, or whose number in their stream is not the next."""
    _above: list[bytes] = field(default_factory=list)
    """The hashes of the full tiles of level 0."""
    _tiles: list[bytes] = field(default_factory=list)
    """The tiles of level 0, as the entries come to them."""

    @property
    def size(self) -> int:
        """How many there are."""
        return self.tree.size

    @property
    def licensee(self) -> str:
        """Whose ledger it is, by its first stream."""
        return self.stream_of[0].rpartition("/")[0] if self.stream_of else ""

    def take(self, bundle: EntryBundle, data: bytes, tile: bytes) -> None:
        """Read a bundle of entries, and compare it with its tile of hashes."""
        leaves = unpack_entries(data)
        if leaves is None or len(leaves) != bundle.width:
            self.wrong.append(bundle.path)
            return
        hashes = [leaf_hash(leaf) for leaf in leaves]
        own = b"".join(hashes)
        self._tiles.append(own)
        if own != tile:
            self.wrong.append(Tile(0, bundle.index, bundle.width).path)
        for leaf, digest in zip(leaves, hashes, strict=True):
            self._enter(leaf, digest)
        if bundle.width == WIDTH:
            self._above.append(expand(own)[HEIGHT])

    def check_above(self, fetch: Callable[[Tile], bytes | None]) -> None:
        """Compare the tiles above level 0 with what the entries come to."""
        level, row = 1, self._above
        while row:
            above = []
            for tile, hashes in _tiles(level, row):
                if fetch(tile) != hashes:
                    self.wrong.append(tile.path)
                if tile.width == WIDTH:
                    above.append(expand(hashes)[HEIGHT])
            level, row = level + 1, above

    def roots_at(self, sizes: Iterable[int]) -> dict[int, bytes]:
        """The root that the log had at each of some sizes, of those that it ever had."""
        full, found = Frontier(), {}
        for size in sorted({size for size in sizes if size <= self.size}):
            count, more = divmod(size, WIDTH)
            while full.size < count:
                full.append(self._above[full.size])
            last = Frontier()
            for place in range(more):
                last.append(self._tiles[count][place * HASH_BYTES : (place + 1) * HASH_BYTES])
            found[size] = Frontier(size, [*full.peaks, *last.peaks]).root()
        return found

    def _enter(self, leaf: bytes, digest: bytes) -> None:
        entry, place = read_entry(leaf), self.tree.size
        self.tree.append(digest)
        if entry is None or entry.index != place or entry.statement in self.places:
            self.wrong.append(f"entry {place + 1:,}")
            self.recorded.append(self.recorded[-1] if self.recorded else "")
            self.stream_of.append("")
            return
        if (self.recorded and entry.recorded < self.recorded[-1]) or entry.counter != self.streams[entry.stream]:
            self.disordered.append(f"entry {place + 1:,}")
        self.places[entry.statement] = place
        self.recorded.append(entry.recorded)
        self.streams[entry.stream] += 1
        self.stream_of.append(entry.stream)


def _tiles(level: int, row: list[bytes]) -> Iterator[tuple[Tile, bytes]]:
    for start in range(0, len(row), WIDTH):
        some = row[start : start + WIDTH]
        yield Tile(level, start // WIDTH, len(some)), b"".join(some)
