"""Say what came of a bundle that was handed over: what is claimed beside what came out here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.steps import Outcome
from meterward.core.records.kinds import bundle_taken
from meterward.usecases.partial_receipts import INDETERMINATE
from meterward.usecases.summarise_position import summarise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.obligations.position import Position
    from meterward.usecases.verify_bundle import Verification

KIND = bundle_taken.KIND
POLICY, CHECKPOINT, MANIFEST = "log.policy", "checkpoint", "bundle.json"
"""What is kept of a bundle that is taken in, by the names that its record gives them."""
_OUTCOMES = {Outcome.PASSED: "passed", Outcome.NOTHING: "nothing", Outcome.PARTIAL: "partial"}
_UNKNOWN = "unknown"


def may_be_taken(done: Verification) -> bool:
    """Whether a bundle is taken in: everything that could be checked holds."""
    return done.holds or done.holds_in_part


def facts_of(
    done: Verification, digest: str, trust: str, stands: Sequence[tuple[str, Position]]
) -> dict[str, Json] | Problem:
    """The facts of the record by which a verified bundle is taken in; `stands` are positions computed here."""
    manifest, checkpoint = done.manifest, done.checkpoint
    if manifest is None or checkpoint is None or not may_be_taken(done):
        return Problem(Code.FILE_UNREADABLE, "The bundle was not verified.", "Only one that holds is taken in.")
    steps: list[Json] = [{"number": one.number, "outcome": _OUTCOMES[one.found.outcome]} for one in done.steps]
    claimed = {str(one.get("licence")): one for one in manifest.receipts}
    made = {str(one.get("licence")): one for one in done.receipts}
    positions: list[Json] = [
        _position(licence, claimed[licence], made[licence], position)
        for licence, position in stands
        if licence in claimed and licence in made
    ]
    return {
        "ledger": manifest.ledger,
        "digest": digest,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "as_at": manifest.as_at,
        "trust": trust,
        "whole": manifest.is_whole,
        "steps": steps,
        "positions": positions,
        "engine": manifest.engine,
        "law": manifest.pack,
    }


def _position(licence: str, claimed: Mapping[str, Json], made: Mapping[str, Json], position: Position) -> Json:
    unknown = len(cast("Sequence[Json]", made.get(INDETERMINATE) or ()))
    return {
        "licence": licence,
        "claimed": str(claimed.get("digest")),
        "made": str(made.get("digest")),
        "group": _UNKNOWN if unknown else position.worst.value,
        "counts": [{"status": status.value, "duties": count} for status, count in summarise(position).counts],
        "unknown": unknown,
        "overdue": sum(one.overdue for one in position.deadlines),
    }
