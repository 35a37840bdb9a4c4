"""`risk.treated`: what is done about a risk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.apart import Apart
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import PERSONNEL, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class RiskTreated(NamedTuple):
    """A risk above appetite is treated, or accepted by senior management (retained) with an end."""

    risk: Annotated[str, "The risk, by its name in the assessment: what stands after risk/ in the register."]
    option: Annotated[Literal["modify", "retain", "avoid", "share"], "The treatment, in ISO 27005's terms."]
    accepted_until: Annotated[date | None, "Last day of an acceptance."] = None


def acceptance_by_senior(seen: Seen[RiskTreated]) -> Iterable[Unmet]:
    """Only senior management accepts a risk above appetite, and only with an end."""
    if seen.facts.option == "retain" and seen.actor.role is not Role.SENIOR_MANAGER:
        yield Unmet(
            "statement.actor.role",
            f"{seen.actor.role} accepts a risk above appetite.",
            "Only a senior_manager may accept one; anybody may record another treatment.",
        )
    if (seen.facts.option == "retain") != (seen.facts.accepted_until is not None):
        yield Unmet(
            "facts.accepted_until",
            "An acceptance has an end, and only an acceptance.",
            "Give the last day with retain.",
        )


def ends_later(seen: Seen[RiskTreated]) -> Iterable[Unmet]:
    """An acceptance does not end before the day on which it is given."""
    until = seen.facts.accepted_until
    if until and until < seen.occurred:
        what = f"The acceptance ends on {until}, before the day on which it is given, {seen.occurred}."
        yield Unmet("facts.accepted_until", what, "Name that day or a later one.")


def by_risk(subject: str, facts: RiskTreated) -> list[tuple[str, ...]]:
    """Looked up by assessment and risk, and by the risk alone."""
    return [(subject, facts.risk), (facts.risk,)]


KIND = Kind(
    name="risk.treated",
    facts=RiskTreated,
    by=PERSONNEL,
    text={"measures": "What is done, or why the risk is accepted."},
    about=("assessment", "risk"),
    weighty=True,
    apart=(
        Apart(
            ("risk.estimated",),
            "accepts a risk that they estimated last",
            when=lambda facts: facts.option == "retain",
            subjects=lambda facts: (f"risk/{facts.risk}",),
            last=True,
        ),
    ),
    constraints=(acceptance_by_senior, ends_later),
    cells=by_risk,
    example={"risk": "R-07", "option": "modify"},
)
