"""From which records roles are read, and for how long they are held."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import pytest

from meterward.core.records.holding import acting, roles_on
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import access_granted, record_ended, role_appointed
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
