"""Every test here runs over each kind of store."""

from __future__ import annotations

from typing import cast

import pytest

from meterward.usecases.append_record import Appended
from tests.builders.kept import LEDGER, append, opening
from tests.builders.sought import DAY, TEXTS, incident
from tests.builders.stores import Store, memory_store

# One process starts the server, which takes most of a second.
DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql")))


@pytest.fixture(params=("memory", *DATABASES))
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each kind."""
    return memory_store() if request.param == "memory" else _in_database(request)


@pytest.fixture(params=DATABASES)
def kept(request: pytest.FixtureRequest) -> Store:
    """An empty store in each database."""
    return _in_database(request)


@pytest.fixture
def full(store: Store) -> Store:
    """A store with a ledger of three incidents with texts."""
    store.ledgers.open(LEDGER)
    lines = (opening(DAY), *(incident(number, text) for number, text in enumerate(TEXTS, 1)))
    assert append(store.ledgers, LEDGER, *lines) == Appended(0, 4)
    return store


def _in_database(request: pytest.FixtureRequest) -> Store:
    return cast("Store", request.getfixturevalue(f"{request.param}_store"))
