"""Doubts about a direction and about one requirement of it, and what a doubtful amendment leaves standing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.assurance.directions import ALL, doubts, required
from meterward.core.base.days import NEVER
from meterward.core.records.kinds import direction_issued
from tests.builders.stories import asked, reader

if TYPE_CHECKING:
    from meterward.core.facts.matter import Matter

STEP = {"name": "step-1", "act": "do", "due": "2013-10-31"}
TO_THE_AUTHORITY = {"name": "report-1", "act": "report", "due": "2013-10-31", "to": ["authority"]}
FACTS = {"issuers": ["secretary_of_state"], "addressees": ["northlight"], "purposes": ["mitigate"]}


def _issued(on: date, subject: str = "direction/1", **facts: object) -> dict[str, Any]:
    all_facts = {**FACTS, "requirements": [STEP], **facts}
    return {"kind": "direction.issued", "on": on, "subject": subject, "facts": all_facts}


def _matters(doubtful: str, *story: dict[str, Any], parameters: dict[str, str] | None = None) -> dict[str, Matter]:
    ask = asked(parameters, runs_from="issue", doubtful=doubtful)
    return {matter.name: matter for matter in required(ALL)(reader(*story), ask).matters}


@pytest.mark.parametrize(("on", "doubtful"), [(date(2013, 3, 3), True), (date(2013, 3, 4), False)])
def test_a_direction_of_before_commencement_is_doubtful(on: date, doubtful: bool) -> None:
    (direction,) = reader(_issued(on)).all(direction_issued.KIND)
    assert any("before the condition came into force" in doubt for doubt in doubts(asked(), direction)) is doubtful


def test_a_doubt_about_one_requirement_leaves_the_others_alone() -> None:
    story = _issued(date(2013, 10, 1), requirements=[STEP, TO_THE_AUTHORITY])
    narrow = {"z17c_report_authority": "no"}
    assert set(_matters("does-not-bind", story, parameters=narrow)) == {"step-1 of direction/1"}
    binding = _matters("binds", story, parameters=narrow)
    assert binding["step-1 of direction/1"].attention == ()
    assert "report-1 goes to the Authority alone" in binding["report-1 of direction/1"].attention[0]


def test_a_doubtful_amendment_does_not_take_a_sound_direction_away() -> None:
    first = {**_issued(date(2013, 10, 1)), "label": "first"}
    vague = {**_issued(date(2013, 10, 21), "direction/2", purposes=[]), "replaces": "first", "label": "vague"}
    sound = {**_issued(date(2013, 11, 11), "direction/3"), "replaces": "vague"}
    assert _matters("does-not-bind", first, vague)["step-1 of direction/1"].closed == NEVER
    assert _matters("does-not-bind", first, vague, sound)["step-1 of direction/1"].closed == date(2013, 11, 11)
    assert _matters("binds", first, vague, sound)["step-1 of direction/1"].closed == date(2013, 10, 21)
