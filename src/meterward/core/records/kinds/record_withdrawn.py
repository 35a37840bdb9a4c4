"""`record.withdrawn`: a record that should never have been."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kind import Kind
from meterward.core.records.roles import EVERYBODY


class RecordWithdrawn(NamedTuple):
    """A record is withdrawn as an error: what it says was never true. It stays in the ledger and counts on no day."""

    because: Annotated[
        Literal["never-happened", "duplicate", "wrong-subject", "wrong-licensee"], "Why the record was an error."
    ]


KIND = Kind(
    name="record.withdrawn",
    facts=RecordWithdrawn,
    by=EVERYBODY,
    homes=EVERY_KEEPER,
    text={"reason": "How the error came about and how it was found."},
    needs_text=("reason",),
    links=("withdraws",),
    needs_link="withdraws",
    example={"because": "never-happened"},
)
