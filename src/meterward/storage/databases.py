"""Which database a store lies in, as Django is told of it: SQLite in the home folder, or a PostgreSQL that is named."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

_SAFE_WAL = (3, 51, 3)
"""Before this, SQLite may lose a commit where several processes write ahead."""
_PATIENCE = 10
"""So many seconds a writer waits for another before it gives up, and says so."""


def database(home: Path, named: str) -> dict[str, object]:
    """The database named by an address such as `postgresql://user@host/name`, or else the one in a home folder."""
    place = urlsplit(named)
    if place.scheme not in ("postgres", "postgresql"):
        return _sqlite(home / "meterward.sqlite3")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(place.path.lstrip("/")),
        "USER": unquote(place.username or ""),
        "PASSWORD": unquote(place.password or ""),
        "HOST": parse_qs(place.query).get("host", [unquote(place.hostname or "")])[0],
        "PORT": str(place.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"options": f"-c lock_timeout={_PATIENCE}s"},
    }


def _sqlite(path: Path) -> dict[str, object]:
    """SQLite, every commit synced before it is acknowledged; write-ahead only where it is known to lose nothing.

    A file that is not there is not made: an empty store in place of one that was lost would look as if all were well.
    """
    journal = "WAL" if sqlite3.sqlite_version_info >= _SAFE_WAL else "PERSIST"
    pragmas = (
        f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{quote(str(path))}?mode=rw",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": _PATIENCE, "init_command": pragmas},
    }
