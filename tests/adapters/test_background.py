"""Work in the background: the same once only, stopped when it is cancelled, and never failing in silence."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from meterward.adapters import background
from meterward.adapters.background import Background, CancelledError, Job

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 20.0


def _fail(_: Job) -> None:
    raise ValueError("no such thing")


def _until(go: threading.Event) -> Callable[[Job], str]:
    def work(job: Job) -> str:
        while not go.wait(0.001):
            job.tell(1, 2)
        return "done"

    return work


def test_a_result_comes_with_the_job() -> None:
    job = Background().start("key", lambda _: "done", LONG)
    assert (job.result, job.fault) == ("done", None)


def test_the_same_is_never_under_way_twice() -> None:
    there, go = Background(), threading.Event()
    first = there.start("key", _until(go), 0.0)
    assert there.start("key", _until(go), 0.0) is first
    assert there.start("other", lambda _: "other", LONG) is not first
    go.set()
    assert first.ended.wait(LONG)
    assert there.start("key", lambda _: "again", LONG).result == "again"


def test_a_job_that_is_cancelled_stops_where_it_tells_how_far_it_has_come() -> None:
    there, go = Background(), threading.Event()
    job = there.start("key", _until(go), 0.0)
    assert there.cancel(job.name)
    assert job.ended.wait(LONG)
    assert job.cancelled
    assert isinstance(job.fault, CancelledError)
    assert not there.cancel(job.name)
    assert not there.cancel("nobody")


def test_who_asks_after_it_was_cancelled_begins_it_anew() -> None:
    there, go = Background(), threading.Event()
    first = there.start("key", _until(go), 0.0)
    there.cancel(first.name)
    go.set()
    assert there.start("key", lambda _: "anew", LONG).result == "anew"


def test_a_fault_is_given_to_who_waits() -> None:
    assert isinstance(Background().start("key", _fail, LONG).fault, ValueError)


def test_a_fault_while_nobody_waited_is_heard_once_by_who_asks_next() -> None:
    there, go = Background(), threading.Event()

    def work(_: Job) -> None:
        go.wait(LONG)
        raise ValueError("no such thing")

    first = there.start("key", work, 0.0)
    go.set()
    assert first.ended.wait(LONG)
    assert there.start("key", lambda _: "anew", LONG) is first
    assert there.start("key", lambda _: "anew", LONG).result == "anew"


def test_an_old_fault_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Background()
    there.start("key", _fail, LONG)
    monkeypatch.setattr(background, "_FAULT_LASTS", 0.0)
    assert there.start("key", lambda _: "anew", LONG).result == "anew"


def test_only_so_many_ended_jobs_are_remembered_and_what_is_under_way_never_goes() -> None:
    there, go = Background(), threading.Event()
    first = there.start("first", _until(go), 0.0)
    for number in range(120):
        there.start(number, lambda _: "done", LONG)
    assert there.start("first", _until(go), 0.0) is first
    assert len(there._jobs) <= 51  # noqa: SLF001 - nobody else can tell what is remembered
    go.set()


@pytest.mark.parametrize("work", [_fail, lambda _: "done"])
def test_what_a_job_borrowed_is_given_back_before_anybody_goes_on(work: Callable[[Job], object]) -> None:
    given_back = threading.Event()
    assert Background(given_back.set).start("key", work, LONG).ended.is_set()
    assert given_back.is_set()
