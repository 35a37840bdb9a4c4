"""Reading on every core: the same as line by line, in the same order, whatever becomes of the processes."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from meterward.adapters import cores
from meterward.adapters.cores import on_every_core, reading
from meterward.core.base.problem import Code, Problem
from meterward.core.records.line import Sealed, read_line
from meterward.usecases.read_ledger import Loaded, one_by_one, read_ledger
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from meterward.usecases.read_ledger import Line, Read

DAY = date(2014, 1, 1)
TOO_LONG = Problem(Code.LINE_TOO_LONG, "The line is too long.", "Shorten it.")


def _need(number: int, **more: str) -> bytes:
    line = Draft("need.determined", DAY, DAY, {"concern": "site"}, f"need/{number}").line(number)
    return json.dumps({**line, **more}).encode()


def _lines() -> list[Line]:
    """A ledger in which some lines are wrong, each in its own way, and one corrects another."""
    opened = Draft("ledger.opened", DAY, DAY, {"clock": "simulated", "purpose": "test"}, role="operator").line()
    first = _need(1)
    sealed = read_line(first)
    assert isinstance(sealed, Sealed)
    links = {"corrects": sealed.statement.digest()}
    corrected = Draft("need.determined", DAY, DAY, {"concern": "resource"}, "need/1", links=links).line("again")
    return [
        json.dumps(opened).encode(),
        first,
        b'{"twice":1,"twice":2}',
        TOO_LONG,
        _need(2, id="ab" * 32),
        json.dumps(corrected).encode(),
        first,
        *(_need(number) for number in range(3, 400)),
        b'{"recorded":',
    ]


def _plain(loaded: Loaded) -> tuple[object, ...]:
    records = [
        (record.id, record.kind.name, record.subject, record.facts, record.links, record.actor, record.files)
        for record in loaded.records
    ]
    return loaded.root, loaded.size, records, loaded.problems


@pytest.fixture(autouse=True)
def _two_small_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "PIECE", 8 * cores.SHORTEST)
    monkeypatch.setattr(cores, "_cores", lambda: 2)


def _same_as_one_by_one() -> None:
    expected, found = read_ledger(_lines()), read_ledger(_lines(), read=on_every_core)
    assert [problem.code for problem in expected.problems] == [
        Code.LINE_DUPLICATE_KEY,
        Code.LINE_TOO_LONG,
        Code.COMMITMENT_MISMATCH,
        Code.RECORD_DUPLICATE,
        Code.SUBJECT_TAKEN,
        Code.LINE_NOT_JSON,
    ]
    assert len(expected.records) == 400
    assert _plain(found) == _plain(expected)


def test_the_same_comes_out_as_line_by_line() -> None:
    _same_as_one_by_one()


def test_only_a_large_file_is_worth_processes() -> None:
    assert [reading(size) for size in (None, 0, cores.LARGE - 1)] == [one_by_one] * 3
    assert reading(cores.LARGE) is on_every_core


def test_lines_come_with_what_they_were_read_to_be() -> None:
    assert [line for line, _ in on_every_core(_lines())] == _lines()


def test_where_no_process_can_be_started_this_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    _same_as_one_by_one()


def test_what_a_process_left_unread_when_it_was_killed_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def killed_elsewhere(piece: Iterable[Line], keys: cores.Keys | None) -> Iterator[tuple[Line, Read]]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return one_by_one(piece, keys)

    monkeypatch.setattr(cores, "one_by_one", killed_elsewhere)
    _same_as_one_by_one()


def test_a_core_alone_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr(cores, "_cores", lambda: 1)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", lambda *args, **_: started.append(args[0]))
    _same_as_one_by_one()
    assert not started


def test_no_more_than_a_few_pieces_are_read_ahead() -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"{}"

    reading = on_every_core(endless())
    for _ in range(1000):
        next(reading)
    assert taken <= 1000 + 8 * (2 * cores.AHEAD + 2)


def test_the_processes_are_gone_when_the_reading_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ProcessPoolExecutor] = []

    class Watched(ProcessPoolExecutor):
        def __init__(self, count: int, initializer: Callable[[], None]) -> None:
            super().__init__(count, initializer=initializer)
            made.append(self)

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", Watched)
    with contextlib.closing(cast("Generator[object]", on_every_core(_lines()))) as reading:
        next(reading)
    (pool,) = made
    with pytest.raises(RuntimeError, match="after shutdown"):
        pool.submit(len, "")
