"""Checkpoints (C2SP tlog-checkpoint), attested by a log's signature or a witness's cosignature (tlog-cosignature).

A checkpoint says that a log of some origin had so many entries, and what the root over them was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.base64 import from_base64, to_base64
from meterward.core.ledger.notes import COSIGNATURE, ED25519, ML_DSA_44, Note, NoteKey, Signature, read_note
from meterward.core.ledger.tree import EMPTY_ROOT

if TYPE_CHECKING:
    from meterward.core.ledger.keys import PublicKey, Signer

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_ROOT_BYTES = 32
_TIME_BYTES = 8
_LATEST = 2**63 - 1
_LABEL = b"subtree/v1\n\0"
_LONGEST_NAME = 255
_ORIGIN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's origin, its size, and the root over its entries."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


class Said(NamedTuple):
    """A checkpoint as a signed note, and as what that says. Whether anybody signed it is for whoever verifies it."""

    note: Note
    checkpoint: Checkpoint


class Verdict(Enum):
    """What a note shows of a key: no signature, a signature that is none of its own, or one that is."""

    ABSENT = "absent"
    FALSE = "false"
    TRUE = "true"


class Attestation(NamedTuple):
    """Whether a key attests a checkpoint, and when it did, in seconds since 1970; 0 where it does not say."""

    verdict: Verdict
    time: int = 0


def origin_of(ledger: str, key: PublicKey) -> str:
    """What the log of a ledger is called: by the ledger, and by the beginning of the id of its key."""
    return f"meterward/{ledger}/{key.id[:_ORIGIN_DIGITS]}"


def read_checkpoint(text: str) -> Checkpoint | None:
    """The checkpoint that a note's text says; None if it says none. Lines that a log adds are not read, so refused."""
    found = read_claim(text)
    return None if found and not found.size and found.root != EMPTY_ROOT else found


def read_said(data: bytes) -> Said | None:
    """A checkpoint as its note has it; None if this is none."""
    note = read_note(data)
    checkpoint = read_checkpoint(note.text) if note else None
    return Said(note, checkpoint) if note and checkpoint else None


def read_claim(text: str) -> Checkpoint | None:
    """The same, also if it says of an empty log that it had another root than an empty log has."""
    lines = text.split("\n")
    if len(lines) != len(("origin", "size", "root", "")) or lines[-1] or not lines[0] or not _SIZE.fullmatch(lines[1]):
        return None
    size, root = int(lines[1]), from_base64(lines[2])
    return Checkpoint(lines[0], size, root) if root and len(root) == _ROOT_BYTES else None


def attest(checkpoint: Checkpoint, name: str, kind: int, signer: Signer, time: int = 0) -> Signature:
    """The signature of a checkpoint by a key of some type, under a name, at a time where the type has one."""
    key = NoteKey(name, kind, signer.public)
    made = signer.sign(_message(checkpoint, key, time))
    return Signature(name, key.id, made if kind == ED25519 else time.to_bytes(_TIME_BYTES, "big") + made)


def attested(note: Note, checkpoint: Checkpoint, key: NoteKey) -> Attestation:
    """Whether a key attests the checkpoint of a note. Every signature that says it is by the key must be."""
    found = [_attestation(one, checkpoint, key) for one in note.signatures if key.made(one)]
    if not found:
        return Attestation(Verdict.ABSENT)
    return min(found, key=lambda one: (one.verdict is Verdict.TRUE, one.time))


def _attestation(signature: Signature, checkpoint: Checkpoint, key: NoteKey) -> Attestation:
    time, made = 0, signature.value
    if key.type != ED25519:
        time, made = int.from_bytes(made[:_TIME_BYTES], "big"), made[_TIME_BYTES:]
    if time > _LATEST or not key.public.verifies(made, _message(checkpoint, key, time)):
        return Attestation(Verdict.FALSE)
    return Attestation(Verdict.TRUE, time)


def _message(checkpoint: Checkpoint, key: NoteKey, time: int) -> bytes:
    if key.type == ED25519:
        return str(checkpoint).encode()
    if key.type == COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{checkpoint}".encode()
    if key.type == ML_DSA_44:
        name, origin = key.name.encode()[:_LONGEST_NAME], checkpoint.origin.encode()[:_LONGEST_NAME]
        start = 0
        return b"".join(
            (
                _LABEL,
                bytes((len(name),)) + name,
                time.to_bytes(8, "big"),
                bytes((len(origin),)) + origin,
                start.to_bytes(8, "big"),
                checkpoint.size.to_bytes(8, "big"),
                checkpoint.root,
            )
        )
    raise ValueError(f"no checkpoint is signed by a key of type {key.type}")
