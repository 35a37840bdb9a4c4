"""Every test here has the example licensee in a store of its own, and the security manager at a desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tests.builders.stores import Store
    from tests.builders.workplace import Seat


@pytest.fixture
def seat(example_store: Store) -> Seat:  # noqa: ARG001 - the pages are about it
    from tests.builders.workplace import Seat  # noqa: PLC0415 - Django must be set up

    return Seat()


@pytest.fixture
def earnest_home(example_store: Store, settings: Settings) -> Path:  # noqa: ARG001 - it is in use
    """The home of an installation with the example's people in which they sign in as anywhere: it is no example."""
    settings.EXAMPLE = False
    return Path(settings.HOME)


@pytest.fixture
def unassessed(unassessed_store: Store) -> Seat:  # noqa: ARG001 - the same
    """The same desk before the example has a register."""
    from tests.builders.workplace import Seat  # noqa: PLC0415 - Django must be set up

    return Seat()
