"""The system in the browser: well made at every width, and a map that is drawn, walked by keys and taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desks import Desks
from tests.browser.looking import flaws
from tests.browser.serving import served_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FilePayload, StorageState


SYSTEM = "/northlight/system"
SURVEYS = ("/coverage", "/coverage/measure", "/contracts", "/rollout")
COUNTED = {
    "Registration feed": ("feed.csv", b"premises,fuel,gained,lost\nP-1,gas,2020-01-01,\nP-2,gas,2020-01-01,\n"),
    "Meter inventory": (
        "meters.csv",
        b"premises,device,fuel,state,installed,removed\nP-1,D-1,gas,live,2020-01-01,\n",
    ),
}


@pytest.fixture(scope="module")
def told_address(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose ledger tells a whole system."""
    with served_with("system", template, tmp_path_factory.mktemp("told") / "home") as found:
        yield found


@pytest.fixture
def told_desks(browser: Browser, told_address: str, sessions: dict[tuple[str, str], StorageState]) -> Iterator[Desks]:
    made = Desks(browser, told_address, sessions)
    yield made
    made.clear()


@pytest.mark.parametrize("place", ["", "/matrix", "/elements/tool-server", "/changes", *SURVEYS])
def test_each_page_is_well_made(told_desks: Desks, place: str) -> None:
    assert flaws(told_desks.take("security", f"{SYSTEM}{place}").page) == []


def test_the_map_is_drawn_walked_by_keys_and_taken_away(told_desks: Desks) -> None:
    page = told_desks.take("security", f"{SYSTEM}/map").page
    expect(page.locator("#map[data-drawn]")).to_be_visible()
    says = page.locator("#map-says")
    expect(says).to_contain_text("links are drawn")
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(says).to_contain_text("Enter opens it.")
    page.get_by_role("radio", name="Proof").check()
    expect(page.get_by_role("list", name="Proof")).to_be_visible()
    for kind, begins in (("SVG", b"<svg "), ("PNG", b"\x89PNG")):
        with page.expect_download() as taken:
            page.get_by_role("button", name=kind).click()
        assert re.fullmatch(rf"northlight-system-[\d-]+\.{kind.lower()}", taken.value.suggested_filename)
        assert taken.value.path().read_bytes().startswith(begins)
    called = says.inner_text().partition(".")[0]
    page.route(re.compile("take="), lambda route: route.fulfill(body="{}"))
    page.get_by_role("button", name="SVG").click()
    expect(says).to_contain_text("could not be noted who takes it")
    page.locator("#map").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(called)


def test_the_map_is_well_made(told_desks: Desks) -> None:
    page = told_desks.take("security", f"{SYSTEM}/map").page
    expect(page.locator("#map[data-drawn]")).to_be_visible()
    assert flaws(page) == []


def test_coverage_is_measured_looked_at_and_told(told_desks: Desks) -> None:
    page = told_desks.take("security", f"{SYSTEM}/coverage").page
    page.get_by_role("link", name="Measure it now").click()
    for label, (name, content) in COUNTED.items():
        file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content}
        page.get_by_label(label, exact=True).set_input_files(file)
    page.get_by_label("Which fuel?").select_option("gas")
    page.get_by_role("button", name="Compare them").click()
    expect(page.get_by_role("heading", name="Tell it in the ledger")).to_be_visible()
    expect(page.get_by_role("row", name="none 1 50.0 %")).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("button", name="Append").click()
    expect(page).to_have_url(re.compile(r"/records/\d+\?appended=1"))
    page.goto(f"{told_desks.address}{SYSTEM}/coverage")
    expect(page.get_by_text("1 of 2 premises supplied with gas had one metering system in scope")).to_be_visible()
