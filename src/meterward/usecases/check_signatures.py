"""Check the signatures of a ledger that was brought back: each record that is signed is signed by who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem
from meterward.core.records.keyring import TELLING, Keyring, Signing
from meterward.core.records.line import read_object
from meterward.core.records.signatures import vouch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.usecases.ports import Head, Ledgers

_HINT = "Restore the file as it was exported; a signature that was changed cannot be made again."


def wrong_signatures(ledgers: Ledgers, head: Head) -> Iterator[Problem]:
    """What is wrong with the signatures of a ledger, with the number of the entry."""
    ring = Keyring(head.keeper).take(ledgers.records_of(head.ledger, TELLING))
    keys = ring.keys
    if not keys:
        return
    for place, line in enumerate(ledgers.lines(head.ledger)):
        sealed = read_object(line)
        if isinstance(sealed, list):
            yield from sealed
            continue
        vouched = vouch(sealed.statement.payload(), sealed.signatures, keys)
        how = ring.signed(Signing(vouched, sealed.header.actor, place))
        if not how.holds:
            yield Problem(Code.SIGNATURE_INVALID, f"It is signed {how}.", _HINT, "signatures", place + 1)
