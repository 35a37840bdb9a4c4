"""Taking back what somebody decided weighs what deciding it does, and keys are ended by those whose affair they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from meterward.core.records.kinds import all_kinds
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, browser_of, incident, secret_of

OF = {"security": ("p-01", "security_manager"), "monitoring": ("p-07", "contributor")}
DECIDED = ("policy.issued", "recommendation.decided", "risk.treated", "management.considered")


def last(kind: str) -> Any:  # noqa: ANN401 - a record of any kind
    """The last record of a kind."""
    return [one for one in installation().ledgers.records(LEDGER) if one.kind.name == kind][-1]


def taking_back(kind: str, who: str) -> dict[str, Any]:
    """The line by which somebody withdraws the last record of a kind, or ends it if it lasts."""
    old, (person, role) = last(kind), OF[who]
    ends = all_kinds()[kind].lasting
    verb, name = ("ends", "record.ended") if ends else ("withdraws", "record.withdrawn")
    actor = {"person": person, "role": role, "organisation": LEDGER}
    line = incident(kind=name, licences=list(old.licences), actor=actor, **{verb: old.id.hex()})
    line["statement"] |= {"subject": old.subject} if ends else {}
    if not ends:
        del line["statement"]["subject"]
    return {**line, "facts": {"because": "revoked" if ends else "duplicate"}, "text": {"reason": "It is another."}}


def codes(answered: Any) -> set[str]:  # noqa: ANN401 - as Django answers
    """Why something was refused."""
    return {one["code"] for one in answered.json()["problems"]}


@pytest.mark.parametrize("kind", DECIDED)
def test_no_token_takes_back_what_was_decided(kind: str) -> None:
    for who in OF:
        answered = Machine(secret_of(who)).post(f"{LEDGER}/records", taking_back(kind, who))
        assert codes(answered) == {"factor.missing"}, who
    told = Machine(secret_of("monitoring")).post(f"{LEDGER}/records", taking_back("incident.recorded", "monitoring"))
    assert told.status_code == 201


def test_nor_does_a_page_for_whoever_showed_a_password_alone() -> None:
    said = taking_back("policy.issued", "security")
    typed = {
        "statement.ends": said["statement"]["ends"],
        "statement.subject": said["statement"]["subject"],
        "statement.occurred": said["statement"]["occurred"],
        "statement.licences": said["statement"]["licences"],
        "facts.because": "revoked",
        "text.reason": "It is another.",
        "acting": "security_manager",
        "do": "append",
    }
    for strong, status in ((False, 422), (True, 302)):
        place = f"/{LEDGER}/append/record.ended/{UUID(int=9 + strong)}"
        answered = browser_of("security", strong=strong).post(place, typed)
        assert answered.status_code == status
        assert ("taken back by somebody who showed" in answered.content.decode()) is not strong


def test_nobody_but_an_operator_ends_the_key_of_an_organisation() -> None:
    machine = Machine(secret_of("monitoring"))
    assert codes(machine.post(f"{LEDGER}/records", taking_back("key.introduced", "monitoring"))) == {
        "role.not-entitled"
    }
