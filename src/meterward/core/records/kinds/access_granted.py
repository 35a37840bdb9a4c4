"""`access.granted`: somebody of another organisation is let into the ledger."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.keeper import Keeper
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import MANAGERS, Role, Side, organisation_needed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class AccessGranted(NamedTuple):
    """A person of another organisation is let into this ledger in a role. Another record ends it earlier.

    Managers let people in, in a role that they were appointed to: access would outlast one that was delegated or taken.
    """

    person: Annotated[str, "The person's pseudonym in that organisation."]
    organisation: Annotated[str, "The organisation that the person acts for."]
    role: Annotated[
        Literal["lead_auditor", "auditor", "authority_officer", "secretary_of_state_officer", "operator"], "The role."
    ]
    valid_to: Annotated[date | None, "Last day on which it is valid, if it runs out by itself."] = None


def by_person(_: str, facts: AccessGranted) -> list[tuple[str, ...]]:
    """Looked up by person and organisation."""
    return [(facts.person, facts.organisation)]


def acts_so(seen: Seen[AccessGranted]) -> Iterable[Unmet]:
    """Nobody is let in as what they could not act as. Those who grant access act for the licensee."""
    role, organisation, own = Role(seen.facts.role), seen.facts.organisation, seen.actor.organisation
    if needed := organisation_needed(role, organisation, Side(own, Keeper.LICENSEE, own)):
        message = f"Nobody acts for “{organisation}” as {role}."
        yield Unmet("facts.organisation", message, f"Write {needed}, or choose a role that its people can act in.")


KIND = Kind(
    name="access.granted",
    facts=AccessGranted,
    by=MANAGERS,
    text={"reason": "Why the person is let in."},
    introduces="access",
    gives_to=lambda facts: (facts.person, facts.organisation),
    lasting=True,
    of_ones_own=True,
    constraints=(acts_so,),
    cells=by_person,
    example={"person": "p-31", "organisation": "auditor-a", "role": "lead_auditor"},
)
