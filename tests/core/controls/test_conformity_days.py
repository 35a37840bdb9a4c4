"""A gap is closed by an action that is done, from the day on which there is such an action."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from meterward.core.obligations.registry import FACTS
from tests.builders.evaluations import licence_of
from tests.builders.histories import History
from tests.builders.isms_acts import CATEGORIES
from tests.builders.lines import Draft
from tests.builders.settings import ask_of

ASSESSED: dict[str, Any] = {
    "standard": "iso27001",
    "edition": "2005",
    "scope": list(CATEGORIES),
    "requirements": 133,
    "gaps": ["gap-1"],
    "strength": "evidenced",
}
PLANNED: dict[str, Any] = {"of": "conformity/1", "part": "gap-1", "due": "2013-04-30", "owner": "risk_owner"}


def _history(planned: date, done: date) -> History:
    history = History()
    history.add("standard.assessed", date(2013, 3, 5), "conformity/1", **ASSESSED)
    history.add("action.planned", planned, "action/1", recorded=date(2013, 8, 1), **PLANNED)
    history.add("action.completed", done, "action/1")
    return history


def test_done_before_it_was_planned_counts_from_the_plan() -> None:
    history = _history(planned=date(2013, 7, 1), done=date(2013, 6, 1))
    assert history.status("Z.8", date(2013, 6, 1)) == "indeterminate"
    assert history.status("Z.8", date(2013, 6, 30)) == "indeterminate"
    assert history.status("Z.8", date(2013, 7, 1)) == "met"


def test_done_after_its_date_counts_from_its_own_day() -> None:
    history = _history(planned=date(2013, 4, 1), done=date(2013, 6, 1))
    assert history.status("Z.8", date(2013, 4, 30)) == "met"
    assert history.status("Z.8", date(2013, 5, 1)) == "indeterminate"
    assert history.status("Z.8", date(2013, 6, 1)) == "met"


def test_actions_are_explained_in_their_order_however_they_were_planned() -> None:
    history = History()
    history.add("standard.assessed", date(2013, 3, 5), "conformity/1", **ASSESSED)
    first = history.add("action.planned", date(2013, 3, 5), "action/1", **(PLANNED | {"due": "2013-09-26"}))
    second = Draft("action.planned", date(2013, 4, 5), date(2013, 4, 5), PLANNED | {"due": "2013-09-26"}, "action/2")
    history.enter(replace(second, links={"replaces": first.id}))
    history.add("action.completed", date(2013, 11, 11), "action/1")
    read, ask = licence_of(history.scribe.records).reader, ask_of({"scope": "union"})
    (member,) = FACTS["conformity"].tell(read, ask).states
    for day in (date(2013, 4, 4), date(2013, 4, 5), date(2013, 9, 26), date(2013, 9, 27), date(2013, 11, 11)):
        assert member.state.explain(day).outcome is member.state.timeline.at(day), day
