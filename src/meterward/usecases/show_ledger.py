"""Show how a ledger stands: by its records, by what is kept outside of it, and by what was published of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.problem import Problem
from meterward.core.ledger.checkpoints import Checkpoint
from meterward.core.records.keyring import TELLING, Keyring, KeySpan
from meterward.core.records.kinds import checkpoint_stamped, ledger_loss_accepted
from meterward.core.records.kinds.checkpoint_stamped import CheckpointStamped
from meterward.core.records.kinds.ledger_loss_accepted import LedgerLossAccepted
from meterward.core.records.record import Record
from meterward.usecases.give_stamp import last_stamped
from meterward.usecases.keep_checkpoints import Checkpoints
from meterward.usecases.name_log import Log, log_of
from meterward.usecases.ports import Head, Keys, Ledgers
from meterward.usecases.publish_checkpoint import HandedOn, unlike_published

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Few = Callable[[Head, tuple[str, ...]], Sequence[Record[Any]]]


class Places(NamedTuple):
    """Wherever something is known of a ledger."""

    ledgers: Ledgers
    keys: Keys
    checkpoints: Checkpoints
    """What is kept outside."""
    few: Few
    """The records of some kinds that are few, and those that act on them."""


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
    published: HandedOn | None
    """The last checkpoint that was published, if its log signed it."""
    problems: tuple[Problem, ...]
    """In what the ledger does not fit what is kept outside, and what was published."""
    keys: list[Held]
    stamped: Record[CheckpointStamped] | None
    """The last time stamp."""
    losses: list[Record[LedgerLossAccepted]]
    now: str


def show_ledger(where: Places, head: Head, newest: HandedOn | Problem | None, now: str) -> Standing:
    """How a ledger stands, compared now; `newest` is what was last published of it. Nothing is made or kept."""
    ledger, keys, beside = head.ledger, where.keys, where.checkpoints.beside(head.ledger)
    published = newest if isinstance(newest, HandedOn) else None
    unlike = unlike_published(where.ledgers, head, published.checkpoint) if published else newest
    return Standing(
        head,
        where.ledgers.root(ledger, head.size),
        log_of(keys, ledger) if keys.has_log(ledger) else None,
        beside.kept,
        published,
        tuple(one for one in (beside.problem, unlike) if isinstance(one, Problem)),
        [
            Held(span, span.counts_at(head.size), keys.held(span.key.id) is not None)
            for span in Keyring(head.keeper).take(where.few(head, TELLING)).spans()
        ],
        last_stamped(where.few(head, (checkpoint_stamped.KIND.name,))),
        [one for one in where.few(head, (ledger_loss_accepted.KIND.name,)) if one.kind is ledger_loss_accepted.KIND],
        now,
    )
