"""The database itself keeps what is append-only as it is, whoever asks, in whatever words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction

from meterward.storage.guards import GUARDS, OF_CHECKPOINTS
from meterward.usecases.append_record import Appended
from tests.builders.kept import LEDGER, append, incident, opening, told

if TYPE_CHECKING:
    from tests.builders.stores import Store

DAY = date(2013, 4, 8)
REMOVED, CHANGED = "an entry is never removed", "an entry is never changed"
SAME, ERASED = "a ledger stays whose it is", "of a statement only texts are erased"
GONE, BACKWARDS = "a statement is never removed", "the time of recording never runs backwards"
NEXT, INSTEAD = "an entry comes right after the last", "an entry is never put in place of another"
ENTRY = (
    'INTO storage_entry (id, ledger_id, "index", recorded, recorded_day, counter, body_id, kind, subject, occurred,'
    " person, role, root) SELECT {id}, ledger_id, {index}, {recorded}, recorded_day, counter, {body}, kind, subject,"
    ' occurred, person, role, root FROM storage_entry WHERE "index" = 1'
)


def entry(identity: str = "1000", index: str = "3", recorded: str = "recorded", body: str = "'x'") -> str:
    """An entry like the second, but for what is given."""
    return ENTRY.format(id=identity, index=index, recorded=recorded, body=body)


REFUSED = (
    ("DELETE FROM storage_entry", REMOVED),
    ('DELETE FROM storage_entry WHERE "index" = 2', REMOVED),
    ("UPDATE storage_entry SET recorded = '2001-01-01T00:00:00Z'", CHANGED),
    ("UPDATE storage_entry SET subject = subject", CHANGED),
    ("DELETE FROM storage_body", GONE),
    ("UPDATE storage_body SET facts = '{}'", ERASED),
    ("UPDATE storage_body SET statement = '{}'", ERASED),
    ("UPDATE storage_body SET files = 'x'", ERASED),
    ("DELETE FROM storage_ledger", "a ledger is never removed"),
    ("UPDATE storage_ledger SET size = 1", "a ledger never shrinks"),
    ("UPDATE storage_ledger SET last_recorded = '2001-01-01T00:00:00Z'", BACKWARDS),
    ("UPDATE storage_ledger SET name = 'other'", SAME),
    ("UPDATE storage_ledger SET licensee = 'other'", SAME),
    (f"INSERT {entry(index='2')}", NEXT),
    (f"INSERT {entry(index='4')}", NEXT),
    (f"INSERT {entry(body='body_id')}", INSTEAD),
    (f"INSERT {entry(recorded=repr('2001-01-01T00:00:00Z'))}", BACKWARDS),
)
SQLITE = (
    (f"REPLACE {entry(identity='id', index='3')}", INSTEAD),
    (f"INSERT OR REPLACE {entry(body='body_id')}", INSTEAD),
    (f"INSERT OR REPLACE {entry(index='1')}", NEXT),
    ("REPLACE INTO storage_ledger SELECT * FROM storage_ledger", "a ledger is never put in place of another"),
)
POSTGRESQL = (
    ("TRUNCATE storage_entry CASCADE", REMOVED),
    ("TRUNCATE storage_body CASCADE", ""),
    ("TRUNCATE storage_ledger CASCADE", ""),
)


@pytest.fixture
def full(kept: Store) -> Store:
    """A store with a ledger of three entries."""
    kept.ledgers.open(LEDGER)
    lines = (opening(DAY), incident(1, DAY), incident(2, DAY))
    assert append(kept.ledgers, LEDGER, *lines) == Appended(0, 3)
    return kept


def refused(sql: str) -> str:
    """What the database says to a statement."""
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(error.value)


def test_what_is_append_only_is_neither_changed_nor_removed(full: Store) -> None:
    before = told(full.ledgers.records(LEDGER)), list(full.ledgers.lines(LEDGER)), full.ledgers.head(LEDGER)
    own = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    for sql, says in (*REFUSED, *own):
        assert says in refused(sql), sql
    assert (told(full.ledgers.records(LEDGER)), list(full.ledgers.lines(LEDGER)), full.ledgers.head(LEDGER)) == before
    assert append(full.ledgers, LEDGER, incident(3, DAY)) == Appended(3, 1)


def test_a_statement_that_is_there_is_not_replaced(full: Store) -> None:
    before = list(full.ledgers.lines(LEDGER))
    verb, rest = ("REPLACE", "") if connection.vendor == "sqlite" else ("INSERT", " ON CONFLICT DO NOTHING")
    columns = "id, statement, facts, files, salts, text, erased"
    spoilt = re.sub("facts", "'{}'", columns, count=1)
    with connection.cursor() as cursor:
        sql = f"{verb} INTO storage_body ({columns}) SELECT {spoilt} FROM storage_body{rest}"  # noqa: S608 - nothing in it comes from anybody
        cursor.execute(sql)
    assert list(full.ledgers.lines(LEDGER)) == before


@pytest.mark.usefixtures("kept")
def test_every_guard_stands_in_the_database() -> None:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    assert {guard.name for guard in (*GUARDS, *OF_CHECKPOINTS)} <= there
