"""Whose ledger a record belongs in: the keeper's sort, the kind's homes, and the parties to what is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.records.admission import Admission
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.record import Record
from meterward.core.records.story import Teller

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ANY = ("any",)
DAY = "2014-03-04"
ENGAGED: dict[str, Any] = {
    "kind": "audit.engaged",
    "on": DAY,
    "subject": "audit/1",
    "facts": {"organisation": "auditor-a", "independence": "declared"},
}
DIRECTED: dict[str, Any] = {
    "kind": "direction.issued",
    "on": DAY,
    "subject": "direction/authority-1",
    "role": "authority_officer",
    "facts": {
        "issuers": ["authority"],
        "addressees": ["northlight", "harbour"],
        "purposes": ["mitigate"],
        "requirements": [{"name": "step-1", "act": "do"}],
    },
}


def ledger(keeper: str, sort: str) -> Admission:
    """A ledger that was just opened."""
    found = Admission()
    (opening,) = told(keeper, {"kind": "ledger.opened", "on": DAY, "facts": opened(sort)})
    assert isinstance(found.admit(opening), Record)
    return found


def opened(sort: str) -> dict[str, str]:
    """The facts of an opening."""
    return {"clock": "simulated", "purpose": "test", "keeper": sort}


def told(about: str, *story: Mapping[str, Any], licences: Sequence[str] = ANY) -> list[Sealed]:
    """Statements about an organisation."""
    lines = Teller(about, licences).tell(story)
    return [one for line in lines if isinstance(one := read_object(line), Sealed)]


def codes(found: object) -> list[str]:
    """What stands against a record."""
    return [problem.code.value for problem in found] if isinstance(found, list) else []


def test_one_engagement_is_entered_in_the_ledgers_of_both_its_parties_as_the_same_record() -> None:
    (engaged,) = told("northlight", ENGAGED, licences=("gas",))
    there = [ledger("northlight", "licensee").admit(engaged), ledger("auditor-a", "auditor").admit(engaged)]
    assert all(isinstance(one, Record) for one in there)
    assert len({one.id for one in there if isinstance(one, Record)}) == 1


def test_what_is_between_two_others_is_nobody_elses() -> None:
    (engaged,) = told("northlight", ENGAGED)
    assert codes(ledger("harbour", "licensee").admit(engaged)) == ["ledger.other-licensee"]
    assert codes(ledger("auditor-b", "auditor").admit(engaged)) == ["kind.elsewhere"]
    assert codes(ledger("authority", "authority").admit(engaged)) == ["kind.elsewhere"]


def test_a_direction_is_one_statement_in_the_ledger_of_each_addressee_and_of_its_issuer() -> None:
    (direction,) = told("authority", DIRECTED)
    for keeper, sort in (("authority", "authority"), ("northlight", "licensee"), ("harbour", "licensee")):
        assert isinstance(ledger(keeper, sort).admit(direction), Record), keeper
    assert codes(ledger("southlight", "licensee").admit(direction)) == ["ledger.other-licensee"]
    assert codes(ledger("auditor-a", "auditor").admit(direction)) == ["kind.elsewhere"]


def test_it_counts_for_every_licence_of_whoever_it_reaches() -> None:
    record = ledger("northlight", "licensee").admit(told("authority", DIRECTED)[0])
    assert isinstance(record, Record)
    assert record.counts_for("gas")
    assert record.counts_for("electricity")


def test_a_licensee_says_nothing_of_every_licence_itself() -> None:
    there = ledger("northlight", "licensee")
    held = {"kind": "licence.held", "on": DAY, "subject": "licence/gas", "facts": {"fuel": "gas", "held_from": DAY}}
    assert isinstance(there.admit(told("northlight", held, licences=("gas",))[0]), Record)
    assert codes(there.admit(told("northlight", ENGAGED)[0])) == ["reference.unknown"]


def test_two_licensees_may_call_two_audits_by_one_name_in_their_auditors_ledger() -> None:
    there = ledger("auditor-a", "auditor")
    for licensee in ("northlight", "harbour"):
        assert isinstance(there.admit(told(licensee, ENGAGED)[0]), Record)


@pytest.mark.parametrize(
    ("keeper", "sort", "role", "fits"),
    [
        ("northlight", "licensee", "risk_owner", True),
        ("northlight", "licensee", "lead_auditor", False),
        ("auditor-a", "auditor", "lead_auditor", True),
        ("auditor-a", "auditor", "security_manager", False),
        ("authority", "authority", "authority_officer", True),
        ("authority", "authority", "secretary_of_state_officer", False),
        ("department", "department", "secretary_of_state_officer", True),
        ("department", "department", "reader", True),
    ],
)
def test_people_are_appointed_to_the_roles_of_their_own_organisation(
    keeper: str, sort: str, role: str, fits: bool
) -> None:
    appointed = {
        "kind": "role.appointed",
        "on": DAY,
        "subject": "appointment/1",
        "role": "operator",
        "facts": {"person": "p-1", "role": role},
    }
    assert codes(ledger(keeper, sort).admit(told(keeper, appointed)[0])) == ([] if fits else ["field.value"])


def test_nobody_of_a_licensee_speaks_for_auditors_in_their_ledger() -> None:
    there = ledger("auditor-a", "auditor")
    posing = {**ENGAGED, "role": "security_manager", "organisation": "auditor-a"}
    assert codes(there.admit(told("northlight", posing)[0])) == ["role.organisation"]


def test_no_licensee_puts_anything_into_anothers_ledger() -> None:
    """It names the other as its auditors, or as an addressee of what it says itself."""
    (engaged,) = told("northlight", {**ENGAGED, "facts": {**ENGAGED["facts"], "organisation": "harbour"}})
    assert codes(ledger("harbour", "licensee").admit(engaged)) == ["ledger.other-licensee"]
    (direction,) = told("northlight", {**DIRECTED, "subject": "direction/1", "role": "security_manager"})
    assert codes(ledger("harbour", "licensee").admit(direction)) == ["ledger.other-licensee"]


def test_no_regulator_speaks_for_the_other() -> None:
    (direction,) = told("department", DIRECTED)
    assert codes(ledger("harbour", "licensee").admit(direction)) == ["ledger.other-licensee"]


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("role.appointed", {"person": "p-1", "role": "risk_owner"}),
        ("glass.broken", {"role": "risk_owner", "valid_to": DAY}),
    ],
)
def test_guests_neither_appoint_nor_break_glass(kind: str, facts: dict[str, Any]) -> None:
    subject = f"{all_kinds()[kind].introduces}/1"
    said = {"kind": kind, "on": DAY, "subject": subject, "role": "lead_auditor", "facts": facts}
    (guest,) = told("northlight", said)
    assert codes(ledger("northlight", "licensee").admit(guest)) == ["role.organisation"]
    (own,) = told("northlight", {**said, "role": "security_manager"})
    assert isinstance(ledger("northlight", "licensee").admit(own), Record)


def test_nobody_takes_by_broken_glass_what_people_of_the_organisation_are_not() -> None:
    facts = {"role": "auditor", "valid_to": DAY}
    said = {"kind": "glass.broken", "on": DAY, "subject": "glass/1", "role": "security_manager", "facts": facts}
    assert codes(ledger("northlight", "licensee").admit(told("northlight", said)[0])) == ["field.value"]
