"""`delegation.given`: somebody's role is another person's too, until a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.base.days import DAY, add_months, in_words
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kind import Kind, Unmet, in_order
from meterward.core.records.roles import ACTING
from meterward.core.records.terms import ActingRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen

_MOST_MONTHS = 12


class DelegationGiven(NamedTuple):
    """A role is another person's too, of the same organisation, until a day. Another record ends it earlier.

    It counts from the day after it was given, and only as long as whoever gave it holds the role themselves, by an
    appointment or an access of their own. What was delegated is not delegated further.
    """

    person: Annotated[str, "The pseudonym of the person who acts in the role too."]
    role: Annotated[ActingRole, "The role: the one in which it is given."]
    valid_to: Annotated[date, "Last day on which it counts, at most a year after it was given."]
    valid_from: Annotated[date | None, "First day on which it counts, if that is later than the day after."] = None


def by_person(_: str, facts: DelegationGiven) -> list[tuple[str, ...]]:
    """Looked up by person."""
    return [(facts.person,)]


def begins(facts: DelegationGiven, given: date) -> date:
    """The first day on which a delegation can count: never the day on which it was given."""
    return max(facts.valid_from or given, given + DAY)


def own_role(seen: Seen[DelegationGiven]) -> Iterable[Unmet]:
    """Nobody delegates another role than the one in which they act."""
    if seen.facts.role != seen.actor.role:
        message = f"The role is {seen.facts.role}, but it is given by a {seen.actor.role}."
        yield Unmet("facts.role", message, "Give the role in which you act, or act in the role that you give.")


def ends_in_time(seen: Seen[DelegationGiven]) -> Iterable[Unmet]:
    """It begins after it is given, and lasts no longer than a year."""
    given, first, last = seen.occurred, seen.facts.valid_from, seen.facts.valid_to
    if first and first <= given:
        message = f"It would count from {in_words(first)}, but was given on {in_words(given)}."
        yield Unmet("facts.valid_from", message, "It counts from the day after at the earliest: leave it empty.")
    if last <= given:
        message = f"It ends on {in_words(last)}, but counts only from the day after {in_words(given)}."
        yield Unmet("facts.valid_to", message, "Name a later day.")
    if last > (most := add_months(given, _MOST_MONTHS)):
        message = f"It would last until {in_words(last)}, longer than a year."
        yield Unmet("facts.valid_to", message, f"Name {in_words(most)} at the latest; it can be given again then.")


KIND = Kind(
    name="delegation.given",
    facts=DelegationGiven,
    by=ACTING,
    homes=EVERY_KEEPER,
    text={"reason": "Why it is given."},
    needs_text=("reason",),
    introduces="delegation",
    gives_to=lambda facts: (facts.person, ""),
    lasting=True,
    of_ones_own=True,
    weighty=True,
    constraints=(own_role, ends_in_time, in_order("valid_from", "valid_to")),
    cells=by_person,
    example={"person": "p-04", "role": "security_manager", "valid_to": "2013-09-30"},
)
