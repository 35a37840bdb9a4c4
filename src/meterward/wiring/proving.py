"""What shows that a record is in the log of its ledger: checkpoints to hand on, proofs, tiles, and who signed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from meterward.adapters import clock
from meterward.adapters.key_files import KeyFileError
from meterward.core.base.days import in_words
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Checkpoint, read_checkpoint
from meterward.core.ledger.envelope import envelope
from meterward.core.ledger.notes import Note, read_note
from meterward.core.ledger.tiles import WIDTH, EntryBundle, Tile, read_path
from meterward.core.records.keyring import TELLING, Keyring, Signed
from meterward.core.records.line import read_object
from meterward.usecases.tell_signers import Ring, Tally, Vouching, vouching
from meterward.wiring.answering import PATIENCE
from meterward.wiring.failing import unusable
from meterward.wiring.installed import answering, installation
from meterward.wiring.ledgers import standing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meterward.adapters.background import Job
    from meterward.core.base.canonical import Json
    from meterward.core.ledger.proof_text import Proof
    from meterward.usecases.ports import Head
    from meterward.usecases.prove_record import Tell
    from meterward.usecases.show_ledger import Standing
    from meterward.usecases.show_record import Ties
    from meterward.usecases.tell_signers import Share

_INLINE = 4_000
"""So many entries are hashed within a request; more in the background."""


class HandedOn(NamedTuple):
    """A checkpoint to hand on: the signed note, what it says, and when it was signed, in seconds since 1970."""

    note: Note
    checkpoint: Checkpoint
    signed: int

    @property
    def day(self) -> str:
        """The day on which it was signed, in words; empty where it does not say."""
        return in_words(clock.day_of(self.signed)) if self.signed else ""


def newest_checkpoint(head: Head, covering: int = 0) -> HandedOn | Problem:
    """The newest checkpoint that was published; another is, if it does not cover as many entries as are wanted."""
    if settings.OPENED:
        return _handed_on(settings.OPENED.note.encode(), settings.OPENED.signed)
    publisher = installation().publisher
    last = publisher.published.last(head.ledger)
    if last and last.size >= covering:
        return _handed_on(last.note, int(datetime.fromisoformat(last.made).timestamp()))
    if not covering:
        hint = "A server publishes one each hour, and whoever asks for a proof has one published."
        return Problem(Code.LEDGER_UNKNOWN, f"No checkpoint of {head.ledger} was published yet.", hint)
    try:
        said = publisher.publish(head.ledger)
    except KeyFileError as error:
        return unusable(error)
    return said if isinstance(said, Problem) else HandedOn(said.note, said.checkpoint, clock.seconds())


def _handed_on(data: bytes, signed: int) -> HandedOn | Problem:
    note = read_note(data)
    said = read_checkpoint(note.text) if note else None
    if note is None or said is None:
        hint = "Compare the database with a copy that others hold."
        return Problem(Code.LEDGER_LOST, "What is kept as the published checkpoint is none.", hint)
    return HandedOn(note, said, signed)


def proof_of(ledger: str, index: int) -> Proof | Problem | Job | None:
    """The proof of an entry in the newest checkpoint; None if there is none; on the way if much is still unread."""
    head = installation().ledgers.head(ledger)
    if head is None or not 0 <= index < head.size:
        return None
    found = newest_checkpoint(head, index + 1)
    if isinstance(found, Problem):
        return found
    note, checkpoint, _ = found
    job = _followed(ledger, checkpoint.size)
    if job:
        return job
    return installation().proving.prove(index, note, checkpoint, ledger, lambda _done, _total: None)


def log_file(ledger: str, path: str) -> bytes | Job | None:
    """What lies at a path of the log as C2SP tlog-tiles has it, but for the checkpoint; None if nothing does."""
    head, wanted = installation().ledgers.head(ledger), read_path(path)
    if head is None or wanted is None:
        return None
    level = wanted.level if isinstance(wanted, Tile) else 0
    if wanted.index * WIDTH + wanted.width > head.size >> 8 * level:
        return None
    proving = installation().proving
    if isinstance(wanted, EntryBundle):
        return proving.entries(ledger, wanted)
    return (_followed(ledger, head.size) if level else None) or proving.tile(ledger, wanted)


def signed_by(head: Head, line: Mapping[str, Json], index: int) -> Vouching:
    """Who signed the statement of a line, and whether that signature is of it."""
    ring = Keyring(head.licensee).take(installation().records_of(head, TELLING))
    sealed = read_object(line)
    return Vouching(Signed.NOT, ()) if isinstance(sealed, list) else vouching(ring, sealed, index)


def envelope_of(line: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """The signed statement of a line as others read it (DSSE); None if it is not signed."""
    sealed = read_object(line)
    return (
        None
        if isinstance(sealed, list) or not sealed.signatures
        else envelope(sealed.statement.payload(), sealed.signatures)
    )


def standing_here(head: Head) -> Standing | Problem:
    """How a ledger stands, beside its records."""
    try:
        return standing_of(installation(), head)
    except KeyFileError as error:
        return unusable(error)


def shares_of(head: Head, ties: Ties) -> list[Share] | Job:
    """Who signed how many records, by organisation; on the way if many are still to be read."""
    store = installation()
    tally = store.tallies.setdefault(head.ledger, Tally())
    ring = Ring(head.licensee, store.records_of(head, TELLING))
    many, records = len(ties.records) - tally.size, ties.records
    read = partial(store.ledgers.signers, head.ledger)
    return _soon(("signers", head.ledger), many, lambda tell: tally.follow(records, ring, read, tell)) or tally.shares()


def _followed(ledger: str, size: int) -> Job | None:
    """Hash what was not yet; the job that does it while it is under way."""
    proving = installation().proving
    return _soon(("hashes", ledger), proving.behind(ledger, size), lambda tell: proving.follow(ledger, size, tell))


def _soon(key: tuple[str, str], many: int, work: Callable[[Tell], None]) -> Job | None:
    """Have work done on so many entries: here if they are few; else the job that does it, while it is under way."""
    if many <= _INLINE:
        work(lambda _done, _total: None)
        return None
    job = answering().background.start(key, lambda job: work(job.tell), PATIENCE)
    if not job.ended.is_set() or job.cancelled:
        return job
    if job.fault:
        raise job.fault
    return None
