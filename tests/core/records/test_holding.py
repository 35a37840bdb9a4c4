"""From which records roles are read, and for how long they are held."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.days import DAY
from meterward.core.records.holding import acting, held_on, roles_on
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import access_granted, delegation_given, glass_broken, record_ended, role_appointed
from meterward.core.records.record import NO_LINKS, Links, Record
from meterward.core.records.roles import Role

LEDGER = "northlight"


def appointed(
    number: int,
    occurred: date,
    role: Literal["risk_owner", "contributor"] = "risk_owner",
    person: str = "p-09",
    links: Links = NO_LINKS,
) -> Record[Any]:
    facts = role_appointed.RoleAppointed(person, role)
    return record(number, role_appointed.KIND, occurred, facts, links)


def record(number: int, kind: Any, occurred: date, facts: object, links: Links = NO_LINKS) -> Record[Any]:  # noqa: ANN401 - any kind
    actor = Actor("p-01", Role.SECURITY_MANAGER, LEDGER)
    return Record(bytes([number]) * 32, kind, occurred, occurred, number, "", ("gas",), actor, facts, 0, links)


FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
APPOINTED = appointed(1, FIRST)


def roles(*records: Record[Any], day: date = THIRD, organisation: str = LEDGER) -> set[Role]:
    return set(roles_on(records, "p-09", organisation, LEDGER, day))


def test_a_role_is_held_from_the_day_of_the_appointment() -> None:
    assert roles(APPOINTED, day=FIRST) == {Role.RISK_OWNER}
    assert roles(appointed(1, SECOND), day=FIRST) == set()
    assert roles(APPOINTED, appointed(2, SECOND, "contributor")) == {Role.RISK_OWNER, Role.CONTRIBUTOR}


def test_an_appointment_is_of_the_licensees_own_people() -> None:
    assert roles(APPOINTED, organisation="southlight") == set()
    assert roles(appointed(1, FIRST, person="p-10")) == set()


def test_a_guest_is_let_in_for_one_organisation_until_the_last_day() -> None:
    facts = access_granted.AccessGranted("p-09", "auditor-a", "lead_auditor", valid_to=SECOND)
    granted = record(1, access_granted.KIND, FIRST, facts)
    for day, expected in ((FIRST, {Role.LEAD_AUDITOR}), (SECOND, {Role.LEAD_AUDITOR}), (THIRD, set())):
        assert roles(granted, day=day, organisation="auditor-a") == expected
    assert roles(granted, day=FIRST) == set()


@pytest.mark.parametrize(
    ("links", "before", "after"),
    [
        (Links(ends=APPOINTED.id), {Role.RISK_OWNER}, {Role.CONTRIBUTOR}),
        (Links(replaces=APPOINTED.id), {Role.RISK_OWNER}, {Role.CONTRIBUTOR}),
        # A correction says that what it corrects was never so.
        (Links(corrects=APPOINTED.id), set(), {Role.CONTRIBUTOR}),
        (Links(withdraws=APPOINTED.id), set(), {Role.CONTRIBUTOR}),
    ],
)
def test_what_acts_on_an_appointment_counts(links: Links, before: set[Role], after: set[Role]) -> None:
    further = appointed(2, SECOND, "contributor", links=links)
    assert roles(APPOINTED, further, day=FIRST) == before
    assert roles(APPOINTED, further, day=SECOND) == after


def test_an_end_that_was_withdrawn_ends_nothing() -> None:
    end = appointed(2, SECOND, "contributor", links=Links(ends=APPOINTED.id))
    withdrawal = appointed(3, THIRD, "contributor", person="p-10", links=Links(withdraws=end.id))
    assert roles(APPOINTED, end, withdrawal) == {Role.RISK_OWNER}


def test_a_correction_brings_back_nothing_that_was_over() -> None:
    for over in (Links(ends=APPOINTED.id), Links(replaces=APPOINTED.id)):
        end = appointed(2, SECOND, person="p-10", links=over)
        assert roles(APPOINTED, end, appointed(3, THIRD, person="p-10", links=Links(corrects=end.id))) == set()
        assert roles(APPOINTED, end, appointed(3, THIRD, links=Links(corrects=APPOINTED.id))) == set()


def test_a_correction_that_was_withdrawn_corrects_nothing() -> None:
    correction = appointed(2, SECOND, "contributor", links=Links(corrects=APPOINTED.id))
    withdrawal = appointed(3, THIRD, person="p-10", links=Links(withdraws=correction.id))
    assert roles(APPOINTED, correction, withdrawal) == {Role.RISK_OWNER}


def test_what_acts_on_records_of_a_kind_is_found_however_far_and_once() -> None:
    end = record(2, record_ended.KIND, SECOND, record_ended.RecordEnded("gone"), Links(ends=APPOINTED.id))
    withdrawal = appointed(3, THIRD, links=Links(withdraws=end.id))
    other = record(4, record_ended.KIND, SECOND, record_ended.RecordEnded("gone"), Links(ends=bytes(32)))
    assert [*acting([], [APPOINTED, end, withdrawal, other], [APPOINTED.kind.name])] == [APPOINTED, end, withdrawal]
    assert [*acting([APPOINTED, end], [end, withdrawal, other], ())] == [withdrawal]


def lent(number: int, given: date, last: date, giver: str = "p-10", to: str = "p-09", **more: Any) -> Record[Any]:  # noqa: ANN401 - dates and links
    """A delegation of the risk owner's role."""
    facts = delegation_given.DelegationGiven(to, "risk_owner", last, more.get("valid_from"))
    found = record(number, delegation_given.KIND, given, facts, more.get("links", NO_LINKS))
    found.actor = Actor(giver, Role.RISK_OWNER, more.get("organisation", LEDGER))
    return found


