"""Which database a store lies in is one setting."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from meterward.storage.databases import database

HOME = Path("/home/of/store")


def test_a_store_lies_in_its_home_folder_unless_a_database_is_named() -> None:
    found = database(HOME, "")
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", f"file:{HOME}/meterward.sqlite3?mode=rw")


def test_sqlite_syncs_before_it_acknowledges_and_writes_ahead_only_where_that_is_safe() -> None:
    options = database(HOME, "")["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert ("journal_mode=WAL" in options["init_command"]) == (sqlite3.sqlite_version_info >= (3, 51, 3))


def test_a_named_database_is_read_from_its_address() -> None:
    found = database(HOME, "postgresql://some%40one:p%2Fw@db.example:5433/meter%20ward")
    shown = [found[name] for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert shown == ["django.db.backends.postgresql", "meter ward", "some@one", "p/w", "db.example", "5433"]


def test_a_socket_is_named_as_the_host_in_the_query() -> None:
    found = database(HOME, "postgres:///meterward?host=/run/postgresql")
    assert [found[name] for name in ("NAME", "USER", "HOST", "PORT")] == ["meterward", "", "/run/postgresql", ""]
