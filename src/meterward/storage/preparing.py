"""Getting a store ready: its home folder, the secret that signs sessions, and the tables."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import django
from django.core.management import call_command
from django.db import connection

if TYPE_CHECKING:
    from pathlib import Path


def connect(home: Path) -> None:
    """Let Django know where the store is. Nothing is made, and a second call changes nothing."""
    os.environ.setdefault("METERWARD_HOME", str(home))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meterward.settings")
    django.setup()


def prepare(home: Path) -> None:
    """Make what a store needs, where it is not there yet."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _make_secret(home / "session.key")
    connect(home)
    call_command("migrate", verbosity=0, interactive=False)


def is_ready() -> bool:
    """Whether the tables are there."""
    return "storage_ledger" in connection.introspection.table_names()


def _make_secret(place: Path) -> None:
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
