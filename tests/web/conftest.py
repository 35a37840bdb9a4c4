"""Every test here has the example licensee in a store of its own, and the security manager at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builders.stores import Store
    from tests.builders.workplace import Seat


@pytest.fixture
def seat(example_store: Store) -> Seat:  # noqa: ARG001 - the pages are about it
    from tests.builders.workplace import Seat  # noqa: PLC0415 - Django must be set up

    return Seat()


@pytest.fixture
def unassessed(unassessed_store: Store) -> Seat:  # noqa: ARG001 - the same
    """The same desk before the example has a register."""
    from tests.builders.workplace import Seat  # noqa: PLC0415 - Django must be set up

    return Seat()
