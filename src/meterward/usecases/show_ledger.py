"""Show how a ledger stands, beside its records: size and root, its log, its keys, and what is kept outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.problem import Problem
from meterward.core.ledger.checkpoints import Checkpoint
from meterward.core.records.keyring import Keyring, KeySpan
from meterward.core.records.kinds import ledger_loss_accepted
from meterward.core.records.kinds.ledger_loss_accepted import LedgerLossAccepted
from meterward.core.records.record import Record
from meterward.usecases.keep_checkpoints import Checkpoints
from meterward.usecases.name_log import Log, log_of
from meterward.usecases.ports import Head, Keys, Ledgers

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ledger(NamedTuple):
    """Where a ledger is looked at: in the store, among the keys, and outside the database."""

    ledgers: Ledgers
    keys: Keys
    checkpoints: Checkpoints


class Held(NamedTuple):
    """A key by which statements are signed, whether it counts now, and whether its secret half is here."""

    span: KeySpan
    counts: bool
    here: bool


class Standing(NamedTuple):
    """How a ledger stands, beside its records."""

    head: Head
    root: str
    log: Log | None
    kept: Checkpoint | None
    """The newest checkpoint outside the database, if it can be relied upon."""
    problem: Problem | None
    """In what the ledger does not fit that."""
    keys: list[Held]
    losses: list[Record[LedgerLossAccepted]]
    now: str


def show_ledger(where: Ledger, head: Head, telling: Sequence[Record[Any]], now: str) -> Standing:
    """How a ledger stands; `telling` are the records that tell of its keys. Nothing is made or kept."""
    found, loss = where.checkpoints.loss(head.ledger), ledger_loss_accepted.KIND
    return Standing(
        head,
        where.ledgers.root(head.ledger, head.size),
        log_of(where.keys, head.ledger) if where.keys.has_log(head.ledger) else None,
        found.kept if found else where.checkpoints.newest(head.ledger),
        found.problem if found else None,
        [
            Held(span, span.counts_at(head.size), where.keys.held(span.key.id) is not None)
            for span in Keyring(head.licensee).take(telling).spans()
        ],
        [one for one in where.ledgers.records_of(head.ledger, (loss.name,)) if one.kind is loss],
        now,
    )
