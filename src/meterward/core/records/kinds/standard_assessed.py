"""`standard.assessed`: how far the licensee conforms to a standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.base.days import plural
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.roles import AUDITORS, PERSONNEL
from meterward.core.records.strength import audited_by_auditor, shown_unless_claimed
from meterward.core.records.terms import Category, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class StandardAssessed(NamedTuple):
    """A gap assessment against an edition of ISO 27001."""

    standard: Annotated[Literal["iso27001"], "The standard."]
    edition: Annotated[str, "The edition, by its year."]
    scope: Annotated[tuple[Category, ...], "What was assessed."]
    requirements: Annotated[int, "How many requirements and controls were assessed."]
    gaps: Annotated[tuple[str, ...], "Those not conformed to, by name."]
    strength: Annotated[Strength, "How it is shown."]


def gaps_within_requirements(seen: Seen[StandardAssessed]) -> Iterable[Unmet]:
    """The gaps are some of the requirements."""
    gaps = len(seen.facts.gaps)
    if gaps > seen.facts.requirements:
        yield Unmet(
            "facts.gaps",
            f"{plural(gaps, 'gap')} in {plural(seen.facts.requirements, 'requirement')}.",
            "Count all requirements.",
        )


KIND = Kind(
    name="standard.assessed",
    facts=StandardAssessed,
    by=(*PERSONNEL, *AUDITORS),
    text={"method": "How it was assessed, and by whom."},
    introduces="conformity",
    document=True,
    constraints=(
        distinct("scope"),
        distinct("gaps"),
        gaps_within_requirements,
        shown_unless_claimed,
        audited_by_auditor,
    ),
    example={
        "standard": "iso27001",
        "edition": "2005",
        "scope": ["communication_equipment", "network", "premises_equipment", "process"],
        "requirements": 133,
        "gaps": ["A.10.10.1"],
        "strength": "evidenced",
    },
)
