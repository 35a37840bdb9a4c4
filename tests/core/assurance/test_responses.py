"""What is owed on a report: for the edition that stands, since it was issued; and for actions, once each."""

from __future__ import annotations

from datetime import date
from typing import Any

from meterward.core.assurance.responses import consideration, decisions
from meterward.core.base.days import NEVER
from meterward.core.facts.node import Outcome
from tests.builders.stories import asked, reader

ENGAGED: dict[str, Any] = {"kind": "audit.engaged", "on": date(2013, 6, 1), "subject": "audit/1"}
FIRST: dict[str, Any] = {"kind": "audit.reported", "on": date(2013, 8, 20), "subject": "audit/1", "label": "first"}
SENIOR: dict[str, Any] = {
    "kind": "role.appointed",
    "on": date(2013, 2, 1),
    "subject": "appointment/1",
    "facts": {"person": "p-04", "role": "senior_manager"},
}
MEMBERS = {"members": ["p-04"], "whole": True}


def _on(day: date, kind: str, **facts: object) -> dict[str, Any]:
    return {"kind": kind, "on": day, "subject": "audit/1", "facts": facts}


def _second(day: date, **facts: object) -> dict[str, Any]:
    return {**_on(day, "audit.reported", **facts), "replaces": "first"}


def test_what_is_received_and_considered_before_the_report_is_a_draft() -> None:
    story = [
        SENIOR,
        ENGAGED,
        _on(date(2013, 8, 2), "document.received", by="hand"),
        _on(date(2013, 8, 5), "management.informed", **MEMBERS),
        _on(date(2013, 8, 5), "management.considered", **MEMBERS),
        FIRST,
        _on(date(2013, 8, 26), "document.received", by="hand"),
    ]
    before, after = consideration(reader(*story), asked()).matters
    assert (before.opened, before.closed) == (date(2013, 8, 20), date(2013, 8, 26))
    assert (after.opened, after.closed) == (date(2013, 8, 26), NEVER)
    assert after.answered.at(date(2013, 12, 31)).outcome is Outcome.FAILED


def test_a_second_edition_takes_the_place_of_the_first() -> None:
    story = [
        ENGAGED,
        FIRST,
        _on(date(2013, 8, 26), "document.received", by="hand"),
        _second(date(2013, 10, 10)),
        _on(date(2013, 10, 14), "document.received", by="hand"),
    ]
    spans = [(matter.opened, matter.closed) for matter in consideration(reader(*story), asked()).matters]
    assert spans == [
        (date(2013, 8, 20), date(2013, 8, 26)),
        (date(2013, 8, 26), date(2013, 10, 10)),
        (date(2013, 10, 10), date(2013, 10, 14)),
        (date(2013, 10, 14), NEVER),
    ]


def test_a_draft_in_between_keeps_no_edition_alive() -> None:
    draft = {**_second(date(2013, 10, 10), status="draft"), "label": "draft"}
    final = {**_on(date(2013, 11, 11), "audit.reported"), "replaces": "draft"}
    first, second = consideration(reader(ENGAGED, FIRST, draft, final), asked()).matters
    assert (first.opened, first.closed) == (date(2013, 8, 20), date(2013, 11, 11))
    assert (second.opened, second.closed) == (date(2013, 11, 11), NEVER)


def test_actions_are_owed_once_whatever_they_answer_and_however_many_editions_there_are() -> None:
    recommends = {"recommendations": ["rec-1"]}
    plan = {"of": "audit/1", "due": "2014-03-31", "owner": "security_manager"}
    story = [
        ENGAGED,
        {**FIRST, "facts": recommends},
        {**_on(date(2013, 9, 1), "action.planned", **plan, part="rec-1"), "subject": "action/1"},
        {**_on(date(2013, 9, 2), "action.planned", **plan), "subject": "action/2"},
        _second(date(2013, 10, 10), **recommends),
    ]
    names = [matter.name for matter in decisions(reader(*story), asked()).matters]
    assert (names.count("action/1"), names.count("action/2")) == (1, 1)


def test_an_action_answers_a_report_only_once_it_is_there() -> None:
    plan = {"of": "audit/1", "due": "2014-03-31", "owner": "security_manager"}
    early = {**_on(date(2013, 7, 1), "action.planned", **plan), "subject": "action/1"}
    matters = {matter.name: matter for matter in decisions(reader(ENGAGED, early, FIRST), asked()).matters}
    assert matters["action/1"].opened == date(2013, 8, 20)


def test_the_decision_that_stands_is_cited_and_before_it_the_first() -> None:
    decided = "recommendation.decided"
    story = [
        ENGAGED,
        {**FIRST, "facts": {"recommendations": ["rec-1"]}},
        _on(date(2013, 9, 2), decided, recommendation="rec-1", decision="accept"),
        {**_on(date(2013, 10, 1), decided, recommendation="rec-1", decision="reject"), "text": {"reason": "(why not)"}},
        _on(date(2013, 11, 4), decided, recommendation="rec-1", decision="already_done"),
    ]
    matter = next(one for one in decisions(reader(*story), asked()).matters if one.name.startswith("decision"))

    def cited(day: date) -> list[tuple[str, date, Any]]:
        return [(node.label, node.records[0].occurred, node.without) for node in matter.answers(day)]

    first = date(2013, 9, 2)
    assert cited(date(2013, 9, 1)) == []
    assert cited(first) == [("decided: accept", first, Outcome.UNKNOWN)]
    assert cited(date(2013, 10, 31)) == [
        ("decided: reject", date(2013, 10, 1), Outcome.HELD),
        ("first decided: accept", first, Outcome.HELD),
    ]
    assert [label for label, _, _ in cited(date(2013, 11, 4))] == ["decided: already_done", "first decided: accept"]
