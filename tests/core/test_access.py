"""Who may do what, by relation, role and scope; who speaks; and from which records roles are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.access import (
    INVITING,
    Action,
    Caller,
    Scope,
    Subject,
    may,
    not_own,
    not_weighty,
)
from meterward.core.base.problem import Code
from meterward.core.records.holding import Held
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import access_granted, delegation_given, glass_broken, policy_issued, role_appointed
from meterward.core.records.record import Record
from meterward.core.records.roles import AUDITORS, REGULATORS, Role

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind

LEDGER = "northlight"
MANAGER = Caller("p-01", LEDGER, frozenset((Role.SECURITY_MANAGER,)), home=True)
ADVISER = Caller("p-03", LEDGER, frozenset((Role.LEGAL_ADVISER,)), home=True)
READER = Caller("p-09", LEDGER, frozenset((Role.READER,)), home=True)
OPERATOR = Caller("operator", LEDGER, frozenset((Role.OPERATOR,)), home=True)
AUDITOR = Caller("p-21", "auditor-a", frozenset((Role.LEAD_AUDITOR,)), strong=True)
OFFICER = Caller("p-31", "authority", frozenset((Role.AUTHORITY_OFFICER,)), strong=True)
STRANGER = Caller("p-01", "southlight")
THEIRS = Subject(LEDGER, None, ("p-01", LEDGER))
OF_LEDGER = (Action.READ_POSITION, Action.READ_RECORD, Action.READ, Action.APPEND, Action.SEND)
OWNED = (Action.DRAFT, Action.KEEP_TOKENS, Action.KEEP_VIEWS, Action.HAND_OVER)
READS = {Action.SEE_READS}
READING = {Action.READ_POSITION, Action.READ_RECORD, Action.READ, Action.KEEP_VIEWS, Action.HAND_OVER}
WRITING = {Action.APPEND, Action.SEND, Action.DRAFT}
EVER = {Action.SIGN_IN, Action.CHOOSE, Action.LEARN, Action.KEEP_TOKENS, Action.KEEP_WAYS}


@pytest.mark.parametrize(
    ("caller", "more"),
    [
        (MANAGER, READING | WRITING | READS),
        (ADVISER, READING | WRITING),
        (AUDITOR, READING | WRITING | READS),
        (READER, READING),
        (OPERATOR, {Action.SEND}),
        (OFFICER, {Action.READ_POSITION}),
        (replace(OFFICER, home=True), READING | WRITING | READS),
        # Who has two roles may what either may.
        (replace(OPERATOR, roles=frozenset((Role.OPERATOR, Role.CONTRIBUTOR))), READING | WRITING),
        # Being at home gives nobody anything without a role.
        (replace(STRANGER, home=True), set()),
    ],
)
def test_what_somebody_may_in_a_ledger(caller: Caller, more: set[Action]) -> None:
    own = Subject(LEDGER, None, (caller.person, caller.organisation))
    expected = EVER | more if caller.roles else EVER - {Action.KEEP_TOKENS}
    asked = set(Action) - {Action.INVITE}
    assert {action for action in asked if may(caller, action, own).allowed} == expected


def test_a_regulator_reads_the_record_that_reached_it_and_no_other() -> None:
    for parties, read in ((frozenset({"authority", LEDGER}), True), (frozenset({LEDGER}), False)):
        found = may(OFFICER, Action.READ_RECORD, Subject(LEDGER, parties=parties))
        assert (found.allowed, found.hidden) == (read, not read)
    assert may(
        replace(OFFICER, roles=frozenset()), Action.READ_RECORD, Subject(LEDGER, parties=frozenset({"authority"}))
    ).hidden


def test_an_operator_reads_nothing_that_reached_the_organisation_either() -> None:
    reached = Subject(LEDGER, parties=frozenset({"authority", LEDGER}))
    assert may(OPERATOR, Action.READ_RECORD, reached).hidden
    assert may(replace(OPERATOR, roles=frozenset({Role.OPERATOR, Role.READER})), Action.READ_RECORD, reached).allowed


def test_who_appends_nothing_is_told_so() -> None:
    for caller in (READER, OFFICER):
        refused = may(caller, Action.APPEND, Subject(LEDGER))
        assert (refused.allowed, refused.hidden) == (False, False)
        assert next(iter(caller.roles)) in refused.why


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


@pytest.mark.parametrize("action", Action)
def test_a_visitor_reads_and_does_nothing_else(action: Action) -> None:
    visitor = Caller("visitor", "", visitor=True)
    found = may(visitor, action, Subject(LEDGER))
    reads = (Action.READ_POSITION, Action.READ_RECORD, Action.READ)
    assert found.allowed is (action in (Action.SIGN_IN, Action.CHOOSE, *reads))
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


@pytest.mark.parametrize("role", [role for role in Role if role not in (*AUDITORS, *REGULATORS, Role.OPERATOR)])
def test_others_read_without_one(role: Role) -> None:
    assert may(Caller("p-05", LEDGER, frozenset((role,))), Action.READ, Subject(LEDGER)).allowed


def test_people_are_invited_by_those_who_answer_for_others_with_a_second_factor() -> None:
    subject = Subject(LEDGER)
    for role in Role:
        caller = Caller("p-05", LEDGER, frozenset((role,)), home=True)
        assert may(replace(caller, strong=True), Action.INVITE, subject).allowed is (role in INVITING), role
        assert may(caller, Action.INVITE, subject).weak is (role in INVITING), role
        guest = may(replace(caller, strong=True, home=False), Action.INVITE, subject)
        assert not guest.allowed, role
        assert "invited" in guest.why or guest.hidden


@pytest.mark.parametrize("statement", [None, [], {}, {"kind": 7}, {"kind": "no.such"}, {"kind": "role.appointed"}])
def test_nothing_weighty_is_said_by_what_is_none(statement: Json) -> None:
    assert list(not_weighty(MANAGER, statement)) == []


def test_a_weighty_statement_is_refused_to_whoever_showed_no_second_factor() -> None:
    said: Json = {"kind": "policy.issued"}
    assert [one.code for one in not_weighty(MANAGER, said)] == [Code.FACTOR_MISSING]
    assert list(not_weighty(replace(MANAGER, strong=True), said)) == []


def test_what_is_said_in_a_role_of_ones_own_is_not_said_in_one_that_was_delegated_or_taken() -> None:
    day, roles = date(2026, 1, 5), (Role.CONTRIBUTOR, Role.SECURITY_MANAGER, Role.SENIOR_MANAGER)
    actor = Actor("p-01", Role.SECURITY_MANAGER, LEDGER)
    kinds: tuple[Kind[Any], ...] = (role_appointed.KIND, delegation_given.KIND, glass_broken.KIND)
    held = tuple(
        Held("p-07", LEDGER, role, Record(bytes(32), kind, day, day, 0, "", (), actor, None, 0), day, day)
        for role, kind in zip(roles, kinds, strict=True)
    )
    caller = Caller("p-07", LEDGER, frozenset(roles), held=held)
    assert caller.acts(delegation_given.KIND) == caller.acts(glass_broken.KIND) == (Role.CONTRIBUTOR,)
    assert caller.acts(role_appointed.KIND) == caller.acts(access_granted.KIND) == ()
    for role, kind, codes in (
        (Role.CONTRIBUTOR, "delegation.given", []),
        (Role.SECURITY_MANAGER, "delegation.given", [Code.ROLE_NOT_HELD]),
        (Role.SENIOR_MANAGER, "glass.broken", [Code.ROLE_NOT_HELD]),
        (Role.SECURITY_MANAGER, "role.appointed", [Code.ROLE_NOT_HELD]),
        (Role.SENIOR_MANAGER, "access.granted", [Code.ROLE_NOT_HELD]),
        (Role.SENIOR_MANAGER, "policy.issued", []),
    ):
        said: Json = {"kind": kind, "actor": {"person": "p-07", "organisation": LEDGER, "role": role.value}}
        assert [one.code for one in not_own(caller, said)] == codes
    assert set(caller.acts(policy_issued.KIND)) == {*roles[1:]}
    assert [one.role for one in caller.taken] == [Role.SENIOR_MANAGER]
    appointed = (*held, held[2]._replace(by=held[0].by))
    assert replace(caller, held=appointed).taken == ()
    lent = replace(caller, roles=frozenset(roles[1:]), held=held[1:])
    refused = may(replace(lent, strong=True), Action.APPEND, Subject(LEDGER, delegation_given.KIND))
    assert (refused.allowed, "appointed or let in as such" in refused.why) == (False, True)
