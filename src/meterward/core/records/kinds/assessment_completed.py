"""`assessment.completed`: a risk assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.roles import Role
from meterward.core.records.terms import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class AssessmentCompleted(NamedTuple):
    """A risk assessment of the Supplier End-to-End System is completed."""

    scope: Annotated[tuple[Category, ...], "What was assessed."]
    risks: Annotated[int, "How many risks were found."]
    above_appetite: Annotated[tuple[str, ...], "The risks above the level that the licensee accepts, by name."] = ()
    context: Annotated[str | None, Ref(("context",)), "The context whose scales and appetite it used."] = None


def not_more_than_all(seen: Seen[AssessmentCompleted]) -> Iterable[Unmet]:
    """Those above appetite are some of those found."""
    above = len(seen.facts.above_appetite)
    if above > seen.facts.risks:
        yield Unmet(
            "facts.above_appetite", f"{above} risks are named, of {seen.facts.risks}.", "Count all risks found."
        )


KIND = Kind(
    name="assessment.completed",
    facts=AssessmentCompleted,
    by=(Role.SECURITY_MANAGER, Role.RISK_OWNER),
    text={"method": "The method, and what was left out and why."},
    introduces="assessment",
    document=True,
    constraints=(distinct("scope"), distinct("above_appetite"), not_more_than_all),
    example={
        "scope": ["communication_equipment", "network", "premises_equipment", "process"],
        "risks": 42,
        "above_appetite": ["R-07"],
    },
)
