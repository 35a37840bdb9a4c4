"""The proof of a single entry as a text of its own (C2SP tlog-proof): index, inclusion, and a checkpoint."""

from __future__ import annotations

import re
from typing import NamedTuple

from meterward.core.base.base64 import from_base64, to_base64
from meterward.core.ledger.notes import Note, read_note

_HEAD = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_HASH_BYTES = 32
_LONGEST_PATH = 63
_LONGEST = 1_000_000


class Proof(NamedTuple):
    """That the entry at a place is in the tree of a checkpoint. Neither is checked by being here."""

    place: int
    path: tuple[bytes, ...]
    checkpoint: Note

    def __str__(self) -> str:
        hashes = "".join(f"{to_base64(one)}\n" for one in self.path)
        return f"{_HEAD}\nindex {self.place}\n{hashes}\n{self.checkpoint}"


def read_proof(data: bytes) -> Proof | None:
    """A proof from its text; None if it is none. Data that somebody put beside it is not read, so refused."""
    try:
        head, _, checkpoint = (data if len(data) <= _LONGEST else b"").decode().partition("\n\n")
    except UnicodeDecodeError:
        return None
    first, *lines = head.split("\n")
    found = _INDEX.fullmatch(lines[0]) if lines else None
    path = [from_base64(line) for line in lines[1:]]
    hashes = tuple(one for one in path if one is not None and len(one) == _HASH_BYTES)
    note = read_note(checkpoint.encode())
    if first != _HEAD or not found or not note or not len(path) == len(hashes) <= _LONGEST_PATH:
        return None
    return Proof(int(found[1]), hashes, note)
