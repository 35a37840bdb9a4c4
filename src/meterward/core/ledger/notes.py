"""Signed notes (C2SP signed-note): a text, and below it the signatures of those whom the reader may know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from meterward.core.base.base64 import from_base64, to_base64
from meterward.core.ledger.keys import Algorithm, PublicKey

_MARK = "\u2014 "
_NAME = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_ID_BYTES = 4
_LONGEST = 1_000_000
_MOST_SIGNATURES = 100

ED25519, COSIGNATURE, ML_DSA_44 = 0x01, 0x04, 0x06
"""The types of signature: of the log; of a witness, with the time; of either, with the time, by ML-DSA-44."""
_ALGORITHMS = {ED25519: Algorithm.ED25519, COSIGNATURE: Algorithm.ED25519, ML_DSA_44: Algorithm.ML_DSA_44}


class Signature(NamedTuple):
    """A line of signature: the name and the id of a key, and what it made of the text."""

    name: str
    id: bytes
    value: bytes

    def line(self) -> str:
        """The line as it stands in a note."""
        return f"{_MARK}{self.name} {to_base64(self.id + self.value)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a line feed, and its signatures; nobody has verified them."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(one.line() for one in self.signatures)}"


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A verifier key: a name, a type of signature, and a public key."""

    name: str
    type: int
    public: PublicKey

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names the key."""
        return sha256(f"{self.name}\n".encode() + bytes((self.type,)) + self.public.raw).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes((self.type,)) + self.public.raw)}"

    def made(self, signature: Signature) -> bool:
        """Whether a signature says that it is by this key."""
        return (signature.name, signature.id) == (self.name, self.id)


def read_note(data: bytes) -> Note | None:
    """A signed note; None if this is none."""
    try:
        whole = data.decode() if len(data) <= _LONGEST else ""
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(whole) or not whole.endswith("\n"):
        return None
    text, empty, below = whole.rpartition("\n\n")
    lines = below.removesuffix("\n").split("\n")
    if not empty or not text or len(lines) > _MOST_SIGNATURES:
        return None
    signatures = [_signature(line) for line in lines]
    there = tuple(one for one in signatures if one)
    return Note(f"{text}\n", there) if len(there) == len(signatures) else None


def read_key(text: str) -> NoteKey | None:
    """A verifier key from its text `name+id+key`; None if it is none, or of a type that is not known here."""
    name, _, rest = text.partition("+")
    shown, _, coded = rest.partition("+")
    data = from_base64(coded)
    if not _NAME.fullmatch(name) or not data or data[0] not in _ALGORITHMS:
        return None
    key = NoteKey(name, data[0], PublicKey(_ALGORITHMS[data[0]], data[1:]))
    return key if key.public.is_whole() and key.id.hex() == shown else None


def is_name(name: str) -> bool:
    """Whether a key may be called so."""
    return bool(_NAME.fullmatch(name))


def _signature(line: str) -> Signature | None:
    name, _, coded = line.removeprefix(_MARK).partition(" ")
    data = from_base64(coded)
    if not line.startswith(_MARK) or not _NAME.fullmatch(name) or data is None or len(data) <= _ID_BYTES:
        return None
    return Signature(name, data[:_ID_BYTES], data[_ID_BYTES:])
