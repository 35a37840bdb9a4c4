"""The tables of a store are made all together, or not at all: whoever is stopped half way leaves nothing in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from meterward.storage import preparing
from tests.builders.stores import in_use

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker


pytestmark = pytest.mark.usefixtures("empty")


class Stopped(BaseException):
    """What stands for the end of a process."""


@pytest.fixture
def empty(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that has no tables."""
    (tmp_path / "meterward.sqlite3").touch()
    with django_db_blocker.unblock(), in_use(tmp_path):
        yield


@pytest.mark.parametrize("at", ["contenttypes", "auth", "sessions", "storage"])
def test_who_is_stopped_half_way_leaves_nothing_in_the_way(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    record = MigrationRecorder.record_applied

    def stopping(self: MigrationRecorder, app: str, name: str) -> None:
        if app == at:
            raise Stopped
        record(self, app, name)

    with monkeypatch.context() as patch:
        patch.setattr(MigrationRecorder, "record_applied", stopping)
        with pytest.raises(Stopped):
            preparing.make_tables()
    assert connection.introspection.table_names() == []
    preparing.make_tables()
    assert preparing.is_ready()
    assert not preparing.is_older()


def test_the_tables_refer_to_each_other_once_they_are_made() -> None:
    preparing.make_tables()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
