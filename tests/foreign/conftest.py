"""Verifiers that nobody here wrote. Where they are missing these tests fail, never skip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.foreign.golang import Go, compiled

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of this folder in one process, so that each program is compiled once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("foreign"))


@pytest.fixture(scope="session")
def go_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program that asks Go's libraries."""
    return compiled(tmp_path_factory.mktemp("go"))


@pytest.fixture
def go(go_program: Path) -> Iterator[Go]:
    """The program, with an empty log."""
    running = Go(go_program)
    yield running
    running.close()
