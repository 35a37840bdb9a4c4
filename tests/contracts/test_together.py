"""Many append at once, from threads and from processes: no gap, nothing twice, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from meterward.usecases.append_record import Appended
from tests.builders.kept import LEDGER, append, incident, opening, roots

if TYPE_CHECKING:
    from meterward.core.base.problem import Problem
    from meterward.usecases.ports import Book
    from tests.builders.stores import Store

DAY = date(2013, 4, 8)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def opened(kept: Store) -> Store:
    """A store with a ledger that has been opened."""
    kept.ledgers.open(LEDGER)
    append(kept.ledgers, LEDGER, opening(DAY))
    connection.close()
    return kept


def check(store: Store, subjects: list[str]) -> None:
    """Every subject stands in the ledger once, and every root is that of a file of its lines."""
    lines = list(store.ledgers.lines(LEDGER))
    records = list(store.ledgers.records(LEDGER))
    assert Counter(one.subject for one in records[1:]) == Counter(subjects)
    assert [one.index for one in records] == list(range(len(records)))
    assert [store.ledgers.root(LEDGER, size) for size in range(1, len(lines) + 1)] == roots(lines)
    stamps = [str(line["recorded"]) for line in lines]
    assert stamps == sorted(stamps)
    head = store.ledgers.head(LEDGER)
    assert head
    assert (head.size, head.last_recorded) == (len(lines), stamps[-1])
    hits = {hit.subject for hit in store.ledgers.hits(LEDGER, [one.id.hex() for one in records])}
    assert hits == {"", *subjects}


def test_threads_append_side_by_side(opened: Store) -> None:
    def work(number: int) -> Appended | list[Problem]:
        try:
            return append(opened.ledgers, LEDGER, incident(number, DAY))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(24)))
    assert sorted(one.first for one in done if isinstance(one, Appended)) == list(range(1, 25))
    check(opened, [f"incident/{number}" for number in range(24)])


def test_one_who_fails_among_many_takes_nobody_else_along(opened: Store) -> None:
    busy, go = Event(), Event()

    def block(_book: Book) -> None:
        busy.set()
        go.wait(10)

    def hold() -> None:
        try:
            opened.ledgers.write(LEDGER, block)
        finally:
            connections.close_all()

    def fail(_book: Book) -> None:
        message = "a slip"
        raise ValueError(message)

    def work(number: int) -> bool:
        try:
            if number == 3:
                opened.ledgers.write(LEDGER, fail)
            return isinstance(append(opened.ledgers, LEDGER, incident(number, DAY)), Appended)
        except ValueError:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(7) as pool:
        first = pool.submit(hold)
        busy.wait(10)
        others = [pool.submit(work, number) for number in range(1, 6)]
        wait(others, timeout=0.2)
        go.set()
        assert first.result() is None
        assert [one.result() for one in others] == [True, True, False, True, True]
    check(opened, [f"incident/{number}" for number in (1, 2, 4, 5)])


def test_two_people_who_complete_one_draft_append_once(opened: Store) -> None:
    def work(_: int) -> Appended | list[Problem]:
        try:
            return append(opened.ledgers, LEDGER, incident(1, DAY), key="draft-1")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(8)))
    assert Counter(done) == Counter({Appended(1, 1): 1, Appended(1, 1, again=True): 7})
    check(opened, ["incident/1"])


def test_processes_append_side_by_side(opened: Store) -> None:
    count, each = 3, 8
    path = os.pathsep.join((str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))
    environment = {**os.environ, **opened.environment, "PYTHONPATH": path}
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.storage.appender", LEDGER, str(number * each), str(each)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    said = [worker.communicate("go\n", timeout=60)[0].splitlines() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * count
    assert all(line.startswith("Appended(") for lines in said for line in lines), said
    check(opened, [f"incident/{number}" for number in range(count * each)])
