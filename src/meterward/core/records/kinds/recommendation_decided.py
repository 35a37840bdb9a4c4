"""`recommendation.decided`: the licensee's decision on one recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, Unmet, text_if
from meterward.core.records.roles import MANAGERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class RecommendationDecided(NamedTuple):
    """The licensee decides on one recommendation of a report, or notes that there is none to decide on."""

    decision: Annotated[
        Literal["accept", "part", "reject", "already_done", "nothing_to_decide"],
        "The decision; nothing_to_decide when the report has no recommendations.",
    ]
    recommendation: Annotated[str | None, "The recommendation, by its name in the report."] = None


def names_its_recommendation(seen: Seen[RecommendationDecided]) -> Iterable[Unmet]:
    """A decision names what it decides on, and only then."""
    if (seen.facts.decision == "nothing_to_decide") != (seen.facts.recommendation is None):
        yield Unmet(
            "facts.recommendation",
            "A decision names its recommendation; nothing_to_decide names none.",
            "Name the recommendation as the report does.",
        )


def by_recommendation(subject: str, facts: RecommendationDecided) -> list[tuple[str, ...]]:
    """Looked up by audit and recommendation."""
    return [(subject, facts.recommendation or "")]


KIND = Kind(
    name="recommendation.decided",
    facts=RecommendationDecided,
    by=MANAGERS,
    text={"reason": "Why."},
    about=("audit",),
    document=True,
    weighty=True,
    constraints=(
        text_if(
            "reason", lambda facts: facts.decision in ("reject", "part"), "a rejection is recorded with its reason"
        ),
        names_its_recommendation,
    ),
    cells=by_recommendation,
    example={"decision": "accept", "recommendation": "rec-1"},
)
