"""A statement: what an author says happened. Its id is the SHA-256 of its canonical bytes, an in-toto Statement v1.

Nothing in it depends on the order of arrival, so one statement can be signed offline and entered in several ledgers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meterward.core.base.canonical import Json, canonical

if TYPE_CHECKING:
    from meterward.core.ledger.commitment import Part

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:meterward:record:1"


@dataclass(slots=True)
class Statement:
    """Header (what is signed in clear), parts of the body, and files by name and SHA-256 (hex)."""

    header: dict[str, Json]
    facts: Part
    text: Part
    files: tuple[tuple[str, str], ...] = ()
    _digest: bytes = field(default=b"", init=False, repr=False, compare=False)

    def payload(self) -> bytes:
        """The bytes that are signed, in canonical JSON. File names and digests need no escaping."""
        digests = [
            ("facts", self.facts.commitment().hex()),
            ("text", self.text.commitment().hex()),
            *((f"files/{name}", digest) for name, digest in self.files),
        ]
        subjects = ",".join([f'{{"digest":{{"sha256":"{digest}"}},"name":"{name}"}}' for name, digest in digests])
        return (
            f'{{"_type":"{STATEMENT_TYPE}","predicate":{canonical(self.header).decode()},'
            f'"predicateType":"{PREDICATE_TYPE}","subject":[{subjects}]}}'
        ).encode()

    def digest(self) -> bytes:
        """The statement's id; made once, for nobody changes a statement."""
        if not self._digest:
            self._digest = hashlib.sha256(self.payload()).digest()
        return self._digest


def stream_of(keeper: str, kind: str) -> str:
    """The stream of an organisation's ledger in which records of a kind are counted: those of its family."""
    return f"{keeper}/{kind.partition('.')[0]}"


@dataclass(slots=True)
class Entry:
    """A ledger's entry for a statement: its place, when it was recorded, and its place in its stream.

    A stream is the records of one family of kinds in an organisation's ledger: a selection that leaves something out
    shows a gap.
    """

    index: int
    recorded: str
    stream: str
    counter: int
    statement: bytes

    def leaf(self) -> bytes:
        """The bytes of the Merkle leaf: canonical JSON, keys in order. Names need no escaping."""
        return (
            f'{{"counter":{self.counter},"index":{self.index},"recorded":"{self.recorded}",'
            f'"statement":"{self.statement.hex()}","stream":"{self.stream}"}}'
        ).encode()
