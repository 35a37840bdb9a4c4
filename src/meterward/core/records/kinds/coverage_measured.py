"""`coverage.measured`: for how many of the premises supplied the inventory has a metering system."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import PERSONNEL, Role
from meterward.core.records.terms import SYSTEM, Fuels
from meterward.core.records.withheld import HEX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class CoverageMeasured(NamedTuple):
    """The premises supplied on a day were compared with the meter inventory, and counted. It names none of them.

    Premises that are supplied with both fuels are counted once for each.
    """

    as_at: Annotated[date, "The day that was looked at."]
    fuel: Annotated[Fuels, "Which fuel was counted."]
    feed: Annotated[str, "The SHA-256 of the registration feed, in hex."]
    inventory: Annotated[str, "The SHA-256 of the meter inventory, in hex."]
    premises: Annotated[int, "How many premises were supplied."]
    with_one: Annotated[int, "How many of them have one metering system in scope."]
    with_none: Annotated[int, "How many have none."]
    with_several: Annotated[int, "How many have two or more."]
    in_scope: Annotated[int, "How many rows of the inventory were of a metering system in scope."]
    supplying_nobody: Annotated[int, "How many of those are at no premises that are supplied with their fuel."]
    engine: Annotated[str, "What counted, by name."]
    engine_version: Annotated[str, "Its version."]
    unmatched: Annotated[str | None, "The SHA-256 of the file that names what does not match, in hex."] = None
    unmatched_rows: Annotated[int | None, "How many rows that has."] = None


def premises_add_up(seen: Seen[CoverageMeasured]) -> Iterable[Unmet]:
    """All premises have one metering system, none, or several."""
    facts = seen.facts
    if facts.with_one + facts.with_none + facts.with_several != facts.premises:
        yield Unmet("facts.premises", "The premises with one, none and several are not as many.", "Count once more.")


def systems_add_up(seen: Seen[CoverageMeasured]) -> Iterable[Unmet]:
    """There are enough metering systems for the premises that have one, or two, and for those that supply nobody."""
    facts = seen.facts
    least = facts.with_one + 2 * facts.with_several + facts.supplying_nobody
    if facts.in_scope < least:
        yield Unmet("facts.in_scope", f"The other counts need at least {least:,}.", "Count once more.")


def unmatched_adds_up(seen: Seen[CoverageMeasured]) -> Iterable[Unmet]:
    """The file of what does not match has a row for each of that, and is named with its digest and its rows."""
    facts = seen.facts
    if (facts.unmatched is None) != (facts.unmatched_rows is None):
        yield Unmet("facts.unmatched", "Its digest and its rows go together.", "Give both, or neither.")
    rows = facts.with_none + facts.with_several + facts.supplying_nobody
    if facts.unmatched_rows not in (None, rows):
        yield Unmet("facts.unmatched_rows", f"The counts make {rows:,}.", "Count once more.")


def digests_are(seen: Seen[CoverageMeasured]) -> Iterable[Unmet]:
    """What was read and written is named by its SHA-256."""
    for name in ("feed", "inventory", "unmatched"):
        digest = getattr(seen.facts, name)
        if digest is not None and not HEX.fullmatch(digest):
            yield Unmet(f"facts.{name}", "It is not a SHA-256.", "Write it as 64 lower-case hex digits.")


def not_foreseen(seen: Seen[CoverageMeasured]) -> Iterable[Unmet]:
    """Nobody has counted a day that is still to come."""
    if seen.facts.as_at > seen.occurred:
        hint = "Count a day that has come, or say on which day it was counted."
        yield Unmet("facts.as_at", f"{seen.facts.as_at} is after the day of the record, {seen.occurred}.", hint)


KIND = Kind(
    name="coverage.measured",
    facts=CoverageMeasured,
    by=(*PERSONNEL, Role.OPERATOR),
    text={"note": "Where feed and inventory came from, and what is known of the gaps."},
    about=(SYSTEM,),
    constraints=(premises_add_up, systems_add_up, unmatched_adds_up, digests_are, not_foreseen),
    example={
        "as_at": "2013-03-03",
        "fuel": "both",
        "feed": "7849352063f2a1b0c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b",
        "inventory": "63f2a1b0c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b78493520",
        "premises": 2_400_000,
        "with_one": 2_391_204,
        "with_none": 8_650,
        "with_several": 146,
        "in_scope": 2_393_700,
        "supplying_nobody": 2_204,
        "engine": "duckdb",
        "engine_version": "2.0.0",
    },
)
