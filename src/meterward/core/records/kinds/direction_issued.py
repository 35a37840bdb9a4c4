"""`direction.issued`: the Secretary of State or the Authority directs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TypeAlias

from meterward.core.records.apart import Apart
from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.naming import names_are_their_issuers
from meterward.core.records.roles import ISSUING, REGULATORS, Role
from meterward.core.records.terms import Issuer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


MOST_DAYS = 36_525
"""A direction that counts more days than a century has is taken for a slip of the pen."""


Purpose: TypeAlias = Literal["trials", "all_times", "mitigate", "prevent", "remedy", "consequences"]
"""What a direction may be for: the six purposes that the condition allows."""
Ground: TypeAlias = Literal["consumer_protection", "market_functioning"]
"""For what the Authority directs: to protect consumers, or for the functioning of the market."""


class Requirement(NamedTuple):
    """One thing that a direction requires."""

    name: Annotated[str, "A short name, such as step-1."]
    act: Annotated[Literal["do", "refrain", "report", "produce"], "What sort of requirement it is."]
    due: Annotated[date | None, "Last day on which it is in time, if the direction names one."] = None
    within_days: Annotated[int | None, "Or the number of days, if it counts them."] = None
    to: Annotated[tuple[Issuer, ...], "To whom a report goes."] = ()
    evidence: Annotated[tuple[str, ...], "What is to show that it was met, by short names, if the direction says."] = ()


class DirectionIssued(NamedTuple):
    """A direction is issued to one or more licensees, with what they must do, refrain from, report and produce."""

    issuers: Annotated[tuple[Issuer, ...], "Who issued it."]
    addressees: Annotated[tuple[str, ...], "The licensees that it is addressed to."]
    purposes: Annotated[tuple[Purpose, ...], "What it is for, of the six purposes that the condition allows."]
    requirements: Annotated[tuple[Requirement, ...], "What it requires."]
    draft: Annotated[str | None, "The draft that it was made of, if there is one."] = None
    evidence: Annotated[tuple[str, ...], "The evidence considered: names of records or requests, or digests."] = ()
    grounds: Annotated[tuple[Ground, ...], "For what the Authority directs, if it says."] = ()


def days_within_a_century(seen: Seen[DirectionIssued]) -> Iterable[Unmet]:
    """A number of days leads to a day that a calendar has."""
    for place, requirement in enumerate(seen.facts.requirements):
        if (requirement.within_days or 0) > MOST_DAYS:
            yield Unmet(
                f"facts.requirements[{place}].within_days",
                f"{requirement.within_days:,} days is more than a century.",
                f"Write the number in the direction, at most {MOST_DAYS:,}; or leave it out if there is none.",
            )


def requirements_named_once(seen: Seen[DirectionIssued]) -> Iterable[Unmet]:
    """Requirements have names of their own, and one way of saying when they are due."""
    names = [requirement.name for requirement in seen.facts.requirements]
    if len(set(names)) != len(names):
        yield Unmet("facts.requirements", "Two requirements have one name.", "Give each a name of its own.")
    for place, requirement in enumerate(seen.facts.requirements):
        if requirement.due and requirement.within_days is not None:
            yield Unmet(
                f"facts.requirements[{place}]", "It has a date and a number of days.", "Keep the one in the direction."
            )


KEPT = (
    distinct("issuers"),
    distinct("addressees"),
    distinct("purposes"),
    requirements_named_once,
    days_within_a_century,
    names_are_their_issuers,
)
"""What a direction has to keep, and each draft of one."""

KIND = Kind(
    name="direction.issued",
    facts=DirectionIssued,
    by=(*REGULATORS, Role.SECURITY_MANAGER, Role.LEGAL_ADVISER),
    text={"direction": "The direction's words.", "reasons": "The reasons given."},
    introduces="direction",
    homes=(Keeper.LICENSEE, *REGULATOR_KEEPERS),
    shared=lambda facts: (*facts.addressees, *(ISSUING[issuer] for issuer in facts.issuers)),
    lasting=True,
    document=True,
    links=("corrects", "replaces"),
    weighty=True,
    apart=(
        Apart(
            ("direction.drafted",),
            "issues the direction that they drafted",
            subjects=lambda facts: (facts.draft,) if facts.draft else (),
        ),
    ),
    constraints=KEPT,
    example={
        "issuers": ["secretary_of_state"],
        "addressees": ["northlight"],
        "purposes": ["mitigate"],
        "requirements": [{"name": "step-1", "act": "do", "due": "2014-06-30"}],
    },
)
