"""Publish a checkpoint of a ledger: signed by its log, true to all that were published before, seen by witnesses.

A checkpoint is published of entries that are durable, and of nothing else. What others hold of a ledger binds it: a
checkpoint is signed only after a proof, made from the entries themselves, that the ledger only grew since the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import in_words, instant_of, london_day
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Checkpoint, Said, Verdict, attest, attested, origin_of, read_said
from meterward.core.ledger.notes import ED25519, ML_DSA_44, Note
from meterward.core.ledger.proofs import consistency, root, verify_consistency
from meterward.core.ledger.tree import EMPTY_ROOT
from meterward.usecases.ask_witnesses import Asked, Asking, Heard
from meterward.usecases.name_log import log_keys
from meterward.usecases.ports import Published

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meterward.core.ledger.notes import Signature
    from meterward.core.ledger.proofs import Node
    from meterward.usecases.ask_witnesses import Post
    from meterward.usecases.ports import Checkpoints, Head, Keys, Ledgers
    from meterward.usecases.prove_record import Proving

_ATTEMPTS = 10


class HandedOn(NamedTuple):
    """A checkpoint to hand on: the signed note, what it says, and when it was signed; empty where that is not known."""

    note: Note
    checkpoint: Checkpoint
    signed: str

    @property
    def day(self) -> str:
        """The day on which it was signed, in words; empty where that is not known."""
        day = london_day(self.signed)
        return in_words(day) if day else ""


class Publication(NamedTuple):
    """A published checkpoint, and what each witness that was asked said."""

    said: Said
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class Publisher:
    """What publishes checkpoints, with the clock in seconds."""

    ledgers: Ledgers
    keys: Keys
    published: Checkpoints
    proving: Proving
    seconds: Callable[[], int]

    def publish(self, ledger: str) -> Said | Problem:
        """The checkpoint of a ledger as it stands now: the last one, if nothing was appended since, or a new one."""
        for _ in range(_ATTEMPTS):
            last = self.published.last(ledger)
            head = self.ledgers.head(ledger)
            size = head.size if head else 0
            before = self._read(ledger, last)
            if isinstance(before, Problem):
                return before
            checkpoint = self._checkpoint(ledger, size)
            if before and before.checkpoint == checkpoint:
                return before
            if problem := self._unlike(ledger, before.checkpoint if before else None, checkpoint):
                return problem
            note = self._signed(ledger, checkpoint)
            if self._keep(ledger, size, note, last):
                return Said(note, checkpoint)
        return _busy()

    def newest(self, ledger: str) -> HandedOn | Problem | None:
        """The last checkpoint that was published, if one was; a problem if the log did not sign it. No key is made."""
        last = self.published.last(ledger)
        if last is None:
            return None
        found = self._read(ledger, last) if self.keys.has_log(ledger) else _not_ours()
        return HandedOn(*found, last.made) if isinstance(found, Said) else found

    def ask(self, ledger: str, witnesses: Sequence[Asked], post: Post) -> Publication | Problem:
        """Publish, and ask the witnesses that have not cosigned that checkpoint yet. None of them keeps it back."""
        said = self.publish(ledger)
        if isinstance(said, Problem):
            return said
        missing = [one for one in witnesses if not one.saw(*said)]
        if not missing:
            return Publication(said)
        node = self.proving.nodes(ledger, said.checkpoint.size)
        asking = Asking(*said, lambda old: consistency(old, said.checkpoint.size, node), post)
        heard = tuple(asking.ask(one, self._seen_by(ledger, one)) for one in missing)
        return Publication(self._add(ledger, said, [made for one in heard for made in one.cosignatures]), heard)

    def _add(self, ledger: str, said: Said, cosignatures: Sequence[Signature]) -> Said:
        """Add cosignatures to a checkpoint, beside those that came to it meanwhile, unless there is a later one."""
        for _ in range(_ATTEMPTS):
            last = self.published.last(ledger)
            now = self._read(ledger, last)
            if not isinstance(now, Said) or now.checkpoint != said.checkpoint:
                break
            new = [one for one in cosignatures if one not in now.note.signatures]
            note = Note(now.note.text, (*now.note.signatures, *new))
            if not new or self._keep(ledger, said.checkpoint.size, note, last):
                return Said(note, said.checkpoint)
        return Said(Note(said.note.text, (*said.note.signatures, *cosignatures)), said.checkpoint)

    def _keep(self, ledger: str, size: int, note: Note, last: Published | None) -> bool:
        made = Published(size, str(note).encode(), instant_of(self.seconds()))
        return self.published.keep(ledger, made, last)

    def _seen_by(self, ledger: str, asked: Asked) -> int:
        """The size at which a witness last cosigned this log, as far as is known here."""
        for one in reversed(self.published.all(ledger)):
            found = self._read(ledger, one)
            if isinstance(found, Said) and asked.saw(*found):
                return found.checkpoint.size
        return 0

    def _checkpoint(self, ledger: str, size: int) -> Checkpoint:
        origin = origin_of(ledger, self.keys.of_log(ledger).ed25519.public)
        return Checkpoint(origin, size, bytes.fromhex(self.ledgers.root(ledger, size)) if size else EMPTY_ROOT)

    def _signed(self, ledger: str, checkpoint: Checkpoint) -> Note:
        log, origin = self.keys.of_log(ledger), checkpoint.origin
        first = attest(checkpoint, origin, ED25519, log.ed25519)
        return Note(str(checkpoint), (first, attest(checkpoint, origin, ML_DSA_44, log.ml_dsa_44, self.seconds())))

    def _read(self, ledger: str, published: Published | None) -> Said | Problem | None:
        """What was published; a problem if the log did not sign it."""
        if published is None:
            return None
        log = self.keys.of_log(ledger)
        keys = log_keys(origin_of(ledger, log.ed25519.public), log)
        said = read_said(published.note)
        return said if said and all(attested(*said, key).verdict is Verdict.TRUE for key in keys) else _not_ours()

    def _unlike(self, ledger: str, before: Checkpoint | None, checkpoint: Checkpoint) -> Problem | None:
        """Why a checkpoint does not follow from the last one and from the entries, if it does not."""
        old = before or Checkpoint(checkpoint.origin, 0, EMPTY_ROOT)
        if old.size > checkpoint.size:
            return _shrunk(old, checkpoint.size)
        node = self.proving.nodes(ledger, checkpoint.size)
        return None if _follows(old, checkpoint, node) else _others()


def _follows(old: Checkpoint, checkpoint: Checkpoint, node: Node) -> bool:
    """Whether a proof made from the entries shows it. Where that is empty, as it is from nothing, the root is made."""
    proof = consistency(old.size, checkpoint.size, node)
    if not verify_consistency(old.size, checkpoint.size, old.root, checkpoint.root, proof):
        return False
    return root(checkpoint.size, node) == checkpoint.root


def unlike_published(ledgers: Ledgers, head: Head, published: Checkpoint) -> Problem | None:
    """In what a ledger does not fit a checkpoint that was published of it, by its own roots; no entry is read."""
    if published.size > head.size:
        return _shrunk(published, head.size)
    fits = not published.size or ledgers.root(head.ledger, published.size) == published.root.hex()
    return None if fits else _others()


def _not_ours() -> Problem:
    return _inconsistent("The last checkpoint that was published of it is damaged, or its log has other keys now.")


def _shrunk(published: Checkpoint, size: int) -> Problem:
    said = f"A checkpoint over {published.size:,} entries was published of it, and it has {size:,} here."
    return _inconsistent(said)


def _others() -> Problem:
    return _inconsistent("Its entries are not those of the checkpoint that was published of it, or of its root.")


def _inconsistent(message: str) -> Problem:
    hint = (
        "Nothing was published: it would contradict what others hold. Put the newest copy of the database back; what "
        "others hold shows which that is."
    )
    return Problem(Code.CHECKPOINT_INCONSISTENT, f"No checkpoint of the ledger can be published. {message}", hint)


def _busy() -> Problem:
    return Problem(Code.STORE_BUSY, "Others publish checkpoints of this ledger at the same time.", "Try again.")
