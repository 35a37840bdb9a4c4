"""What the page of a time stamp says of its token, and how it is checked by tools that others wrote."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds import checkpoint_stamped
from meterward.present.ledger_words import stamp_in_words
from meterward.usecases.give_stamp import StampGiven
from meterward.wiring.stamped import stamp_given

if TYPE_CHECKING:
    from meterward.core.records.record import Record


class StampShown(NamedTuple):
    """A time stamp in words, and the commands that check its token; none where it cannot be given."""

    number: int
    says: str
    command: str = ""
    later: str = ""


def stamp_shown(ledger: str, record: Record[Any]) -> StampShown | None:
    """What to say of a record that holds a token; None of every other."""
    if record.kind is not checkpoint_stamped.KIND:
        return None
    number, says = record.index + 1, stamp_in_words(record)
    if not isinstance(stamp_given(ledger, record.index), StampGiven):
        return StampShown(number, says)
    command = f"openssl ts -verify -data {number}.checkpoint -in {number}.tsr -CAfile CERTS.pem"
    instant = int(datetime.fromisoformat(record.facts.instant).timestamp())
    return StampShown(number, says, command, f"-attime {instant}")
