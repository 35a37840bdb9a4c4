"""Patience with those who guess."""

from __future__ import annotations

from meterward.adapters.patience import FREE, LONGEST, Patience


class Clock:
    """A clock that a test turns."""

    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_few_failures_cost_nothing_and_each_further_one_twice_as_much() -> None:
    clock = Clock()
    patience = Patience(clock)
    for _ in range(FREE - 1):
        patience.failed("name a")
    assert patience.wait("name a") == 0
    waits = []
    for _ in range(10):
        patience.failed("name a")
        waits.append(patience.wait("name a"))
    assert waits[:3] == [1, 2, 4]
    assert waits[-1] == LONGEST


def test_the_wait_passes_and_another_name_has_none() -> None:
    clock = Clock()
    patience = Patience(clock)
    for _ in range(FREE):
        patience.failed("name a", "address b")
    assert patience.wait("name a") == patience.wait("address b") == patience.wait("name c", "address b") == 1
    assert patience.wait("name c", "address d") == 0
    clock.time = 1
    assert patience.wait("name a", "address b") == 0


def test_success_and_a_quarter_of_an_hour_forget() -> None:
    clock = Clock()
    patience = Patience(clock)
    for _ in range(FREE + 3):
        patience.failed("name a", "name b")
    patience.succeeded("name a")
    assert patience.wait("name a") == 0
    clock.time = 15 * 60
    patience.failed("name b")
    assert patience.wait("name b") == 0
