"""Who may do what, by relation, role and scope; who speaks; and from which records roles are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pytest

from meterward.core.access import (
    INVITING,
    Action,
    Caller,
    Relation,
    Scope,
    Subject,
    acting,
    may,
    not_own,
    not_weighty,
    relation,
    roles_on,
)
from meterward.core.base.problem import Code
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import access_granted, policy_issued, record_ended, role_appointed
from meterward.core.records.record import NO_LINKS, Links, Record
from meterward.core.records.roles import AUDITORS, REGULATORS, Role

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

LEDGER = "northlight"
MANAGER = Caller("p-01", LEDGER, frozenset((Role.SECURITY_MANAGER,)))
ADVISER = Caller("p-03", LEDGER, frozenset((Role.LEGAL_ADVISER,)))
STRANGER = Caller("p-01", "southlight")
THEIRS = Subject(LEDGER, None, ("p-01", LEDGER))
OF_LEDGER = (Action.READ, Action.APPEND)
OWNED = (Action.DRAFT, Action.KEEP_TOKENS, Action.KEEP_VIEWS)


@pytest.mark.parametrize(
    ("caller", "subject", "expected"),
    [
        (None, Subject(LEDGER), Relation.NOBODY),
        (None, Subject(), Relation.NOBODY),
        (STRANGER, Subject(LEDGER), Relation.STRANGER),
        (STRANGER, Subject(), Relation.STRANGER),
        (MANAGER, Subject(LEDGER), Relation.COLLEAGUE),
        (MANAGER, THEIRS, Relation.OWNER),
        (ADVISER, THEIRS, Relation.COLLEAGUE),
        # The same pseudonym of another organisation is another person; and who lost every role owns nothing here.
        (STRANGER, THEIRS, Relation.STRANGER),
        (Caller("p-01", LEDGER), THEIRS, Relation.STRANGER),
    ],
)
def test_how_a_caller_stands_to_a_subject(caller: Caller | None, subject: Subject, expected: Relation) -> None:
    assert relation(caller, subject) is expected


@pytest.mark.parametrize("action", Action)
def test_nobody_may_only_come_to_the_way_in(action: Action) -> None:
    decision = may(None, action, Subject(LEDGER))
    assert decision.allowed is (action is Action.SIGN_IN)
    assert not decision.hidden


@pytest.mark.parametrize("action", [*OF_LEDGER, *OWNED])
def test_to_a_stranger_everything_of_a_ledger_is_hidden(action: Action) -> None:
    decision = may(STRANGER, action, THEIRS)
    assert (decision.allowed, decision.hidden) == (False, True)


@pytest.mark.parametrize("action", OF_LEDGER)
def test_colleagues_read_and_append(action: Action) -> None:
    assert may(ADVISER, action, Subject(LEDGER)).allowed


@pytest.mark.parametrize("action", OWNED)
def test_what_is_owned_is_its_owners_alone(action: Action) -> None:
    assert may(MANAGER, action, THEIRS).allowed
    assert may(ADVISER, action, THEIRS).hidden


@pytest.mark.parametrize(
    ("action", "scope"),
    [
        (Action.READ, Scope.READ),
        (Action.CHOOSE, Scope.READ),
        (Action.APPEND, Scope.APPEND),
        (Action.DRAFT, Scope.APPEND),
    ],
)
def test_a_token_is_good_for_its_scopes_alone(action: Action, scope: Scope) -> None:
    subject = THEIRS if action is Action.DRAFT else Subject(LEDGER)
    for held in Scope:
        token = Caller("p-01", LEDGER, MANAGER.roles, frozenset((held,)))
        decision = may(token, action, subject)
        assert decision.allowed is (held is scope)
        assert not decision.hidden


def test_a_kind_is_appended_by_those_whom_it_names() -> None:
    subject = Subject(LEDGER, policy_issued.KIND)
    assert may(replace(MANAGER, strong=True), Action.APPEND, subject).allowed
    refused = may(ADVISER, Action.APPEND, subject)
    assert (refused.allowed, refused.hidden, refused.weak) == (False, False, False)
    assert "legal_adviser" in refused.why


@pytest.mark.parametrize(
    ("actor", "found"),
    [
        ({"person": "p-01", "role": "security_manager", "organisation": LEDGER}, []),
        ({"person": "p-02", "role": "security_manager", "organisation": LEDGER}, [(Code.ACTOR_OTHER, "person")]),
        (
            {"person": "p-01", "role": "auditor", "organisation": "auditor-a"},
            [(Code.ACTOR_OTHER, "organisation"), (Code.ROLE_NOT_HELD, "role")],
        ),
        # What does not look like an actor is told where the line is read.
        ({"person": 1, "role": None}, []),
        ("p-01", []),
    ],
)
def test_nobody_speaks_for_another(actor: Any, found: list[tuple[Code, str]]) -> None:  # noqa: ANN401 - whatever is sent
    problems = list(not_own(MANAGER, {"actor": actor}))
    assert [(one.code, one.field) for one in problems] == [(code, f"statement.actor.{name}") for code, name in found]


def test_what_is_no_statement_says_nothing() -> None:
    assert [*not_own(MANAGER, None), *not_own(MANAGER, []), *not_own(MANAGER, {})] == []


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


@pytest.mark.parametrize("action", Action)
def test_a_visitor_reads_and_does_nothing_else(action: Action) -> None:
    visitor = Caller("visitor", "", visitor=True)
    found = may(visitor, action, Subject(LEDGER))
    assert relation(visitor, Subject(LEDGER)) is Relation.VISITOR
    assert found.allowed is (action in (Action.SIGN_IN, Action.CHOOSE, Action.READ))
    assert found.allowed or ("nothing can be changed" in found.why and not found.hidden)


def test_what_decides_takes_a_second_factor_and_a_token_never_has_one() -> None:
    weighty, light = Subject(LEDGER, policy_issued.KIND), Subject(LEDGER, role_appointed.KIND)
    for action in (Action.APPEND, Action.DRAFT):
        own = replace(weighty, owner=("p-01", LEDGER))
        assert may(MANAGER, action, own).weak
        assert may(replace(MANAGER, vouched=True), action, own).weak
        assert may(replace(MANAGER, strong=True), action, own).allowed
    assert may(MANAGER, Action.APPEND, light).allowed


@pytest.mark.parametrize("role", sorted((*AUDITORS, *REGULATORS)))
def test_auditors_and_regulators_do_nothing_in_a_ledger_without_one(role: Role) -> None:
    """A token that they made when they had shown one reads for them; their own ways of signing in are always open."""
    weak = Caller("p-21", "auditor-a", frozenset((role, Role.CONTRIBUTOR)))
    own = ("p-21", "auditor-a")
    for action in (*OF_LEDGER, *OWNED, Action.HAND_OVER):
        assert may(weak, action, Subject(LEDGER, None, own)).weak
        assert may(replace(weak, strong=True), action, Subject(LEDGER, None, own)).allowed
        assert may(replace(weak, vouched=True), action, Subject(LEDGER, None, own)).allowed
    assert may(weak, Action.KEEP_WAYS, Subject("", None, own)).allowed
    assert may(weak, Action.CHOOSE, Subject()).allowed


@pytest.mark.parametrize("role", [role for role in Role if role not in (*AUDITORS, *REGULATORS)])
def test_others_read_without_one(role: Role) -> None:
    assert may(Caller("p-05", LEDGER, frozenset((role,))), Action.READ, Subject(LEDGER)).allowed


def test_people_are_invited_by_those_who_answer_for_others_with_a_second_factor() -> None:
    subject = Subject(LEDGER)
    for role in Role:
        caller = Caller("p-05", LEDGER, frozenset((role,)))
        assert may(replace(caller, strong=True), Action.INVITE, subject).allowed is (role in INVITING), role
        assert may(caller, Action.INVITE, subject).weak is (role in INVITING), role


@pytest.mark.parametrize("statement", [None, [], {}, {"kind": 7}, {"kind": "no.such"}, {"kind": "role.appointed"}])
def test_nothing_weighty_is_said_by_what_is_none(statement: Json) -> None:
    assert list(not_weighty(MANAGER, statement)) == []


def test_a_weighty_statement_is_refused_to_whoever_showed_no_second_factor() -> None:
    said: Json = {"kind": "policy.issued"}
    assert [one.code for one in not_weighty(MANAGER, said)] == [Code.FACTOR_MISSING]
    assert list(not_weighty(replace(MANAGER, strong=True), said)) == []