def broken(number: int, first: date, last: date, organisation: str = LEDGER) -> Record[Any]:
    """Glass that somebody broke to be risk owner."""
    found = record(number, glass_broken.KIND, first, glass_broken.GlassBroken("risk_owner", last))
    found.actor = Actor("p-09", Role.CONTRIBUTOR, organisation)
    return found


GIVER = appointed(1, FIRST, person="p-10")


def test_a_delegation_counts_from_the_day_after_until_its_last() -> None:
    delegated = lent(2, SECOND, THIRD)
    for day, counts in ((SECOND, False), (SECOND + DAY, True), (THIRD, True), (THIRD + DAY, False)):
        assert roles(GIVER, delegated, day=day) == ({Role.RISK_OWNER} if counts else set())
    later = lent(2, SECOND, THIRD, valid_from=THIRD)
    assert roles(GIVER, later, day=THIRD - DAY) == set()
    assert roles(GIVER, later, day=THIRD) == {Role.RISK_OWNER}
    assert roles(GIVER, delegated, organisation="auditor-a") == set()


def test_a_delegation_falls_with_the_role_of_its_giver() -> None:
    delegated = lent(2, SECOND, THIRD + DAY)
    end = record(3, record_ended.KIND, THIRD, record_ended.RecordEnded("revoked"), Links(ends=GIVER.id))
    assert roles(GIVER, delegated, end, day=THIRD - DAY) == {Role.RISK_OWNER}
    assert roles(GIVER, delegated, end) == set()
    assert roles(appointed(1, FIRST, "contributor", "p-10"), delegated) == set()


def test_a_guest_delegates_to_a_colleague_as_long_as_they_are_let_in() -> None:
    access = access_granted.AccessGranted("p-10", "auditor-a", "auditor", valid_to=THIRD - DAY)
    delegated = lent(2, FIRST, THIRD, organisation="auditor-a")
    delegated.facts = delegated.facts._replace(role="auditor")
    let_in = record(1, access_granted.KIND, FIRST, access)
    assert roles(let_in, delegated, day=SECOND, organisation="auditor-a") == {Role.AUDITOR}
    assert roles(let_in, delegated, organisation="auditor-a") == set()


def test_broken_glass_counts_for_the_organisations_own_people_on_its_days() -> None:
    own = appointed(1, FIRST, "contributor")
    taken = broken(2, SECOND, SECOND + DAY)
    for day in (SECOND, SECOND + DAY):
        assert roles(own, taken, day=day) == {Role.CONTRIBUTOR, Role.RISK_OWNER}
    for day in (SECOND - DAY, SECOND + 2 * DAY):
        assert roles(own, taken, day=day) == {Role.CONTRIBUTOR}
    assert roles(taken, day=SECOND) == set()
    gone = record(3, record_ended.KIND, SECOND + DAY, record_ended.RecordEnded("gone"), Links(ends=own.id))
    assert roles(own, taken, gone, day=SECOND + DAY) == set()
    access = record(1, access_granted.KIND, FIRST, access_granted.AccessGranted("p-09", "auditor-a", "auditor"))
    guest = broken(2, SECOND, SECOND, "auditor-a")
    assert roles(access, guest, day=SECOND, organisation="auditor-a") == {Role.AUDITOR}


def test_what_was_taken_or_delegated_gives_nobody_else_the_role() -> None:
    own, taken = appointed(1, FIRST, "contributor"), broken(2, SECOND, SECOND + 2 * DAY)
    onward = lent(3, SECOND, THIRD, giver="p-09", to="p-11")
    for how in ((own, taken), (GIVER, lent(2, FIRST, THIRD))):
        held = held_on([*how, onward], LEDGER, SECOND + DAY)
        assert ("p-09", Role.RISK_OWNER) in {(one.person, one.role) for one in held}
        assert "p-11" not in {one.person for one in held}


_OFFSETS = st.integers(0, 40)
_PEOPLE = st.sampled_from(["p-08", "p-09", "p-10"])
_DELEGATIONS = st.lists(st.tuples(_PEOPLE, _PEOPLE, _OFFSETS, _OFFSETS), max_size=8)


@given(_DELEGATIONS, _OFFSETS, _OFFSETS, _OFFSETS)
def test_no_delegation_outlasts_its_end_or_its_givers_role(
    delegations: list[tuple[str, str, int, int]], begun: int, over: int, asked: int
) -> None:
    """One person alone is appointed for some days; whoever else holds the role does by a delegation of theirs."""
    first, ends, day = (FIRST + number * DAY for number in (begun, max(begun, over), asked))
    own = appointed(1, first, person="p-10")
    end = record(2, record_ended.KIND, ends, record_ended.RecordEnded("gone"), Links(ends=own.id))
    told = [
        lent(number, FIRST + on * DAY, FIRST + until * DAY, giver, to)
        for number, (giver, to, on, until) in enumerate(delegations, 3)
    ]
    expected = {
        to for giver, to, on, until in delegations if giver == "p-10" and first <= day < ends and on < asked <= until
    }
    held = [one for one in held_on([own, end, *told], LEDGER, day) if not one.is_own]
    assert {one.person for one in held} == expected
    assert all(one.until <= min(ends, one.by.facts.valid_to + DAY) for one in held)
