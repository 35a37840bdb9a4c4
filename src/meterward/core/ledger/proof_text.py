"""The proof of a single entry as a text of its own (C2SP tlog-proof): its leaf, index, inclusion, and a checkpoint.

The leaf stands in the line `extra`, which nobody signs. It is believed once its hash leads to the root, and not before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.base64 import from_base64, to_base64
from meterward.core.ledger.notes import Note, read_note
from meterward.core.ledger.proofs import verify_inclusion
from meterward.core.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from meterward.core.ledger.checkpoints import Checkpoint

_HEAD = "c2sp.org/tlog-proof@v1"
_EXTRA = "extra "
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_HASH_BYTES = 32
_LONGEST_PATH = 63
LONGEST = 1_000_000
"""So many bytes a proof has at most."""
LONGEST_LEAF = 65_535
"""So many bytes a leaf has at most, as in a bundle of entries, where its length has two bytes."""


class Proof(NamedTuple):
    """That a leaf is at a place in the tree of a checkpoint. None of it is checked by being here."""

    leaf: bytes
    place: int
    path: tuple[bytes, ...]
    checkpoint: Note

    def __str__(self) -> str:
        hashes = "".join(f"{to_base64(one)}\n" for one in self.path)
        return f"{_HEAD}\n{_EXTRA}{to_base64(self.leaf)}\nindex {self.place}\n{hashes}\n{self.checkpoint}"

    def leads_to(self, checkpoint: Checkpoint) -> bool:
        """Whether the leaf is at its place in the tree of a checkpoint, which is believed for reasons of its own."""
        return verify_inclusion(leaf_hash(self.leaf), self.place, checkpoint.size, self.path, checkpoint.root)


def read_proof(data: bytes) -> Proof | None:
    """A proof from its text; None if it is none. One without its leaf says nothing of what it proves, so is refused."""
    try:
        head, _, checkpoint = (data if len(data) <= LONGEST else b"").decode().partition("\n\n")
    except UnicodeDecodeError:
        return None
    first, extra, index, *lines = (*head.split("\n"), "", "")
    leaf = from_base64(extra.removeprefix(_EXTRA)) if extra.startswith(_EXTRA) else None
    found = _INDEX.fullmatch(index)
    path = [from_base64(line) for line in lines[:-2]]
    hashes = tuple(one for one in path if one is not None and len(one) == _HASH_BYTES)
    note = read_note(checkpoint.encode())
    if first != _HEAD or not found or not note or not len(path) == len(hashes) <= _LONGEST_PATH:
        return None
    return Proof(leaf, int(found[1]), hashes, note) if leaf and len(leaf) <= LONGEST_LEAF else None
