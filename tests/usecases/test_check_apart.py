"""Nobody approves their own: what the separation of duties has against records that are about to be appended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import all_kinds
from meterward.core.records.record import NO_LINKS, Links, Record
from meterward.core.records.roles import Role
from meterward.usecases.check_apart import check_apart
from meterward.usecases.check_appended import Further

DAY = date(2026, 1, 5)
ME, OTHER = "p-01", "p-04"
MADE: dict[str, Any] = {
    "policy.issued": {"effective": DAY},
    "assessment.completed": {"scope": (), "risks": 1},
    "risk.estimated": None,
    "action.completed": {"effective": False},
}


def record(
    index: int,
    kind: str,
    subject: str,
    by: str = ME,
    acting: Role = Role.SECURITY_MANAGER,
    links: Links = NO_LINKS,
    **facts: Any,  # noqa: ANN401 - whatever facts may be
) -> Record[Any]:
    declared = all_kinds()[kind]
    said = object() if kind == "risk.estimated" else declared.facts(**facts)
    day = DAY + timedelta(index)
    actor = Actor(by, acting, "northlight")
    return Record(bytes([index]) * 32, declared, day, day, index, subject, ("gas",), actor, said, 0, links)


def found(one: Record[Any], *before: Record[Any], together: bool = False) -> list[Problem]:
    """What stands against a record after others, or together with them."""
    there = [] if together else list(before)

    def earlier(kinds: Any, subjects: Any) -> list[Record[Any]]:  # noqa: ANN401 - as a store is asked
        named = [old for old in there if old.kind.name in kinds and old.subject in subjects]
        ids = {old.id for old in named}
        return named + [old for old in there if ids & {old.links.corrects, old.links.withdraws}]

    new = [*before, one] if together else [one]
    return [problem for _, problem in check_apart(Further(new, {old.id: old for old in there}), earlier)]


def considered(*members: str, by: str = ME) -> Record[Any]:
    return record(9, "management.considered", "policy/1", by, members=members, whole=True)


ISSUED = record(1, "policy.issued", "policy/1", **MADE["policy.issued"])


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize(
    ("one", "refused"),
    [
        (considered(ME), True),
        (considered(), True),
        (considered(ME, by=OTHER), True),
        (considered(ME, OTHER), False),
        (considered(OTHER), False),
        (considered(by=OTHER), False),
    ],
)
def test_nobody_considers_alone_what_they_issued(one: Record[Any], refused: bool, together: bool) -> None:
    problems = found(one, ISSUED, together=together)
    assert [problem.code for problem in problems] == [Code.ACTOR_SAME] * refused
    assert not refused or "entry 2, policy.issued of policy/1" in problems[0].message


def test_it_is_asked_of_the_same_subject_and_of_what_still_stands() -> None:
    assert not found(considered(ME), record(1, "policy.issued", "policy/2", **MADE["policy.issued"]))
    withdrawn = record(2, "record.withdrawn", "", links=Links(withdraws=ISSUED.id), because="never-happened")
    assert not found(considered(ME), ISSUED, withdrawn)
    corrected = record(2, "policy.issued", "policy/1", OTHER, links=Links(corrects=ISSUED.id), **MADE["policy.issued"])
    assert not found(considered(ME), ISSUED, corrected)
    assert found(considered(OTHER), ISSUED, corrected)


def treated(option: str, by: str = ME) -> Record[Any]:
    until = DAY + timedelta(90) if option == "retain" else None
    senior = Role.SENIOR_MANAGER
    return record(9, "risk.treated", "assessment/1", by, senior, risk="R-1", option=option, accepted_until=until)


def test_only_the_last_estimate_keeps_its_author_from_accepting() -> None:
    mine, theirs = record(1, "risk.estimated", "risk/R-1"), record(2, "risk.estimated", "risk/R-1", OTHER)
    assert [problem.code for problem in found(treated("retain"), mine)] == [Code.ACTOR_SAME]
    assert not found(treated("modify"), mine)
    assert not found(treated("retain"), mine, theirs)
    assert found(treated("retain", OTHER), mine, theirs)
    assert not found(treated("retain"), record(1, "risk.estimated", "risk/R-2"))


def test_whoever_completed_an_action_does_not_say_that_it_had_its_effect() -> None:
    done = record(1, "action.completed", "action/1", effective=False)
    assert found(record(2, "action.completed", "action/1", effective=True), done)
    assert not found(record(2, "action.completed", "action/1", effective=False), done)
    assert not found(record(2, "action.completed", "action/1", OTHER, effective=True), done)


@pytest.mark.parametrize(
    ("kind", "facts", "refused"),
    [
        ("role.appointed", {"person": ME, "role": "risk_owner"}, True),
        ("role.appointed", {"person": OTHER, "role": "risk_owner"}, False),
        # The same pseudonym of another organisation is another person.
        ("access.granted", {"person": ME, "organisation": "auditor-a", "role": "auditor"}, False),
        ("access.granted", {"person": ME, "organisation": "northlight", "role": "operator"}, True),
    ],
)
def test_nobody_gives_themselves_a_right(kind: str, facts: dict[str, Any], refused: bool) -> None:
    assert [one.code for one in found(record(3, kind, "x/1", **facts))] == [Code.ACTOR_SAME] * refused


@pytest.mark.parametrize(
    ("kind", "role", "refused"),
    [("policy.issued", Role.OPERATOR, True), ("policy.issued", Role.SECURITY_MANAGER, False)],
)
def test_an_operator_takes_back_nothing_that_others_say(kind: str, role: Role, refused: bool) -> None:
    old = record(1, kind, "policy/1", OTHER, **MADE[kind])
    end = record(2, "record.ended", "policy/1", "operator", role, Links(ends=old.id), because="gone")
    assert [one.code for one in found(end, old)] == [Code.ROLE_NOT_ENTITLED] * refused


def test_every_rule_names_kinds_that_there_are_or_will_be() -> None:
    coming = {"direction.drafted"}
    named = {name for kind in all_kinds().values() for rule in kind.apart for name in rule.kinds}
    assert named
    assert named <= {*all_kinds(), *coming}


def ended(by: str, acting: Role) -> Record[Any]:
    return record(9, "record.ended", "appointment/1", by, acting, Links(ends=bytes([1]) * 32), because="revoked")


@pytest.mark.parametrize(
    ("by", "acting", "may"),
    [
        (ME, Role.SECURITY_MANAGER, True),
        (OTHER, Role.SENIOR_MANAGER, True),
        (OTHER, Role.CONTRIBUTOR, False),
        (ME, Role.CONTRIBUTOR, True),
    ],
)
def test_a_right_is_taken_back_by_those_who_may_give_it_or_by_who_gave_it(by: str, acting: Role, may: bool) -> None:
    appointed = record(1, "role.appointed", "appointment/1", person="p-07", role="contributor")
    assert [one.code for one in found(ended(by, acting), appointed)] == ([] if may else [Code.ROLE_NOT_ENTITLED])
