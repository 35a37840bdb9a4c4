"""Getting a store ready: its home folder, the secret that signs sessions, and the tables."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor


def connect(home: Path) -> None:
    """Let Django know where the store is. Nothing is made, and a second call changes nothing."""
    os.environ.setdefault("METERWARD_HOME", str(home))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meterward.settings")
    django.setup()
    if home.absolute() != settings.HOME:
        raise RuntimeError(f"this process works in the store of {settings.HOME}")


def prepare(home: Path) -> None:
    """Make what a store needs, where it is not there yet."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _make_secret(home / "session.key")
    connect(home)
    if connection.vendor == "sqlite":
        _make_file(home / "meterward.sqlite3")
    make_tables()


def make_tables() -> None:
    """Make the tables, or bring them up to date: all of it, or nothing.

    Django commits a change of the tables before it notes that it made it, and a process that is killed in between
    leaves a store that no later one can bring up to date.
    """
    with connection.constraint_checks_disabled(), transaction.atomic():
        call_command("migrate", verbosity=0, interactive=False)


def is_ready() -> bool:
    """Whether the tables are there."""
    return "storage_ledger" in connection.introspection.table_names()


def is_older() -> bool:
    """Whether this version needs other tables than those that are there."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_newer() -> bool:
    """Whether a later version, of which this one knows nothing, has changed the tables."""
    loader = MigrationExecutor(connection).loader
    return any(app == "storage" and (app, name) not in loader.graph.nodes for app, name in loader.applied_migrations)


def database_in_words() -> str:
    """Which database it is, and how it keeps what was acknowledged."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            version = cursor.fetchone()[0]
            cursor.execute("PRAGMA journal_mode")
            return f"SQLite {version}, journal {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _make_file(place: Path) -> None:
    """Make the file of the database, which nobody else on the machine may read; its journal gets the same mode."""
    place.touch(0o600)
    place.chmod(0o600)


def _make_secret(place: Path) -> None:
    """Write a new secret, unless there is one. It appears whole, so that nobody ever reads an empty one."""
    handle, made = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        with suppress(FileExistsError):
            os.link(made, place)
    finally:
        Path(made).unlink()
