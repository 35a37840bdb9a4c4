"""What a witness answers (C2SP tlog-witness): whether it cosigns a checkpoint, by what it cosigned of that log before.

It cosigns a checkpoint of a log that it knows if the tree only grew since the last one. Whoever shows different people
different trees finds that a witness has signed one of them only.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.base64 import from_base64, to_base64
from meterward.core.ledger.checkpoints import Checkpoint, Verdict, read_claim
from meterward.core.ledger.notes import Note, read_note
from meterward.core.ledger.proofs import HASH_BYTES, verify_consistency
from meterward.core.ledger.tree import EMPTY_ROOT

if TYPE_CHECKING:
    from meterward.core.ledger.policy import Policy

LONGEST = 100_000
"""No request that is in order has more bytes: 63 hashes, and a checkpoint with a few dozen signatures."""
MOST_HASHES = 63
SIZE_TYPE = "text/x.tlog.size"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


class Seen(NamedTuple):
    """The last checkpoint of a log that a witness cosigned; the empty tree if it cosigned none."""

    size: int = 0
    root: bytes = EMPTY_ROOT


class Request(NamedTuple):
    """What a log asks for: a cosignature of a checkpoint, which grew from an old size as the proof shows."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint

    def __str__(self) -> str:
        hashes = "".join(f"{to_base64(one)}\n" for one in self.proof)
        return f"old {self.old}\n{hashes}\n{self.note}"


class Refusal(NamedTuple):
    """That a checkpoint is not cosigned: the status, and why."""

    status: HTTPStatus
    says: str
    size: int | None = None
    """Of a conflict: the size that the witness cosigned last."""


def read_request(body: bytes) -> Request | Refusal:
    """What somebody asks for. Only one form is read."""
    above, empty, below = body.partition(b"\n\n")
    note = read_note(below) if len(body) <= LONGEST else None
    checkpoint = read_claim(note.text) if note else None
    if not empty or note is None or checkpoint is None:
        return _malformed("A request is an old size, hashes, an empty line, and a signed checkpoint.")
    first, *rest = above.decode(errors="replace").split("\n")
    old = _OLD.fullmatch(first)
    if not old:
        return _malformed("The first line is “old” and a size.")
    proof = [from_base64(line) for line in rest]
    hashes = tuple(one for one in proof if one is not None and len(one) == HASH_BYTES)
    if len(hashes) != len(rest) or len(rest) > MOST_HASHES:
        return _malformed(f"A proof is up to {MOST_HASHES} hashes in base 64, a line each.")
    return Request(int(old[1]), hashes, note, checkpoint)


def check_signed(request: Request, known: Policy) -> Refusal | None:
    """Why a request is not looked into any further: nobody knows its log, or that log did not sign it."""
    said = known.by_log(request.note, request.checkpoint)
    if not said:
        return Refusal(HTTPStatus.NOT_FOUND, "This witness does not know this log.")
    verdicts = {one.verdict for one in said.values()}
    if Verdict.FALSE in verdicts or Verdict.TRUE not in verdicts:
        return Refusal(HTTPStatus.FORBIDDEN, "It is not signed by the log.")
    if request.old > request.checkpoint.size:
        return _malformed("The old size is larger than that of the checkpoint.")
    return None


def check_growth(request: Request, seen: Seen) -> Refusal | None:
    """Why a signed checkpoint is not cosigned after the last one, if it is not."""
    checkpoint = request.checkpoint
    if request.old != seen.size:
        return Refusal(HTTPStatus.CONFLICT, f"{seen.size}\n", seen.size)
    if verify_consistency(seen.size, checkpoint.size, seen.root, checkpoint.root, request.proof):
        return None
    says = "The tree of the checkpoint does not begin with the one that was cosigned before."
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, says)


def _malformed(says: str) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, says)
