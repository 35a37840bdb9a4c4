"""A log and a witness of it, in memory: what each says to the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from meterward.core.ledger.checkpoints import Checkpoint, attest
from meterward.core.ledger.notes import ED25519, ML_DSA_44, Note, NoteKey
from meterward.core.ledger.policy import Policy, read_policy
from meterward.core.ledger.proofs import consistency, root
from meterward.core.ledger.tree import leaf_hash
from meterward.core.ledger.witness import Refusal, Request
from meterward.usecases.ask_witnesses import Asked, Reply
from meterward.usecases.cosign_checkpoints import Witness
from meterward.usecases.ports import LogSigners
from tests.builders.signers import ed25519, ml_dsa_44
from tests.builders.subtrees import subtrees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.usecases.ports import Views

ORIGIN = "meterward/northlight/01234567"
TIME = 1_700_000_000


@dataclass
class MemoryViews:
    """See `Views`."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def last(self, origin: str) -> bytes | None:
        """See `Views.last`."""
        return self.kept.get(origin)

    def keep(self, origin: str, note: bytes) -> None:
        """See `Views.keep`."""
        self.kept[origin] = note


@dataclass(frozen=True)
class Log:
    """A log of some entries, which has the keys of a word: another log of other entries may have the same."""

    entries: Sequence[bytes]
    word: str = "log"
    origin: str = ORIGIN

    @property
    def keys(self) -> tuple[NoteKey, NoteKey]:
        """By which its checkpoints are verified."""
        first, second = ed25519(self.word), ml_dsa_44(self.word)
        return NoteKey(self.origin, ED25519, first.public), NoteKey(self.origin, ML_DSA_44, second.public)

    def checkpoint(self, size: int) -> Checkpoint:
        """As it stood at a size."""
        node = subtrees([leaf_hash(one) for one in self.entries])
        return Checkpoint(self.origin, size, root(size, node))

    def signed(self, checkpoint: Checkpoint) -> Note:
        """A checkpoint that it signs."""
        made = attest(checkpoint, self.origin, ED25519, ed25519(self.word))
        return Note(str(checkpoint), (made, attest(checkpoint, self.origin, ML_DSA_44, ml_dsa_44(self.word), TIME)))

    def proof(self, old: int, size: int) -> tuple[bytes, ...]:
        """That it grew from one size to another."""
        return tuple(consistency(old, size, subtrees([leaf_hash(one) for one in self.entries])))

    def asks(self, old: int, size: int) -> Request:
        """What it asks a witness that saw it at an old size."""
        checkpoint = self.checkpoint(size)
        return Request(old, self.proof(old, size), self.signed(checkpoint), checkpoint)


def sent(request: Request) -> bytes:
    """A request as it is sent."""
    return str(request).encode()


def many(count: int, word: str = "entry") -> list[bytes]:
    """So many entries."""
    return [f"{word} {number}".encode() for number in range(count)]


def knowing(*keys: NoteKey) -> Policy:
    """A policy that knows logs by some keys."""
    found = read_policy(("".join(f"log {key}\n" for key in keys) + "quorum none\n").encode())
    assert isinstance(found, Policy)
    return found


def witness(*keys: NoteKey, name: str = "witness.example/w1", views: Views | None = None) -> Witness:
    """A witness that knows logs by some keys."""
    signers = LogSigners(ed25519(name), ml_dsa_44(name))
    empty = MemoryViews({key.name: b"" for key in keys})
    return Witness(name, signers, knowing(*keys), views or empty, lambda: TIME)


def asked(one: Witness) -> Asked:
    """A witness as a policy names it."""
    return Asked(f"https://{one.name}/", one.keys)


def answered_by(witnesses: Sequence[Witness], url: str, body: bytes) -> Reply | str:
    """What a witness answers that is asked at an address."""
    one = next((one for one in witnesses if url == f"https://{one.name}/add-checkpoint"), None)
    if one is None:
        return "there is nobody"
    answer = one.answer(body)
    if isinstance(answer, Refusal):
        return Reply(answer.status, (f"{answer.size}\n" if answer.size is not None else answer.says).encode())
    return Reply(200, answer.encode())


def reaching(*witnesses: Witness) -> partial[Reply | str]:
    """A world in which these witnesses answer."""
    return partial(answered_by, witnesses)
