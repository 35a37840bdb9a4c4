"""The story of a direction day by day: open, overdue, done late, taken back, lapsed; and that of a request."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from meterward.core.assurance.direction_story import Story, stories
from meterward.core.assurance.request_story import Clock, request_story
from meterward.core.records.effective import effective
from meterward.core.records.kinds import direction_issued, evidence_requested
from tests.builders.stories import reader

ISSUED: dict[str, Any] = {
    "kind": "direction.issued",
    "on": date(2013, 10, 1),
    "subject": "direction/1",
    "label": "first",
    "facts": {
        "issuers": ["authority"],
        "addressees": ["northlight"],
        "purposes": ["mitigate"],
        "requirements": [
            {"name": "step-1", "act": "do", "due": "2013-10-31"},
            {"name": "step-2", "act": "do", "within_days": 60},
            {"name": "refrain-1", "act": "refrain"},
        ],
    },
}
RECEIVED = {"kind": "document.received", "on": date(2013, 10, 3), "subject": "direction/1", "facts": {"by": "post"}}
ENDED: dict[str, Any] = {
    "kind": "record.ended",
    "on": date(2013, 10, 20),
    "subject": "direction/1",
    "role": "authority_officer",
    "ends": "first",
    "facts": {"because": "revoked"},
}


def done(day: date, step: str = "step-1") -> dict[str, Any]:
    return {"kind": "direction.answered", "on": day, "subject": "direction/1", "facts": {"requirement": step}}


def kept(day: date, outcome: str = "held", **more: str) -> dict[str, Any]:
    facts = {"fact": "prohibition_kept", "outcome": outcome, "strength": "checked", "aspect": "refrain-1", **more}
    return {"kind": "state.evidenced", "on": day, "subject": "direction/1", "facts": facts}


def told(day: date, *story: dict[str, Any], go_live: date | None = None) -> Story:
    records = reader(ISSUED, *story).index.records.values()
    said = effective(records)
    (direction,) = (one for one in said.records if one.kind is direction_issued.KIND)
    (found,) = stories(direction, said, day, {"northlight": go_live} if go_live else {})
    return found


@pytest.mark.parametrize(
    ("day", "acts", "states", "standing"),
    [
        (date(2013, 10, 31), [], ["open", "open", "not shown"], "unreceived"),
        (date(2013, 10, 31), [RECEIVED], ["open", "open", "not shown"], "open"),
        (date(2013, 11, 1), [RECEIVED], ["overdue", "open", "not shown"], "overdue"),
        (date(2013, 11, 30), [done(date(2013, 10, 31))], ["done", "open", "not shown"], "unreceived"),
        (date(2013, 12, 1), [done(date(2013, 10, 31))], ["done", "overdue", "not shown"], "overdue"),
        (date(2013, 11, 2), [RECEIVED, done(date(2013, 11, 1))], ["done late", "open", "not shown"], "open"),
        (date(2013, 10, 9), [RECEIVED, kept(date(2013, 10, 9))], ["open", "open", "kept"], "open"),
        (date(2013, 10, 9), [RECEIVED, kept(date(2013, 10, 9), "failed")], ["open", "open", "not kept"], "overdue"),
        (
            date(2013, 10, 10),
            [RECEIVED, kept(date(2013, 10, 8), valid_to="2013-10-09")],
            ["open", "open", "not shown"],
            "open",
        ),
        (date(2013, 10, 19), [ENDED], ["open", "open", "not shown"], "unreceived"),
        (date(2013, 10, 20), [ENDED], ["over", "over", "not shown"], "withdrawn"),
    ],
)
def test_where_it_stands_on_a_day(day: date, acts: list[dict[str, Any]], states: list[str], standing: str) -> None:
    found = told(day, *acts)
    assert [one.state.value for one in found.steps] == states
    assert found.standing == standing


@pytest.mark.parametrize(("day", "standing"), [(date(2014, 1, 5), "overdue"), (date(2014, 1, 6), "lapsed")])
def test_it_lapses_on_the_day_of_go_live(day: date, standing: str) -> None:
    assert told(day, go_live=date(2014, 1, 6)).standing == standing


def test_the_last_report_counts_and_nothing_of_later_days() -> None:
    rows = [{"requirement": "step-1", "state": "under_way", "share": 40}]
    report = {"kind": "direction.progressed", "on": date(2013, 10, 9), "subject": "direction/1"}
    interim = {**report, "facts": {"report": "interim", "steps": rows, "to": ["authority"]}}
    last = {**report, "on": date(2013, 10, 20), "files": ["report.pdf"]}
    last["facts"] = {"report": "final", "steps": [{"requirement": "step-1", "state": "done"}], "to": ["authority"]}
    before, after = told(date(2013, 10, 19), interim, last), told(date(2013, 10, 20), interim, last)
    assert (before.steps[0].told, before.final) == (before.reports[0].facts.steps[0], None)
    assert before.steps[0].told is not None
    assert before.steps[0].told.share == 40
    assert after.final is not None
    assert [one.state.value for one in after.steps[:1]] == ["open"]


@pytest.mark.parametrize(
    ("day", "produced", "ours", "standing"),
    [
        (date(2014, 2, 28), [], False, "open"),
        (date(2014, 3, 1), [], False, "overdue"),
        (date(2014, 3, 1), [], True, "slow"),
        (date(2014, 2, 28), [(date(2014, 2, 1), False)], False, "part"),
        (date(2014, 3, 1), [(date(2014, 2, 1), False)], False, "overdue"),
        (date(2014, 3, 1), [(date(2014, 2, 28), True)], False, "answered"),
        (date(2014, 3, 2), [(date(2014, 3, 1), True)], False, "late"),
        (date(2014, 3, 2), [(date(2014, 3, 1), True)], True, "answered"),
        (date(2014, 2, 28), [(date(2014, 3, 1), True)], False, "open"),
    ],
)
def test_where_a_request_stands_on_a_day(
    day: date, produced: list[tuple[date, bool]], ours: bool, standing: str
) -> None:
    asked = {
        "kind": "evidence.requested",
        "on": date(2014, 1, 6),
        "subject": "request/1",
        "facts": {"by": ["authority"]},
    }
    answers = [
        {"kind": "evidence.produced", "on": on, "subject": "request/1", "facts": {"complete": complete}}
        for on, complete in produced
    ]
    said = effective(reader(asked, *answers).index.records.values())
    (request,) = (one for one in said.records if one.kind is evidence_requested.KIND)
    assert request_story(request, said, day, Clock(date(2014, 2, 28), ours)).standing == standing
