"""An answer on the way: how far it has come, that the page asks again by itself, and that anybody may stop it."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.background import Job
from meterward.web.views import position
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import answering
from tests.builders.workplace import AS_AT, HTML, Seat, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builders.workplace import Page


class Slow:
    """Answers that are never ready."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def positions(self, _: object) -> Job:
        return self.job


def waiting(seat: Seat, monkeypatch: pytest.MonkeyPatch, job: Job) -> Page:
    monkeypatch.setattr(position, "answering", lambda: Slow(job))
    return seat.get(as_at=AS_AT, show="open")


def test_how_far_it_has_come_is_said_and_shown(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    page = waiting(seat, monkeypatch, Job(done=30_000, total=100_000))
    assert page.status == 202
    assert "30,000 of 100,000 entries, 30%." in page.texts("p", role="status")[-1]
    bar = page.one("progress")
    assert (bar.get("value"), bar.get("max")) == ("30000", "100000")


def test_before_anything_is_known_of_how_far(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    page = waiting(seat, monkeypatch, Job())
    assert page.one("progress").get("value") is None


def test_the_page_asks_again_with_scripts_and_without(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    page = waiting(seat, monkeypatch, Job())
    assert page.one("div", id="underway").get("hx-get") == f"/{LEDGER}/?as_at={AS_AT}&show=open"
    head = next(page.all("noscript"))
    assert next(head.iter(f"{HTML}meta")).get("http-equiv") == "refresh"


@pytest.fixture
def endless() -> Iterator[Job]:
    """A job that goes on until it is stopped."""
    pause = Event()

    def work(job: Job) -> None:
        while not pause.wait(0.005):
            job.tell(1, 2)

    job = answering().background.start("endless", work, 0)
    yield job
    pause.set()
    assert job.ended.wait(5)


def test_anybody_who_waits_may_stop_it(seat: Seat, endless: Job) -> None:
    page = seat.post(f"/{LEDGER}/stop", job=endless.name, again=f"/{LEDGER}/?as_at={AS_AT}")
    assert page.texts("h1") == ["Stopped"]
    assert endless.ended.wait(5)
    assert endless.cancelled
    assert page.links()["Ask again"] == f"/{LEDGER}/?as_at={AS_AT}"


@pytest.mark.parametrize("again", ["https://elsewhere.example/", "//elsewhere.example", "", "/other/"])
def test_what_is_not_under_way_cannot_be_stopped_and_nothing_leads_elsewhere(seat: Seat, again: str) -> None:
    page = seat.post(f"/{LEDGER}/stop", job="0" * 32, again=again)
    assert page.texts("h1") == ["It had ended already"]
    assert page.links()["Ask again"] == f"/{LEDGER}/"


def test_the_button_carries_the_name_of_the_job(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job()
    page = waiting(seat, monkeypatch, job)
    (form,) = [one for one in page.all("form") if one.get("action") == f"/{LEDGER}/stop"]
    said = {one.get("name"): one.get("value") for one in form.iter(f"{HTML}input")}
    assert said["job"] == job.name
    assert words(next(form.iter(f"{HTML}button"))) == "Stop"
