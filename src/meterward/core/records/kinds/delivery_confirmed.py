"""`delivery.confirmed`: what somebody said is shown to be entered in another organisation's ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.digests import is_digest
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kind import Kind, Unmet, needs_file
from meterward.core.records.roles import Role
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Confirmed(NamedTuple):
    """One record that reached the other ledger."""

    record: Annotated[str, "The record's id."]
    entry: Annotated[int, "Its entry in the other ledger, from 1."]


class DeliveryConfirmed(NamedTuple):
    """A receipt came back: the other side's signed log shows the entries. It was verified before this was recorded.

    The proofs are attached. Whether anybody read what was delivered is another matter.
    """

    by: Annotated[str, "The organisation in whose ledger the records are entered."]
    log: Annotated[Label, "What the log of that ledger is called."]
    size: Annotated[int, "How many entries the log had whose checkpoint the proofs lead to."]
    root: Annotated[str, "The root over them, in hex."]
    records: Annotated[tuple[Confirmed, ...], "The records, each with its entry there."]


def is_whole(seen: Seen[DeliveryConfirmed]) -> Iterable[Unmet]:
    """Records and roots are named by whole digests, and an entry lies within its log."""
    facts = seen.facts
    if not is_digest(facts.root):
        yield Unmet("facts.root", "It is not a digest.", "Write 64 lower-case hex digits.")
    if not facts.records:
        yield Unmet("facts.records", "It names no record.", "Name what was delivered.")
    for place, one in enumerate(facts.records):
        if not is_digest(one.record):
            yield Unmet(f"facts.records[{place}].record", "It is not the id of a record.", "Write all 64 hex digits.")
        if not 1 <= one.entry <= facts.size:
            yield Unmet(f"facts.records[{place}].entry", f"The log had {facts.size:,} entries.", "Count from 1.")


KIND = Kind(
    name="delivery.confirmed",
    facts=DeliveryConfirmed,
    by=(Role.OPERATOR,),
    text={"note": "How the receipt came."},
    worked_out="Take the receipt in with “meterward deliver receipts”: what its proofs show is recorded there.",
    homes=EVERY_KEEPER,
    constraints=(is_whole, needs_file("a delivery is shown by its proofs")),
    cells=lambda _subject, facts: [(facts.by,)],
    example={
        "by": "northlight",
        "log": "meterward/northlight/0f1e2d3c",
        "size": 130,
        "root": "cd" * 32,
        "records": [{"record": "ab" * 32, "entry": 129}],
    },
)
