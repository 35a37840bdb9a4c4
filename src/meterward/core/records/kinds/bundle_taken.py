"""`bundle.taken`: a bundle that a licensee handed over was verified, computed anew, and taken in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.digests import is_digest
from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper
from meterward.core.records.kind import Kind, Unmet, needs_file
from meterward.core.records.roles import AUDITORS, REGULATORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class StepTaken(NamedTuple):
    """One step of the verification."""

    number: Annotated[int, "The step's number."]
    outcome: Annotated[Literal["passed", "nothing", "partial"], "What came of it."]


class Counted(NamedTuple):
    """So many duties have a status."""

    status: Annotated[str, "The status."]
    duties: Annotated[int, "How many have it."]


class Recomputed(NamedTuple):
    """Where the duties under one licence stood: as the bundle claims, and as it came out here."""

    licence: Annotated[str, "The licence."]
    claimed: Annotated[str, "The digest of the receipt that the bundle claims."]
    made: Annotated[str, "The digest of the receipt that came out here."]
    group: Annotated[
        Literal["neutral", "in order", "open", "contested", "breach", "unknown"], "What the statuses come to."
    ]
    counts: Annotated[tuple[Counted, ...], "How many duties have each status."] = ()
    unknown: Annotated[int, "How many duties nobody can tell, since facts were withheld."] = 0
    overdue: Annotated[int, "How many deadlines had passed unanswered."] = 0


class BundleTaken(NamedTuple):
    """A bundle was verified here, step by step, and its position computed anew.

    What is told here came out of what the licensee's log signed. One that failed is not taken in, and leaves no record.
    """

    ledger: Annotated[str, "The ledger that it is a bundle of."]
    digest: Annotated[str, "The SHA-256 of the bundle's file."]
    size: Annotated[int, "How many entries the ledger had."]
    root: Annotated[str, "The root over them, in hex."]
    as_at: Annotated[date, "The day of the position that it claims."]
    trust: Annotated[
        Literal["confirmed", "first_use", "pinned"],
        "Why the log's key is believed: confirmed by another way, come with the bundle, or known from an earlier one.",
    ]
    whole: Annotated[bool, "Whether every record of the ledger was there."]
    steps: Annotated[tuple[StepTaken, ...], "The steps of the verification, by number."]
    positions: Annotated[tuple[Recomputed, ...], "The position of each licence, if it could be computed."] = ()
    engine: Annotated[str | None, "The digest of the engine that computed it."] = None
    law: Annotated[str | None, "The digest of the law pack that computed it."] = None


def digests_are_whole(seen: Seen[BundleTaken]) -> Iterable[Unmet]:
    """A file and a root are named by whole digests."""
    for name in ("digest", "root"):
        if not is_digest(getattr(seen.facts, name)):
            yield Unmet(f"facts.{name}", "It is not a digest.", "Write 64 lower-case hex digits.")


KIND = Kind(
    name="bundle.taken",
    facts=BundleTaken,
    by=(*REGULATORS, *AUDITORS),
    text={"note": "How it came, and by which way the log's key was confirmed."},
    introduces="bundle",
    worked_out="Bring the bundle itself, on the page “Bundles”: it is verified, computed anew, and taken in there.",
    homes=(Keeper.AUDITOR, *REGULATOR_KEEPERS),
    constraints=(digests_are_whole, needs_file("the log's key and checkpoint are kept with it")),
    cells=lambda _subject, facts: [(facts.ledger,)],
    example={
        "ledger": "northlight",
        "digest": "ab" * 32,
        "size": 120,
        "root": "cd" * 32,
        "as_at": "2014-03-31",
        "trust": "confirmed",
        "whole": True,
        "steps": [{"number": 1, "outcome": "passed"}],
        "positions": [
            {
                "licence": "gas",
                "claimed": "ef" * 32,
                "made": "ef" * 32,
                "group": "in order",
                "counts": [{"status": "met", "duties": 30}],
            }
        ],
        "engine": "01" * 32,
        "law": "23" * 32,
    },
)
