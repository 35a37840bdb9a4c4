"""Tell in a ledger that it goes on although it does not fit the checkpoint that was kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.ledger.tree import Frontier
from meterward.core.records.kinds import ledger_loss_accepted
from meterward.usecases.operator_statement import licences_of, operator_statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.usecases.ports import Head, Ledgers


def loss_line(
    ledgers: Ledgers, head: Head, kept: Checkpoint | None, reason: str, day: date, salt: Callable[[], str]
) -> dict[str, Json]:
    """The line that tells of a loss: of what is there, and of what was `kept` outside, if that can be relied upon."""
    statement = operator_statement(ledger_loss_accepted.KIND, head.keeper, licences_of(ledgers, head), day)
    facts: dict[str, Json] = {"size": head.size, "root": Frontier(head.size, list(head.peaks)).root().hex()}
    if kept:
        facts |= {"lost_size": kept.size, "lost_root": kept.root.hex()}
    return {
        "statement": statement,
        "facts": facts,
        "text": {"reason": reason},
        "salts": {"facts": salt(), "text": salt()},
    }
