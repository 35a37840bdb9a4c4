"""Prove a record: that its entry is in the log of a checkpoint, and at which place.

Hashes come from the entries, 256 at a time. Of full tiles of entries the hash is kept for good (an eighth of a byte an
entry), and the tiles that were used last are kept whole, so that one more proof takes a look at two of them
at most, and at its own entry.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.proof_text import Proof
from meterward.core.ledger.proofs import HASH_BYTES, inclusion
from meterward.core.ledger.tiles import HEIGHT, WIDTH, EntryBundle, Tile, TileNodes, expand, pack_entries
from meterward.core.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.core.ledger.notes import Note
    from meterward.core.ledger.proofs import Node
    from meterward.usecases.ports import Ledgers

Tell: TypeAlias = "Callable[[int, int], None]"
"""Hears how far it has come: so many entries of so many."""
MOST_KEPT = 512
"""So many tiles of entries are kept whole, at 8 KiB each."""
MOST_SPREAD = 256
"""For so many tiles of a ledger the hashes within them are kept too, at 16 KiB each."""
_AT_ONCE = 8 * WIDTH
_HINT = "Compare the database with a copy that others hold, such as a bundle; “meterward ledger show” says more."


@dataclass(slots=True)
class _Log:
    """What is kept of the log of one ledger: by level from 1 on, the hashes of the full tiles below, end to end."""

    above: list[bytearray] = field(default_factory=lambda: [bytearray()])
    lock: Lock = field(default_factory=Lock)

    @property
    def tiles(self) -> int:
        """Of so many full tiles of entries the hash is known."""
        return len(self.above[0]) // HASH_BYTES

    def add(self, tile: bytes) -> None:
        """Take in the next full tile of entries."""
        digest, level = expand(tile)[HEIGHT], 0
        while digest:
            if level == len(self.above):
                self.above.append(bytearray())
            row = self.above[level]
            row += digest
            full = len(row) % (WIDTH * HASH_BYTES) == 0
            digest = expand(bytes(row[-WIDTH * HASH_BYTES :]))[HEIGHT] if full else b""
            level += 1


@dataclass(slots=True)
class Proving:
    """What proves records, for one process."""

    ledgers: Ledgers
    _logs: dict[str, _Log] = field(default_factory=dict)
    _tiles: OrderedDict[tuple[str, int], bytes] = field(default_factory=OrderedDict)
    """Full tiles of entries, the last used last."""
    _latest: dict[str, tuple[int, TileNodes]] = field(default_factory=dict)
    """Of each ledger, the tiles that were used last for one size of it, with the hashes within them."""
    _lock: Lock = field(default_factory=Lock)

    def behind(self, ledger: str, size: int) -> int:
        """So many entries have to be read before anything can be proved of the first `size`."""
        return size - self._log(ledger).tiles * WIDTH

    def prove(self, index: int, note: Note, checkpoint: Checkpoint, ledger: str, tell: Tell) -> Proof | Problem:
        """The proof that the entry at an index is in the log of a checkpoint; it holds, or there is none."""
        size = checkpoint.size
        node = self.nodes(ledger, size, tell)
        leaf = b"".join(self.ledgers.leaves(ledger, index, index + 1))
        proof = Proof(leaf, index, tuple(inclusion(index, size, node)), note)
        if not proof.leads_to(checkpoint):
            message = f"The entries of {ledger} are not those of its checkpoint over {size:,} entries."
            return Problem(Code.LEDGER_LOST, message, _HINT)
        return proof

    def nodes(self, ledger: str, size: int, tell: Tell = lambda _done, _total: None) -> Node:
        """The complete subtrees of a ledger over its first entries, from the entries themselves."""
        self.follow(ledger, size, tell)
        return self._nodes(ledger, size).node

    def follow(self, ledger: str, size: int, tell: Tell) -> None:
        """Hash what came since, as far as it fills tiles."""
        log, wanted = self._log(ledger), size // WIDTH
        with log.lock:
            while log.tiles < wanted:
                start = log.tiles * WIDTH
                until = min(start + _AT_ONCE, wanted * WIDTH)
                hashes = b"".join(map(leaf_hash, self.ledgers.leaves(ledger, start, until)))
                for at in range(0, len(hashes), WIDTH * HASH_BYTES):
                    log.add(hashes[at : at + WIDTH * HASH_BYTES])
                tell(until, size)

    def tile(self, ledger: str, tile: Tile) -> bytes:
        """The hashes of a tile that is there, of a log that was followed so far."""
        if tile.level:
            start = tile.index * WIDTH * HASH_BYTES
            return bytes(self._log(ledger).above[tile.level - 1][start : start + tile.width * HASH_BYTES])
        key = ledger, tile.index
        with self._lock:
            if kept := self._tiles.get(key):
                self._tiles.move_to_end(key)
                return kept[: tile.width * HASH_BYTES]
        hashes = b"".join(map(leaf_hash, self._leaves(ledger, tile.index, tile.width)))
        if tile.width == WIDTH:
            with self._lock:
                self._tiles[key] = hashes
                while len(self._tiles) > MOST_KEPT:
                    self._tiles.popitem(last=False)
        return hashes

    def entries(self, ledger: str, bundle: EntryBundle) -> bytes:
        """A bundle of entries that is there, as C2SP tlog-tiles writes it."""
        return pack_entries(self._leaves(ledger, bundle.index, bundle.width))

    def _nodes(self, ledger: str, size: int) -> TileNodes:
        with self._lock:
            known, nodes = self._latest.get(ledger) or (0, None)
            if nodes is None or known != size:
                nodes = TileNodes(lambda level, at, width: self.tile(ledger, Tile(level, at, width)), size, MOST_SPREAD)
                self._latest[ledger] = size, nodes
            return nodes

    def _leaves(self, ledger: str, index: int, width: int) -> list[bytes]:
        return self.ledgers.leaves(ledger, index * WIDTH, index * WIDTH + width)

    def _log(self, ledger: str) -> _Log:
        with self._lock:
            return self._logs.setdefault(ledger, _Log())
