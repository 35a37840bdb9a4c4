"""`glass.broken`: somebody takes a role that they do not hold, because it cannot wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.base.days import in_words
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import ACTING
from meterward.core.records.terms import ActingRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen

_LONGEST = timedelta(days=2)


class GlassBroken(NamedTuple):
    """In an emergency a person takes a role of their organisation that they do not hold, for two days more at most.

    It counts as long as the person holds a role by an appointment. Whatever they read meanwhile is noted, and somebody
    else reviews it.
    """

    role: Annotated[ActingRole, "The role that is taken: one that people of the organisation have whose ledger it is."]
    valid_to: Annotated[date, "Last day on which it counts, at most two days after the first."]


def another_role(seen: Seen[GlassBroken]) -> Iterable[Unmet]:
    """Nobody takes the role that they act in."""
    if seen.facts.role == seen.actor.role:
        yield Unmet("facts.role", f"They act as {seen.facts.role} already.", "Take a role that they do not hold.")


def soon_over(seen: Seen[GlassBroken]) -> Iterable[Unmet]:
    """It is over in two days."""
    first, last = seen.occurred, seen.facts.valid_to
    most = first + _LONGEST
    if not first <= last <= most:
        message = f"It would count until {in_words(last)}, and begins on {in_words(first)}."
        yield Unmet("facts.valid_to", message, f"Name a day from {in_words(first)} to {in_words(most)}.")


KIND = Kind(
    name="glass.broken",
    facts=GlassBroken,
    by=ACTING,
    homes=EVERY_KEEPER,
    text={"reason": "Why it cannot wait for an appointment or a delegation."},
    needs_text=("reason",),
    introduces="glass",
    lasting=True,
    of_ones_own=True,
    weighty=True,
    constraints=(another_role, soon_over),
    example={"role": "senior_manager", "valid_to": "2013-09-03"},
)
