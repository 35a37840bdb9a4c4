"""Names of what regulators issue: each begins with whose it is, so that it is free in every ledger that it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.kind import Unmet
from meterward.core.records.roles import REGULATOR_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


def prefix_of(organisation: str) -> str:
    """What the names begin with of what a regulator issues, such as `authority-`; the number follows."""
    return f"{organisation}-"


def names_are_their_issuers(seen: Seen[Any]) -> Iterable[Unmet]:
    """Nobody but a regulator gives a name that begins as its own do, which would keep its own from being entered."""
    _, _, name = seen.subject.partition("/")
    for organisation in REGULATOR_OF.values():
        if name.startswith(prefix_of(organisation)) and seen.actor.organisation != organisation:
            yield Unmet(
                "statement.subject",
                f"Names that begin with “{prefix_of(organisation)}” are given by {organisation} itself.",
                f"Give it a name of its own, such as {seen.subject.partition('/')[0]}/1.",
            )
