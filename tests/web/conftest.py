"""The example licensee in a store: one of a test's own for the pages that read, and one shared for those that write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.builders.stores import Store
    from tests.builders.workplace import Seat


@pytest.fixture
def seat(example_store: Store) -> Seat:  # noqa: ARG001 - the pages are about it
    """The security manager at a desk, in a store as of the example's own day."""
    from tests.builders.workplace import Seat  # noqa: PLC0415 - Django must be set up

    return Seat()


@pytest.fixture(scope="session")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001 - the tables come first
    """A store with the example licensee as of today, filled once for each process."""
    from tests.web.writers import fill  # noqa: PLC0415 - Django must be set up

    with django_db_blocker.unblock():
        fill()


@pytest.fixture
def example(filled: None, db: None) -> Iterator[None]:  # noqa: ARG001 - filled before the test begins
    """That store; what a test does to it is undone."""
    from tests.web.writers import forget  # noqa: PLC0415 - Django must be set up

    forget()
    yield
    forget()
