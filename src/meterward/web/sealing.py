"""What shows that a record is in the log, as its page says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from meterward.present.ledger_words import SHORT, covers, signed_in_words
from meterward.usecases.publish_checkpoint import HandedOn
from meterward.wiring.installed import installation
from meterward.wiring.proving import newest_checkpoint, signed_by

if TYPE_CHECKING:
    from meterward.core.records.keyring import KeySpan
    from meterward.usecases.find_record import Found
    from meterward.usecases.show_record import Ties


class KeyShown(NamedTuple):
    """A key that signed: what it is, the first digits of its id, and the entry that introduces it."""

    what: str
    short: str
    number: int


class Sealed(NamedTuple):
    """What shows that the record is in the log: its place, who signed it, and by which keys."""

    place: str
    signed: str
    holds: bool
    is_signed: bool
    keys: list[KeyShown]
    proved: bool


def sealed(ledger: str, found: Found, ties: Ties) -> Sealed | None:
    """What shows that a record is in the log; None if the ledger has gone meanwhile."""
    head, index = installation().ledgers.head(ledger), found.record.index
    if head is None:
        return None
    newest, vouching = newest_checkpoint(head), signed_by(head, found.line, index)
    covered, day = (newest.checkpoint.size, newest.day) if isinstance(newest, HandedOn) else (0, "")
    return Sealed(
        covers(index + 1, head.size, covered, day),
        signed_in_words(vouching.how, found.record, head.keeper),
        vouching.how.holds,
        "signatures" in found.line,
        [_shown(one, ties) for one in vouching.keys],
        covered > index or not settings.OPENED,
    )


def _shown(span: KeySpan, ties: Ties) -> KeyShown:
    what = "Passkey" if span.holder else "Key"
    return KeyShown(what, f"{span.key.id[:SHORT]}…", ties.by_id[span.record] + 1)
