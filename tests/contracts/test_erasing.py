"""Every store finds nothing of a text that was erased, and keeps every proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from meterward.core.records.erase import erase_texts
from meterward.usecases.append_record import Appended
from meterward.usecases.ports import Wanted
from tests.builders.kept import LEDGER, append, fresh, opening, restore
from tests.builders.sought import DAY, TEXTS, found, incident

if TYPE_CHECKING:
    from tests.builders.stores import Store


def test_erased_texts_are_found_no_more(full: Store) -> None:
    line = full.ledgers.line(LEDGER, 1)
    assert line
    root = full.ledgers.root(LEDGER, 4)
    erased = erase_texts(line)
    assert isinstance(erased, dict)
    assert full.ledgers.erase(LEDGER, 1, erased) is None
    assert found(full, "unreachable") == [3]
    assert found(full, "hurt") == []
    assert found(full, subject="incident/1") == [1]
    kept = full.ledgers.line(LEDGER, 1)
    assert kept
    assert "text" not in kept
    assert kept["erased"] == erased["erased"]
    assert full.ledgers.root(LEDGER, 4) == root
    assert full.ledgers.rebuild(LEDGER) == 4
    assert found(full, "unreachable") == [3]


def test_an_erased_text_leaves_no_trace_in_the_index_of_sqlite(sqlite_store: Store) -> None:
    word = b"quicksilver"

    def blocks() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM storage_terms_data")
            return b"".join(block for (block,) in cursor.fetchall())

    sqlite_store.ledgers.open(LEDGER)
    lines = (opening(DAY), incident(1, f"It was {word.decode()}."), incident(2, TEXTS[0]))
    assert append(sqlite_store.ledgers, LEDGER, *lines) == Appended(0, 3)
    assert word in blocks()
    line = sqlite_store.ledgers.line(LEDGER, 1)
    assert line
    erased = erase_texts(line)
    assert isinstance(erased, dict)
    assert sqlite_store.ledgers.erase(LEDGER, 1, erased) is None
    assert word not in blocks()


def test_a_text_that_was_erased_does_not_come_back_with_another_ledger(full: Store) -> None:
    line = full.ledgers.line(LEDGER, 1)
    assert line
    whole = [line for line in (full.ledgers.line(LEDGER, index) for index in range(2)) if line]
    erased = erase_texts(line)
    assert isinstance(erased, dict)
    full.ledgers.erase(LEDGER, 1, erased)
    other = fresh(full)
    assert restore(full.ledgers, other, whole) == Appended(0, 2)
    assert full.ledgers.search(other, Wanted("unreachable"), 9).hits == []
    assert full.ledgers.search(other, Wanted("incident/1"), 9).hits
    kept = full.ledgers.line(other, 1)
    assert kept
    assert "text" not in kept
