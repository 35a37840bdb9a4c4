"""`ledger.opened`: the first record of every ledger."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.keeper import EVERY_LEDGER
from meterward.core.records.kind import Kind
from meterward.core.records.roles import Role


class LedgerOpened(NamedTuple):
    """A ledger is opened. Its first record says what the ledger is for and which clock stamps it."""

    clock: Annotated[
        Literal["system", "simulated"], "What sets the time of recording; an example's clock is simulated."
    ]
    purpose: Annotated[Literal["live", "example", "test"], "What the ledger is kept for."]
    keeper: Annotated[
        Literal["licensee", "auditor", "authority", "department", "reads"],
        "What the organisation is whose ledger it is; `reads` for its second one, of who read what in the first.",
    ] = "licensee"


KIND = Kind(
    name="ledger.opened",
    facts=LedgerOpened,
    by=(Role.OPERATOR,),
    text={"note": "Anything a reader of this ledger should know first."},
    links=(),
    homes=EVERY_LEDGER,
    example={"clock": "system", "purpose": "live"},
)
