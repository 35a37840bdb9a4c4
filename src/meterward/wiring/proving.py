"""What shows that a record is in the log of its ledger: checkpoints to hand on, proofs, tiles, and who signed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings

from meterward.adapters import clock
from meterward.adapters.key_files import KeyFileError
from meterward.core.base.problem import Problem
from meterward.core.ledger.envelope import envelope
from meterward.core.ledger.tiles import WIDTH, EntryBundle, Tile, read_path
from meterward.core.records.keyring import TELLING, Keyring, Signed
from meterward.core.records.line import read_object
from meterward.usecases.publish_checkpoint import HandedOn
from meterward.usecases.tell_signers import Ring, Tally, Vouching, vouching
from meterward.wiring.answering import PATIENCE
from meterward.wiring.failing import unusable
from meterward.wiring.installed import answering, installation
from meterward.wiring.ledgers import standing_of
from meterward.wiring.publishing import last_published

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


def newest_checkpoint(head: Head, covering: int = 0) -> HandedOn | Problem | None:
    """The last checkpoint that was published; another is, if it does not cover as many entries as are wanted."""
    store = installation()
    try:
        last = last_published(store, head.ledger)
        if settings.OPENED or isinstance(last, Problem) or (last.checkpoint.size if last else 0) >= covering:
            return last
        said = store.publisher.publish(head.ledger)
    except KeyFileError as error:
        return unusable(error)
    return said if isinstance(said, Problem) else HandedOn(*said, clock.now())


def proof_of(ledger: str, index: int) -> Proof | Problem | Job | None:
    """The proof of an entry in the newest checkpoint; None if there is none; on the way if much is still unread."""
    head = installation().ledgers.head(ledger)
    if head is None or not 0 <= index < head.size:
        return None
    found = newest_checkpoint(head, index + 1)
    if not isinstance(found, HandedOn):
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
    ring = Keyring(head.keeper).take(installation().records_of(head, TELLING))
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
    ring = Ring(head.keeper, store.records_of(head, TELLING))
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
