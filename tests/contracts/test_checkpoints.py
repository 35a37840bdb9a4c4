"""Published checkpoints are kept alike in every store: one after the other, and never changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, connections, transaction

from meterward.usecases.ports import Published
from tests.builders.kept import LEDGER

if TYPE_CHECKING:
    from tests.builders.stores import Store

MADE = "2013-05-01T09:00:00Z"
FIRST, SECOND = Published(3, "“a”\n".encode(), MADE), Published(5, b"b\n", MADE)
SEEN = Published(5, b"b\nc\n", MADE)
ROW = "INTO storage_checkpoint (ledger_id, number, size, note, made) VALUES ('northlight', {}, {}, 'x', '')"
REFUSED = (
    ("DELETE FROM storage_checkpoint", "a checkpoint is never removed"),
    ("UPDATE storage_checkpoint SET note = 'x'", "a checkpoint is never changed"),
    ("UPDATE storage_checkpoint SET size = size", "a checkpoint is never changed"),
    (f"INSERT {ROW.format(1, 9)}", "a checkpoint comes right after the last"),
    (f"INSERT {ROW.format(3, 9)}", "a checkpoint comes right after the last"),
    (f"INSERT {ROW.format(2, 4)}", "a checkpoint is never over fewer entries than the last"),
)
SQLITE = (
    (f"INSERT OR REPLACE {ROW.format(1, 9)}", "a checkpoint comes right after the last"),
    (
        "REPLACE INTO storage_checkpoint SELECT id, 2, 9, note, made, ledger_id FROM storage_checkpoint",
        "a checkpoint",
    ),
)
POSTGRESQL = (("TRUNCATE storage_checkpoint", "a checkpoint is never removed"),)


@pytest.fixture
def opened(store: Store) -> Store:
    """A store with a ledger."""
    store.ledgers.open(LEDGER)
    return store


def test_what_was_published_is_found_in_order(opened: Store) -> None:
    kept = opened.checkpoints
    assert kept.last(LEDGER) is None
    assert list(kept.all(LEDGER)) == []
    last = None
    for one in (FIRST, SECOND, SEEN):
        assert kept.keep(LEDGER, one, last)
        assert kept.last(LEDGER) == one
        last = one
    assert list(kept.all(LEDGER)) == [FIRST, SECOND, SEEN]
    assert kept.last("elsewhere") is None


def test_whoever_came_later_keeps_nothing(opened: Store) -> None:
    assert opened.checkpoints.keep(LEDGER, FIRST, None)
    assert not opened.checkpoints.keep(LEDGER, SECOND, None)
    assert not opened.checkpoints.keep(LEDGER, SEEN, SECOND)
    assert opened.checkpoints.keep(LEDGER, SECOND, FIRST)
    assert not opened.checkpoints.keep(LEDGER, FIRST, SECOND)
    assert list(opened.checkpoints.all(LEDGER)) == [FIRST, SECOND]


def test_of_many_at_once_one_is_kept(opened: Store) -> None:
    ready = Barrier(4)

    def keep(number: int) -> bool:
        ready.wait()
        try:
            return opened.checkpoints.keep(LEDGER, FIRST._replace(note=f"{number}\n".encode()), None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(keep, range(4)))
    assert sum(kept) == 1
    assert [one.note for one in opened.checkpoints.all(LEDGER)] == [f"{kept.index(True)}\n".encode()]


def test_nothing_is_published_in_a_transaction_that_may_be_undone(kept: Store) -> None:
    kept.ledgers.open(LEDGER)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        kept.checkpoints.keep(LEDGER, FIRST, None)
    assert kept.checkpoints.last(LEDGER) is None


def test_the_database_keeps_them_whoever_asks(kept: Store) -> None:
    kept.ledgers.open(LEDGER)
    assert kept.checkpoints.keep(LEDGER, FIRST, None)
    assert kept.checkpoints.keep(LEDGER, SECOND, FIRST)
    for sql, says in (*REFUSED, *(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)):
        with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert list(kept.checkpoints.all(LEDGER)) == [FIRST, SECOND]
