"""Turns: whoever's turn it is does the work of all that wait; nothing is lost, done for nothing, or done twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from meterward.storage.repositories.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.storage.repositories.turns import Waiting

LONG = 10.0


def do(some: Sequence[Waiting]) -> None:
    """Do the work of each."""
    for one in some:
        one.end(one.work())


def waiting(turns: Turns, count: int) -> None:
    """Come back when so many threads wait."""
    while len(turns._waiting) < count:  # noqa: SLF001 - who waits shows nowhere else
        pass


def test_who_comes_alone_is_served_at_once() -> None:
    assert Turns().take(lambda: 7, do, LONG) == 7


def test_those_who_wait_meanwhile_are_served_together() -> None:
    turns, busy, go, served = Turns(), Event(), Event(), list[int]()

    def hold(some: Sequence[Waiting]) -> None:
        busy.set()
        go.wait(LONG)
        do(some)

    def count(some: Sequence[Waiting]) -> None:
        served.append(len(some))
        do(some)

    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(turns.take, lambda: 0, hold, LONG)
        busy.wait(LONG)
        others = [pool.submit(turns.take, lambda number=number: number, count, LONG) for number in range(1, 6)]
        waiting(turns, 5)
        go.set()
        assert [first.result(), *(one.result() for one in others)] == [0, 1, 2, 3, 4, 5]
    assert served == [5]


def test_who_waits_too_long_is_told_and_their_work_is_never_done() -> None:
    turns, busy, go, done = Turns(), Event(), Event(), list[str]()

    def hold(some: Sequence[Waiting]) -> None:
        busy.set()
        go.wait(LONG)
        do(some)

    thread = Thread(target=turns.take, args=(lambda: done.append("first"), hold, LONG))
    thread.start()
    busy.wait(LONG)
    with pytest.raises(TimeoutError):
        turns.take(lambda: done.append("late"), do, 0.01)
    go.set()
    thread.join()
    assert done == ["first"]
    assert turns.take(lambda: 1, do, LONG) == 1
    assert done == ["first"]


def test_a_fault_reaches_only_the_one_whose_it_is() -> None:
    def fail(some: Sequence[Waiting]) -> None:
        for one in some:
            one.end(fault=ValueError("no"))

    turns = Turns()
    with pytest.raises(ValueError, match="no"):
        turns.take(lambda: 1, fail, LONG)
    assert turns.take(lambda: 2, do, LONG) == 2


def test_if_the_one_who_serves_is_stopped_the_others_serve_themselves() -> None:
    turns, busy, go = Turns(), Event(), Event()

    def stop(_some: Sequence[Waiting]) -> None:
        busy.set()
        go.wait(LONG)
        raise KeyboardInterrupt

    def stopped() -> None:
        with pytest.raises(KeyboardInterrupt):
            turns.take(lambda: 0, stop, LONG)

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(stopped)
        busy.wait(LONG)
        others = [pool.submit(turns.take, lambda number=number: number, do, LONG) for number in (1, 2)]
        waiting(turns, 2)
        go.set()
        first.result()
        assert [one.result() for one in others] == [1, 2]


@pytest.mark.parametrize("patience", [LONG, 0.0005])
def test_among_many_each_is_served_once_or_told_that_it_was_not(patience: float) -> None:
    turns, done = Turns(), list[tuple[int, int]]()

    def slowly(some: Sequence[Waiting]) -> None:
        Event().wait(0.001)
        do(some)

    def work(caller: int) -> list[tuple[int, int]]:
        served = []
        for one in [(caller, number) for number in range(30)]:
            try:
                turns.take(lambda one=one: done.append(one), slowly, patience)
            except TimeoutError:
                continue
            served.append(one)
        return served

    with ThreadPoolExecutor(24) as pool:
        served = [one for some in pool.map(work, range(24)) for one in some]
    assert sorted(done) == sorted(served)
    assert len(served) == 720 or patience < LONG
    assert turns.take(lambda: 1, do, LONG) == 1
