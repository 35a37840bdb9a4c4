"""A store that is locked, full or gone says so, and nothing is half-appended."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection, connections

from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories import heads, terms
from meterward.usecases.append_record import Appended
from tests.builders.kept import LEDGER, append, fresh, incident, opening, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from meterward.usecases.ports import Book
    from tests.builders.stores import Store

DAY = date(2013, 4, 8)


@pytest.fixture
def opened(kept: Store) -> Store:
    """A store with a ledger that has been opened."""
    kept.ledgers.open(LEDGER)
    append(kept.ledgers, LEDGER, opening(DAY))
    return kept


def codes(found: Appended | list[Problem]) -> list[Code]:
    """The codes of problems."""
    assert isinstance(found, list), found
    return [one.code for one in found]


def impatient() -> None:
    """Let this connection wait for others hardly at all."""
    sql = "PRAGMA busy_timeout = 50" if connection.vendor == "sqlite" else "SET lock_timeout = '50ms'"
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_ledger_that_somebody_else_holds_is_busy(opened: Store) -> None:
    held, let_go = Event(), Event()

    def hold(book: Book) -> int:
        held.set()
        let_go.wait(20)
        return book.head.size

    def work() -> None:
        opened.ledgers.write(LEDGER, hold)
        connections.close_all()

    other = Thread(target=work)
    other.start()
    held.wait(20)
    impatient()
    found = append(opened.ledgers, LEDGER, incident(1, DAY))
    let_go.set()
    other.join()
    assert codes(found) == [Code.STORE_BUSY]
    assert append(opened.ledgers, LEDGER, incident(1, DAY)) == Appended(1, 1)


def test_who_waits_together_for_another_process_is_told_together(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, tried = fresh(kept), list[int]()
    first, go = Event(), Event()

    def busy(_name: str, *, lock: bool) -> None:
        tried.append(lock)
        if len(tried) == 1:
            first.set()
            go.wait(20)
        said = "database is locked"
        raise OperationalError(said)

    def work(number: int) -> list[Code]:
        try:
            return codes(append(kept.ledgers, ledger, incident(number, DAY)))
        finally:
            connections.close_all()

    monkeypatch.setattr(heads, "find", busy)
    with ThreadPoolExecutor(5) as pool:
        found = [pool.submit(work, 0)]
        first.wait(20)
        found += [pool.submit(work, number) for number in range(1, 5)]
        wait(found, timeout=0.3)
        go.set()
        assert [one.result() for one in found] == [[Code.STORE_BUSY]] * 5
    assert len(tried) == 2


def test_a_ledger_is_read_while_somebody_writes(opened: Store) -> None:
    def look(_: Book) -> int:
        seen: list[int] = []

        def read() -> None:
            seen.append(len(list(opened.ledgers.records(LEDGER))))
            connections.close_all()

        other = Thread(target=read)
        other.start()
        other.join(20)
        return seen[0]

    assert opened.ledgers.write(LEDGER, look) == 1


def test_what_fails_after_all_was_written_leaves_nothing(opened: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terms are written last: everything else has been by then."""
    before = told(opened.ledgers.records(LEDGER)), opened.ledgers.head(LEDGER)

    def full(_ledger: str, _found: Iterable[tuple[int, list[str]]]) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(terms, "keep", full)
        assert codes(append(opened.ledgers, LEDGER, incident(1, DAY), key="k")) == [Code.STORE_FULL]
    assert (told(opened.ledgers.records(LEDGER)), opened.ledgers.head(LEDGER)) == before
    assert append(opened.ledgers, LEDGER, incident(1, DAY), key="k") == Appended(1, 1)


def test_a_full_sqlite_store_says_so_and_is_whole(sqlite_store: Store) -> None:
    ledger = fresh(sqlite_store)
    append(sqlite_store.ledgers, ledger, opening(DAY))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 30}")
    appended, number, found = 1, 0, append(sqlite_store.ledgers, ledger, incident(0, DAY))
    while isinstance(found, Appended):
        appended, number = appended + found.count, number + 1
        found = append(sqlite_store.ledgers, ledger, *(incident(number * 50 + one, DAY) for one in range(50)))
    assert codes(found) == [Code.STORE_FULL]
    assert len(list(sqlite_store.ledgers.records(ledger))) == appended
    head = sqlite_store.ledgers.head(ledger)
    assert head
    assert head.size == appended
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]
    assert append(sqlite_store.ledgers, ledger, incident(9_999, DAY)) == Appended(appended, 1)


def test_a_sqlite_store_that_may_not_be_written_to_says_so(sqlite_store: Store, tmp_path: Path) -> None:
    ledger = fresh(sqlite_store)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
    found = append(sqlite_store.ledgers, ledger, opening(DAY))
    assert codes(found) == [Code.STORE_UNAVAILABLE]
    with sqlite3.connect(tmp_path / "home" / "meterward.sqlite3") as other:
        assert other.execute("SELECT size FROM storage_ledger").fetchall() == [(0,)]


def test_a_postgresql_store_whose_connection_was_cut_says_so_and_mends(postgresql_store: Store) -> None:
    ledger = fresh(postgresql_store)
    assert append(postgresql_store.ledgers, ledger, opening(DAY)) == Appended(0, 1)

    def cut(_: Book) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    found = postgresql_store.ledgers.write(ledger, cut)
    assert isinstance(found, Problem)
    assert found.code == Code.STORE_UNAVAILABLE
    connection.close_if_unusable_or_obsolete()
    assert append(postgresql_store.ledgers, ledger, incident(1, DAY)) == Appended(1, 1)
