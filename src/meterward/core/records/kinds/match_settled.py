"""`match.settled`: what a match between an advisory and an element comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.kinds.threats_matched import MATCH
from meterward.core.records.roles import PERSONNEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class MatchSettled(NamedTuple):
    """Somebody looked at a match: it does not affect the element, it was remedied, or risks follow from it."""

    outcome: Annotated[Literal["not_affected", "remedied", "risk"], "What was found."]
    risks: Annotated[tuple[str, ...], Ref(("risk",)), "The risks that follow from it, or that it bears on."] = ()


def risks_follow(seen: Seen[MatchSettled]) -> Iterable[Unmet]:
    """Risks are named if they follow, and only then."""
    if (seen.facts.outcome == "risk") != bool(seen.facts.risks):
        yield Unmet("facts.risks", "Risks are named when they follow, and only then.", "Name them with outcome risk.")


KIND = Kind(
    name="match.settled",
    facts=MatchSettled,
    by=PERSONNEL,
    text={"reason": "What was looked at, and why it comes to that."},
    needs_text=("reason",),
    about=(MATCH,),
    constraints=(risks_follow, distinct("risks")),
    example={"outcome": "not_affected"},
)
