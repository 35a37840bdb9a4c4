"""Several events of the queue are answered by one review: those that are ticked, or all that are shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meterward.web.views import risk_queue
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from tests.builders.risk_lines import incidents, work_risks
from tests.builders.systems import describe_system, described
from tests.builders.workplace import Page, Seat, sent, shown, typed, words

REVIEW = f"/{LEDGER}/risks/queue/review"


@pytest.fixture
def told(unassessed: Seat) -> Seat:
    """A desk in front of a system and a register."""
    describe_system(today() - timedelta(390), today() - timedelta(390))
    work_risks(today())
    return unassessed


def ago(days: int) -> str:
    """A day before today, as an address has it."""
    return (today() - timedelta(days)).isoformat()


def happened(*names: str) -> None:
    """Incidents of today at the head end, and the system told once more."""
    done = append(LEDGER, [described(today(), today() - timedelta(390)), *incidents(today(), *names)])
    assert not isinstance(done, list), done


def events(page: Page) -> list[str]:
    """What the form of a review has in it as answered."""
    return [value for name, value in typed(page).items() if name.startswith("facts.events.") and value]


def test_one_review_answers_several_events_with_a_reason_and_a_preview(told: Seat) -> None:
    happened("x-1", "x-2", "x-3")
    page = told.get("risks/queue")
    ticks = [one.get("value") for one in page.all("input", name="event")]
    assert {"incident/x-1", "incident/x-2", "incident/x-3", "system", "all"} <= set(ticks)
    assert not {one for one in ticks if one and one.startswith(("risk/", "measure/"))}
    answer = told.client.post(REVIEW, {"event": ["incident/x-3", "system", "incident/x-1"]})
    address = answer.headers["Location"]
    form = told.at(address)
    assert events(form) == ["incident/x-3", "system", "incident/x-1"]
    said: dict[str, object] = {**typed(form), "facts.decision": "stands", "text.conclusion": "One cause, and mended."}
    said["statement.licences"] = ["electricity", "gas"]
    preview = told.at(told.client.post(address, {**said, "do": "preview"}).headers["Location"])
    assert "incident/x-3 the Supplier End-to-End System as a whole incident/x-1" in " ".join(preview.texts("li"))
    assert told.client.post(address, {**said, "do": "append"}).status_code == 302
    left = [one.get("value") for one in told.get("risks/queue").all("input", name="event")]
    assert "incident/x-2" in left
    assert not {"incident/x-1", "incident/x-3", "system"} & set(left)


def test_all_events_that_are_shown_are_answered_up_to_a_bound(told: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    happened(*(f"y-{place:02d}" for place in range(60)))
    one_reason = f"{REVIEW}?why=incident"
    found = events(sent(told, one_reason, event="all"))
    assert (len(found), {one.partition("/")[0] for one in found}) == (len(set(found)), {"incident"})
    assert {f"incident/y-{place:02d}" for place in range(60)} <= set(found)
    assert "system" in events(sent(told, REVIEW, event="all"))
    monkeypatch.setattr(risk_queue, "MOST_ANSWERED", 5)
    assert events(sent(told, one_reason, event="all")) == found[:5]
    assert f"The 5 oldest of the {len(found)} events shown for this reason" in shown(
        told.get("risks/queue", why="incident")
    )
    assert "6 events are chosen." in words(sent(told, REVIEW, event=found[:6]).one("main"))


def test_a_review_of_nothing_of_what_does_not_wait_or_of_another_day_is_refused(told: Seat) -> None:
    happened("z-1")
    assert "No event is chosen." in words(sent(told, REVIEW).one("main"))
    for name in ("incident/nobody-told", "risk/R-04", "measure/gate"):
        assert f"“{name}” does not wait for a review." in words(sent(told, REVIEW, event=name).one("main"))
    before = sent(told, f"{REVIEW}?as_at={ago(1)}", event="incident/z-1")
    assert "You look at another moment." in words(before.one("main"))
    assert not list(told.get("risks/queue", as_at=ago(1)).all("input", name="event"))
    assert not list(Seat("auditor").get("risks/queue").all("input", name="event"))
