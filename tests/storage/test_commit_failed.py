"""A commit that fails may have taken place: whoever waits for it is told so, and nothing is done a second time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connections, transaction

from meterward.core.base.problem import Code, Problem
from tests.builders.kept import LEDGER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from meterward.usecases.ports import Book
    from tests.builders.stores import Store


class Failing(transaction.Atomic):
    """A transaction that takes place, and whose commit then says that the disk failed."""

    said = "disk I/O error"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if error is None:
            raise OperationalError(self.said)


@pytest.fixture
def failing(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of which no commit succeeds."""
    sqlite_store.ledgers.open(LEDGER)
    monkeypatch.setattr(transaction, "atomic", lambda: Failing(using="default", savepoint=True, durable=False))
    yield sqlite_store
    monkeypatch.undo()


def test_several_who_wait_are_told_that_it_is_not_known_and_each_is_done_once(failing: Store) -> None:
    busy, go, done = Event(), Event(), list[int]()

    def work(number: int) -> Problem | None:
        def note(_book: Book) -> None:
            done.append(number)
            busy.set()
            go.wait(10)

        try:
            found = failing.ledgers.write(LEDGER, note)
            assert isinstance(found, Problem)
            return found
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(work, 0)]
        busy.wait(10)
        running += [pool.submit(work, number) for number in range(1, 4)]
        wait(running, timeout=0.2)
        go.set()
        found = [one.result() for one in running]
    assert sorted(done) == [0, 1, 2, 3]
    for one in found:
        assert one
        assert one.code is Code.STORE_UNAVAILABLE
        assert "Whether it was appended is not known" in one.hint
        assert "Nothing was appended" not in str(one)


def test_a_commit_that_finds_no_room_took_no_place(failing: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Failing, "said", "database or disk is full")
    found = failing.ledgers.write(LEDGER, lambda book: book.head.size)
    assert isinstance(found, Problem)
    assert found.code is Code.STORE_FULL
    assert "Nothing was appended." in found.hint
