"""`role.appointed`: who holds a role, from when."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kind import Kind
from meterward.core.records.roles import MANAGERS, REGULATORS, Role
from meterward.core.records.terms import OwnRole


class RoleAppointed(NamedTuple):
    """A person is appointed to a role. Another record ends the appointment.

    Managers appoint, in a role that they were appointed to themselves: an appointment would outlast one that was
    delegated or taken. Whoever operates the ledger may too, for somebody has to be the first, or the next where no
    manager is left.
    """

    person: Annotated[str, "The person's pseudonym, as it stands in the records that the person makes."]
    role: Annotated[OwnRole, "The role: one that people of the organisation have whose ledger it is."]


def by_person(_: str, facts: RoleAppointed) -> list[tuple[str, ...]]:
    """Looked up by person."""
    return [(facts.person,)]


KIND = Kind(
    name="role.appointed",
    facts=RoleAppointed,
    by=(*MANAGERS, Role.LEAD_AUDITOR, *REGULATORS, Role.OPERATOR),
    homes=EVERY_KEEPER,
    text={"post": "The post that the person holds."},
    introduces="appointment",
    gives_to=lambda facts: (facts.person, ""),
    lasting=True,
    of_ones_own=True,
    cells=by_person,
    example={"person": "p-04", "role": "senior_manager"},
)
