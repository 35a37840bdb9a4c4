"""An audit as its records tell it: how far it is, what is owed by whom, and what keeps it from counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.assurance.doubts import doubts
from meterward.core.assurance.engagement import Audit, audit_named
from meterward.core.assurance.progress import Owed, Side, Stage, owed, stage_of
from meterward.usecases.read_audits import asked_of, reader_of
from tests.builders.stories import RECOGNISED, the_pack, told

if TYPE_CHECKING:
    from meterward.core.facts.reader import Reader

ENGAGED, FIRST, LAST, DRAFT = date(2013, 6, 3), date(2013, 7, 1), date(2013, 7, 19), date(2013, 8, 1)
FINAL, LATER = date(2013, 8, 20), date(2014, 1, 6)
DAY = timedelta(1)
AUDIT: dict[str, Any] = {"subject": "audit/1"}
BY_AUDITORS = {"role": "lead_auditor", "organisation": "auditor-a", "person": "p-21"}
ENGAGEMENT = {"kind": "audit.engaged", "on": ENGAGED, **AUDIT}
PLAN = {
    "kind": "audit.scoped",
    "on": date(2013, 6, 10),
    **AUDIT,
    **BY_AUDITORS,
    "facts": {"fieldwork_start": FIRST, "fieldwork_end": LAST, "report_by": FINAL},
}
WORKED = {"fieldwork_start": FIRST, "fieldwork_end": LAST}
DRAFTED = {"kind": "audit.reported", "on": DRAFT, **AUDIT, "facts": {**WORKED, "status": "draft"}}
COMMENTED = {
    "kind": "report.commented",
    "on": date(2013, 8, 9),
    **AUDIT,
    "facts": {"auditor": "auditor-a", "accuracy": "agreed"},
}
REPORTED = {"kind": "audit.reported", "on": FINAL, **AUDIT, "facts": {**WORKED, "recommendations": ["rec-1", "rec-2"]}}
RECEIVED = {"kind": "document.received", "on": date(2013, 8, 22), **AUDIT, "facts": {"by": "post"}}
WEIGHED = {"members": ["p-04"], "whole": True}
INFORMED = {"kind": "management.informed", "on": date(2013, 8, 26), **AUDIT, "facts": WEIGHED}
CONSIDERED = {"kind": "management.considered", "on": date(2013, 9, 2), **AUDIT, "facts": WEIGHED}
ACTION = {"subject": "action/1", "person": "p-01"}
ALL = (ENGAGEMENT, PLAN, DRAFTED, COMMENTED, REPORTED, RECEIVED, INFORMED, CONSIDERED)


def _decided(name: str, decision: str, on: date = date(2013, 9, 10)) -> dict[str, Any]:
    facts = {"recommendation": name, "decision": decision}
    return {"kind": "recommendation.decided", "on": on, **AUDIT, "facts": facts, "text": {"reason": "So."}}


PLANNED = {
    "kind": "action.planned",
    "on": date(2013, 9, 11),
    **ACTION,
    "facts": {"of": "audit/1", "part": "rec-1", "due": date(2013, 12, 2), "owner": "security_manager"},
}
DONE = {"kind": "action.completed", "on": date(2013, 11, 29), **ACTION}


def _checked(person: str) -> dict[str, Any]:
    return {
        "kind": "action.assessed",
        "on": date(2013, 12, 9),
        **ACTION,
        "person": person,
        "facts": {"effective": "yes"},
    }


def _read(*story: dict[str, Any]) -> Reader:
    records = [replace(one, index=place) for place, one in enumerate(told(RECOGNISED, *story))]
    return reader_of(records, len(records), date(2015, 1, 1))


def _audit(day: date, *story: dict[str, Any]) -> Audit:
    found = audit_named(_read(*story), "audit/1", day, "northlight")
    assert found
    return found


def _next(day: date, *story: dict[str, Any]) -> list[Owed]:
    return list(owed(_audit(day, *story), day))


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (ENGAGED, Stage.ENGAGED),
        (FIRST - DAY, Stage.PLANNED),
        (FIRST, Stage.FIELDWORK),
        (LAST, Stage.FIELDWORK),
        (LAST + DAY, Stage.AFTER_FIELDWORK),
        (DRAFT, Stage.DRAFT),
        (date(2013, 8, 9), Stage.COMMENTED),
        (FINAL, Stage.ISSUED),
        (date(2013, 8, 22), Stage.RECEIVED),
        (date(2013, 8, 26), Stage.RECEIVED),
        (date(2013, 9, 2), Stage.CONSIDERED),
    ],
)
def test_each_record_moves_an_audit_on_from_its_own_day(day: date, stage: Stage) -> None:
    assert stage_of(_audit(day, *ALL), day) is stage


def test_a_comment_on_an_earlier_draft_is_none_on_the_next() -> None:
    again = {**DRAFTED, "on": date(2013, 8, 14)}
    assert stage_of(_audit(date(2013, 8, 14), ENGAGEMENT, DRAFTED, COMMENTED, again), date(2013, 8, 14)) is Stage.DRAFT


def test_it_is_closed_once_all_is_decided_and_what_was_accepted_is_done() -> None:
    decided = (*ALL, _decided("rec-1", "accept"), _decided("rec-2", "reject"))
    assert stage_of(_audit(LATER, *ALL, _decided("rec-1", "accept")), LATER) is Stage.CONSIDERED
    assert stage_of(_audit(LATER, *decided), LATER) is Stage.DECIDED
    assert stage_of(_audit(LATER, *decided, PLANNED), LATER) is Stage.DECIDED
    assert stage_of(_audit(LATER, *decided, PLANNED, DONE), LATER) is Stage.CLOSED


def test_what_is_owed_says_whose_turn_it_is_and_by_when() -> None:
    assert [(one.kind, one.side) for one in _next(ENGAGED, ENGAGEMENT)] == [
        ("independence.declared", Side.AUDITOR),
        ("audit.scoped", Side.AUDITOR),
    ]
    after = _next(DRAFT, ENGAGEMENT, PLAN, DRAFTED)
    assert [(one.kind, one.side, one.due) for one in after if one.kind != "independence.declared"] == [
        ("report.commented", Side.LICENSEE, None),
        ("audit.reported", Side.AUDITOR, FINAL),
    ]
    late = [one for one in _next(LATER, *ALL, _decided("rec-1", "accept"), PLANNED) if one.is_late(LATER)]
    assert [(one.kind, one.due) for one in late] == [("action.completed", date(2013, 12, 2))]


def test_auditors_hear_nothing_of_what_follows_their_report() -> None:
    assert owed(_audit(LATER, *ALL), LATER, Side.AUDITOR) == ()


@pytest.mark.parametrize(("person", "counts"), [("p-01", False), ("p-02", True)])
def test_whoever_completed_an_action_does_not_check_its_effect(person: str, counts: bool) -> None:
    story = (*ALL, _decided("rec-1", "accept"), PLANNED, DONE, _checked(person))
    (action,) = _audit(LATER, *story).actions
    assert (action.assessed is not None, action.own is not None) == (counts, not counts)
    assert any(one.kind == "action.assessed" for one in _next(LATER, *story)) is not counts


def test_a_request_is_open_until_everything_in_it_is_answered() -> None:
    items = [{"name": "item-1", "says": "The rota"}, {"name": "item-2", "says": "The log"}]
    asked = {
        "kind": "audit.asked",
        "on": date(2013, 6, 12),
        "subject": "enquiry/1",
        **BY_AUDITORS,
        "facts": {"audit": "audit/1", "items": items, "due": date(2013, 6, 20)},
    }

    def answered(*names: str, complete: bool = False) -> dict[str, Any]:
        facts = {"auditor": "auditor-a", "items": [*names], "entries": [1], "complete": complete}
        return {"kind": "audit.answered", "on": date(2013, 6, 19), "subject": "enquiry/1", "facts": facts}

    day = date(2013, 6, 21)
    for answers, is_open in (((), True), ((answered("item-1"),), True), ((answered("item-1", "item-2"),), False)):
        (enquiry,) = _audit(day, ENGAGEMENT, asked, *answers).enquiries
        assert (enquiry.is_open, enquiry.is_late(day)) == (is_open, is_open)
        assert not enquiry.is_late(date(2013, 6, 20))
    (enquiry,) = _audit(day, ENGAGEMENT, asked, answered("item-1", complete=True)).enquiries
    assert not enquiry.is_open


def _doubted(*story: dict[str, Any], day: date = LATER) -> list[str]:
    read = _read(*story)
    found = audit_named(read, "audit/1", day, "northlight")
    assert found
    return [one.what for one in doubts(read, asked_of(the_pack(), "northlight"), found, day) if one.grave]


def test_standing_that_lapsed_before_the_report_is_told_before_it_is_issued() -> None:
    lapsed = {**RECOGNISED, "facts": {"valid_to": DRAFT}}
    records = told(lapsed, ENGAGEMENT, PLAN, DRAFTED)
    read = reader_of([replace(one, index=place) for place, one in enumerate(records)], len(records), LATER)
    for day, count in ((DRAFT, 0), (DRAFT + DAY, 1)):
        audit = audit_named(read, "audit/1", day, "northlight")
        assert audit
        assert len(doubts(read, asked_of(the_pack(), "northlight"), audit, day)) == count + 1  # and the opinions


def test_a_report_to_somebody_else_or_by_somebody_else_is_doubted() -> None:
    assert _doubted(*ALL) == []
    elsewhere = {**REPORTED, "facts": {**REPORTED["facts"], "addressee": "southlight", "author": "auditor-b"}}
    assert len(_doubted(ENGAGEMENT, elsewhere)) == 2
    told = {**REPORTED, "role": "security_manager"}
    assert [one for one in _doubted(*ALL[:4], told) if "who did not sign it" in one]
    silent = {**REPORTED, "facts": {**WORKED, "recommendations": None}}
    assert any("names no recommendations" in one for one in _doubted(ENGAGEMENT, silent))
    tied = {**ENGAGEMENT, "facts": {"interests": ["advice"]}}
    assert any("independent" in one for one in _doubted(tied, REPORTED))
