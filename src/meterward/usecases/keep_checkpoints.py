"""Keep the newest checkpoint of each ledger outside the database, and know by it a ledger that lost entries.

The database may be an old copy that somebody put back, or may have been written to by somebody who had no business
there. Nothing in it shows that. What is kept outside does: the ledger is compared with it when a process first works
with it, and is not gone on with if the two do not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Checkpoint, Verdict, attest, attested, origin_of, read_said
from meterward.core.ledger.notes import ED25519, Note
from meterward.core.ledger.tree import Frontier
from meterward.usecases.name_log import log_keys

if TYPE_CHECKING:
    from meterward.usecases.ports import Head, Keys, Ledgers, Outside

_HINT = (
    "Put the newest copy of the database back. If there is none, “meterward ledger accept-loss” goes on from what is "
    "here, and records that."
)


class Beside(NamedTuple):
    """How a ledger stands beside what is kept outside of it."""

    kept: Checkpoint | None = None
    """The checkpoint that is kept, if it can be relied upon."""
    problem: Problem | None = None
    """In what the ledger does not fit what is kept; None if it does, or nothing was kept yet."""


@dataclass(slots=True)
class Checkpoints:
    """What keeps checkpoints outside, for one process."""

    ledgers: Ledgers
    keys: Keys
    outside: Outside
    _whole: set[str] = field(default_factory=set)
    """The ledgers that were compared and fit."""
    _kept: dict[str, int] = field(default_factory=dict)
    """Up to which size this process knows each ledger to be kept."""
    _lock: RLock = field(default_factory=RLock)

    def loss(self, ledger: str) -> Problem | None:
        """In what a ledger does not fit what is kept outside, if it does not. One that fits is not compared again."""
        if ledger in self._whole:
            return None
        found = self.beside(ledger)
        if found.problem:
            self._kept.pop(ledger, None)
        elif found.kept:
            self._whole.add(ledger)
        return found.problem

    def ready(self, ledger: str) -> Problem | None:
        """Why a ledger cannot be gone on with, if it cannot. Where nothing was kept outside yet, it begins to be."""
        with self._lock:
            if problem := self.loss(ledger):
                return problem
            if ledger in self._whole:
                return None
            # Room is made before the keys of the log are: keys without room mean that somebody removed it.
            self.outside.begin(ledger)
            return self.keep(ledger)

    def shrunk(self, head: Head) -> Problem | None:
        """That a ledger has fewer entries than this process has kept of it, if it has: it was replaced meanwhile."""
        kept = self._kept.get(head.ledger, 0)
        if head.size >= kept:
            return None
        self._whole.discard(head.ledger)
        return _shrunk(head.ledger, head.size, kept).problem

    def keep(self, ledger: str, size: int = 0) -> Problem | None:
        """Keep where a ledger stands, which is durable, unless that size is kept already; what does not fit there."""
        if self._kept.get(ledger, -1) >= size:
            return None
        with self._lock:
            # Whoever was here before kept what others had appended meanwhile.
            if self._kept.get(ledger, -1) >= size:
                return None
            checkpoint, note = self._signed(ledger)
            if not self.outside.keep(ledger, note, lambda kept: self._goes_on(ledger, kept, checkpoint)):
                self._whole.discard(ledger)
                return self.loss(ledger)
            self._kept[ledger] = checkpoint.size
            self._whole.add(ledger)
            return None

    def accept(self, ledger: str) -> None:
        """Keep where a ledger stands in place of whatever is kept: a record tells what was lost."""
        with self._lock:
            checkpoint, note = self._signed(ledger)
            self.outside.keep(ledger, note, lambda _: True)
            self._kept[ledger] = checkpoint.size
            self._whole.add(ledger)

    def _signed(self, ledger: str) -> tuple[Checkpoint, bytes]:
        signers = self.keys.of_log(ledger)
        head, origin = self.ledgers.head(ledger), origin_of(ledger, signers.ed25519.public)
        checkpoint = Checkpoint(origin, head.size if head else 0, _root(head))
        signature = attest(checkpoint, origin, ED25519, signers.ed25519)
        return checkpoint, str(Note(str(checkpoint), (signature,))).encode()

    def beside(self, ledger: str) -> Beside:
        """How a ledger stands beside what is kept outside, compared now. Nothing is made or kept."""
        # What is outside is read before the ledger is, which may grow meanwhile.
        what = f"The checkpoint of {ledger} that is kept outside the database"
        try:
            data = self.outside.newest(ledger)
        except OSError as error:
            return _lost(f"{what} cannot be read: {error.strerror or error}.")
        head = self.ledgers.head(ledger)
        size = head.size if head else 0
        if data is None and size and self.keys.has_log(ledger):
            return _lost(f"{what} is not there any more.")
        if not data:
            return Beside()
        kept = self._ours(ledger, data)
        return self._compared(ledger, size, kept) if kept else _lost(f"{what} is damaged, or not signed by its log.")

    def _compared(self, ledger: str, size: int, kept: Checkpoint) -> Beside:
        if size < kept.size:
            return _shrunk(ledger, size, kept.size)._replace(kept=kept)
        if not self._begins_with(ledger, kept):
            said = f"The first {_entries(kept.size)} of the ledger of {ledger} are not those that it had before."
            return _lost(f"{said} The database is another copy, or was changed.", kept)
        return Beside(kept)

    def _goes_on(self, ledger: str, kept: bytes, checkpoint: Checkpoint) -> bool:
        """Whether what is kept is to give way. What is no checkpoint at all does not: somebody has to look at it.

        Nor does one that this ledger never had: its database was replaced while this process was at work.
        """
        if not kept:
            return True
        said = read_said(kept)
        if said is None or said.checkpoint.origin != checkpoint.origin or said.checkpoint.size >= checkpoint.size:
            return False
        return self._begins_with(ledger, said.checkpoint)

    def _begins_with(self, ledger: str, kept: Checkpoint) -> bool:
        return not kept.size or self.ledgers.root(ledger, kept.size) == kept.root.hex()

    def _ours(self, ledger: str, data: bytes) -> Checkpoint | None:
        """The checkpoint of a note, if the log of the ledger signed it and nobody else did."""
        said = read_said(data)
        if said is None or not self.keys.has_log(ledger) or str(said.note).encode() != data:
            return None
        note, checkpoint = said
        signers = self.keys.of_log(ledger)
        key, _ = log_keys(origin_of(ledger, signers.ed25519.public), signers)
        ours = checkpoint.origin == key.name and len(note.signatures) == 1
        return checkpoint if ours and attested(note, checkpoint, key).verdict is Verdict.TRUE else None


def _root(head: Head | None) -> bytes:
    return Frontier(head.size, list(head.peaks)).root() if head else Frontier().root()


def _entries(count: int) -> str:
    return "one entry" if count == 1 else f"{count:,} entries"


def _shrunk(ledger: str, size: int, kept: int) -> Beside:
    said = f"The ledger of {ledger} has {_entries(size)} here, and had {kept:,} before."
    return _lost(f"{said} The database is an old copy, or was changed.")


def _lost(message: str, kept: Checkpoint | None = None) -> Beside:
    return Beside(kept, Problem(Code.LEDGER_LOST, message, _HINT))
