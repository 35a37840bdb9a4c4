"""A server with the example licensee, a browser, and people at desks. Without a browser these tests fail, never skip.

The browser lives no longer than a module's tests: Playwright keeps an event loop running in its thread, which tests of
other folders in the same process cannot do with.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.desk import launch
from tests.browser.desks import Desks
from tests.browser.serving import make_home, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, StorageState


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of this folder in one process, so that they share server and browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        yield found
        found.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that is only copied."""
    return make_home(tmp_path_factory.mktemp("home") / "template")


@pytest.fixture(scope="session")
def unassessed_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the example before it has a register."""
    return make_home(tmp_path_factory.mktemp("unassessed") / "template", "unassessed")


@pytest.fixture(scope="session")
def address(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose ledger nobody appends to."""
    with served(template, tmp_path_factory.mktemp("read") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def own_address(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the module's own, whose ledger its tests append to."""
    with served(template, tmp_path_factory.mktemp("write") / "home") as found:
        yield found


@pytest.fixture(scope="session")
def sessions() -> dict[tuple[str, str], StorageState]:
    """Who signed in already, by server and name: signing in costs half a second, by design."""
    return {}


@pytest.fixture
def desks(browser: Browser, address: str, sessions: dict[tuple[str, str], StorageState]) -> Iterator[Desks]:
    """Desks at the server that is only read."""
    made = Desks(browser, address, sessions)
    yield made
    made.clear()


@pytest.fixture
def own_desks(browser: Browser, own_address: str, sessions: dict[tuple[str, str], StorageState]) -> Iterator[Desks]:
    """Desks at the module's own server."""
    made = Desks(browser, own_address, sessions)
    yield made
    made.clear()
