"""What nobody says by hand: records of what this program itself verified or saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import all_kinds

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json


def not_by_hand(statement: Json) -> list[Problem]:
    """What stands against a statement that a person hands in: it may be of a kind that is worked out.

    What does not look like a statement at all is told where it is read.
    """
    name = statement.get("kind") if isinstance(statement, dict) else None
    kind = all_kinds().get(name) if isinstance(name, str) else None
    if kind is None or not kind.worked_out:
        return []
    message = f"{kind.name} says what Meterward itself verified or saw, and is not written by hand."
    return [Problem(Code.KIND_WORKED_OUT, message, kind.worked_out, "statement.kind")]
