"""A process that has everything loaded and forks others; one for all tests of a worker."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.failures.forking import Nursery, nursery
from tests.failures.kills import Campaign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def forks() -> Iterator[Nursery]:
    """What forks processes."""
    with nursery() as found:
        yield found


@pytest.fixture(scope="module")
def campaign(forks: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Kills, at the same moments on each run as far as a machine repeats itself."""
    folder: Path = tmp_path_factory.mktemp("killed")
    return Campaign(forks, folder, Random(2013))
