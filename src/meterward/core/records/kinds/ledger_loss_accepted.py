"""`ledger.loss_accepted`: a ledger goes on although it does not fit a checkpoint that was kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.digests import is_digest
from meterward.core.records.keeper import EVERY_LEDGER
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class LedgerLossAccepted(NamedTuple):
    """A ledger goes on from what is there of it, although it does not fit the checkpoint that was kept outside.

    It lost entries, or has others than it had: an old copy was put back, or what is kept outside was lost or damaged. A
    checkpoint that somebody else holds shows what the ledger was before.
    """

    size: Annotated[int, "How many entries are there."]
    root: Annotated[str, "The root over them, in hex."]
    lost_size: Annotated[int | None, "How many entries the checkpoint says, if one can be relied upon."] = None
    lost_root: Annotated[str | None, "The root that it says, in hex."] = None


def is_told(seen: Seen[LedgerLossAccepted]) -> Iterable[Unmet]:
    """Roots have the form of roots, and of a checkpoint both parts are said or neither."""
    for name in ("root", "lost_root"):
        root = getattr(seen.facts, name)
        if root is not None and not is_digest(root):
            yield Unmet(f"facts.{name}", "It is not a root.", "Write it as 64 lower-case hex digits.")
    if (seen.facts.lost_size is None) != (seen.facts.lost_root is None):
        yield Unmet("facts.lost_size", "Half of a checkpoint is said.", "Say its size and its root, or neither.")


KIND = Kind(
    name="ledger.loss_accepted",
    facts=LedgerLossAccepted,
    by=(Role.OPERATOR,),
    homes=EVERY_LEDGER,
    text={"reason": "What happened, and why nothing newer could be put back."},
    needs_text=("reason",),
    links=(),
    constraints=(is_told,),
    example={
        "size": 1_204,
        "root": "7849352063f2a1b0c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b",
        "lost_size": 1_240,
        "lost_root": "0c4d5e6f708192a3b7849352063f2a1bd5e6f708192a3b4c5d6e7f8091a2b3c4",
    },
)
