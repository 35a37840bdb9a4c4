"""Say in a ledger what a comparison of premises supplied with the meter inventory came to: counts, and no premises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import coverage_measured
from meterward.core.records.terms import SYSTEM
from meterward.usecases.operator_statement import licences_of, operator_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Head, Ledgers
    from meterward.usecases.ports.tables import Coverage

BOTH = "both"


def licences_for(ledgers: Ledgers, head: Head, fuel: str, as_at: date, today: date) -> Sequence[str] | Problem:
    """The licences that a count of a fuel is about, before anything is counted; or why it cannot be recorded."""
    if as_at > today:
        hint = "Name a day that has come."
        return Problem(Code.DAY_INVALID, f"{as_at} has not come, and only what was is recorded.", hint)
    held = licences_of(ledgers, head)
    about = [one for one in held if fuel in (one, BOTH)]
    if not about:
        hint = f"Its licences: {', '.join(held)}."
        return Problem(Code.LICENCE_UNKNOWN, f"“{head.keeper}” has no licence for {fuel}.", hint)
    return about


def coverage_facts(found: Coverage) -> dict[str, Json]:
    """The facts of a comparison."""
    whole = found.whole
    facts: dict[str, Json] = {
        "as_at": found.as_at.isoformat(),
        **whole._asdict(),
        "feed": found.feed.digest,
        "inventory": found.inventory.digest,
        "engine": found.engine,
        "engine_version": found.engine_version,
    }
    if found.unmatched:
        facts |= {"unmatched": found.unmatched.digest, "unmatched_rows": found.unmatched.rows}
    return facts


def coverage_line(
    head: Head, licences: Sequence[str], found: Coverage, day: date, salt: Callable[[], str]
) -> dict[str, Json]:
    """The line that tells of a comparison."""
    statement = operator_statement(coverage_measured.KIND, head.keeper, licences, day, subject=SYSTEM)
    return {"statement": statement, "facts": coverage_facts(found), "salts": {"facts": salt()}}
