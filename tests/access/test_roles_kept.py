"""A process that knows the roles in a ledger learns of every later record: who was let in, and who is no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.kinds import role_appointed
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, browser_of, incident, secret_of

if TYPE_CHECKING:
    from meterward.core.records.record import Record


def appointment(person: str) -> Record[Any]:
    """The record that appointed somebody."""
    found = installation().ledgers.records_of(LEDGER, [role_appointed.KIND.name])
    return next(one for one in found if one.kind is role_appointed.KIND and one.facts.person == person)


def say(kind: str, subject: str, facts: dict[str, Any], **links: Any) -> dict[str, Any]:  # noqa: ANN401 - as they are handed on
    """A line of the security manager about both licences."""
    line = incident(kind=kind, subject=subject, licences=["electricity", "gas"], **links)
    return {**line, "facts": facts}


def test_a_role_that_ended_lets_nobody_in_any_more_and_a_new_one_does() -> None:
    before, machine, client = appointment("p-07"), Machine(secret_of("security")), browser_of("monitoring")
    assert client.get(f"/{LEDGER}/").status_code == 200
    end = say("record.ended", before.subject, {"because": "revoked"}, ends=before.id.hex())
    assert machine.post(f"{LEDGER}/records", end).status_code == 201
    assert client.get(f"/{LEDGER}/").status_code == 404
    anew = say("role.appointed", "appointment/anew", {"person": "p-07", "role": "contributor"})
    assert machine.post(f"{LEDGER}/records", anew).status_code == 201
    assert client.get(f"/{LEDGER}/").status_code == 200
