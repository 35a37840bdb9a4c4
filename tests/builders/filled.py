"""A store with the example licensee, filled once for each process; what a test does to it is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001 - the tables come first
    from tests.builders.desks import fill  # noqa: PLC0415 - Django must be set up

    with django_db_blocker.unblock():
        fill()


@pytest.fixture(autouse=True)
def example(filled: None, db: None) -> Iterator[None]:  # noqa: ARG001 - filled before the test begins
    from tests.builders.desks import forget  # noqa: PLC0415 - Django must be set up

    forget()
    yield
    forget()
