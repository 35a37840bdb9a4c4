"""The register in the browser: well made at every width, and a heat map that leads to its risks and is taken away."""

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

    from playwright.sync_api import Browser, Page, StorageState


RISKS = "/northlight/risks"
FORM = "/northlight/append/risk.estimated?subject=risk/T-1&facts.consequences.0.consequence=supply"


@pytest.fixture(scope="module")
def risk_address(unassessed_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose ledger tells a register of risks."""
    with served_with("risks", unassessed_template, tmp_path_factory.mktemp("risks") / "home") as found:
        yield found


@pytest.fixture
def risk_desks(browser: Browser, risk_address: str, sessions: dict[tuple[str, str], StorageState]) -> Iterator[Desks]:
    made = Desks(browser, risk_address, sessions)
    yield made
    made.clear()


def test_each_page_is_well_made(risk_desks: Desks) -> None:
    page = risk_desks.take("security", RISKS).page
    found = {"": flaws(page)}
    for place in (f"{RISKS}/T-1", f"{RISKS}/map", FORM):
        page.goto(f"{risk_desks.address}{place}")
        found[place] = flaws(page)
    assert not any(found.values()), found


def test_the_map_leads_to_its_risks_by_keys_and_is_taken_away(risk_desks: Desks) -> None:
    page = risk_desks.take("security", f"{RISKS}/map").page
    for role, kind, begins in (("link", "SVG", b"<svg "), ("button", "PNG", b"\x89PNG")):
        with page.expect_download() as taken:
            page.locator(".take").get_by_role(role, name=kind).click()  # type: ignore[arg-type]  # one of two roles
        assert re.fullmatch(rf"northlight-risks-residual-[\d-]+\.{kind.lower()}", taken.value.suggested_filename)
        assert taken.value.path().read_bytes().strip().startswith(begins)
    _refuse_its_picture(page)
    page.get_by_role("link", name="Likelihood 4, consequence 4: 2 risks").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Meters lose their time")).to_be_visible()
    expect(page.get_by_role("link", name="Mass disconnection")).not_to_be_visible()


def _refuse_its_picture(page: Page) -> None:
    """What the server says in place of a picture is said beside the button, and gone once there is one."""
    refused = f"{page.url}.svg?as_at=2026-02-30"
    page.route("**/map.svg*", lambda route: route.fulfill(response=route.fetch(url=refused)))
    page.get_by_role("button", name="PNG").click()
    expect(page.locator(".take").get_by_role("status")).to_contain_text("“2026-02-30” is no")
    page.route("**/map.svg*", lambda route: route.abort())
    page.get_by_role("button", name="PNG").click()
    expect(page.locator(".take").get_by_role("status")).to_have_text("No picture could be made: try again.")
    page.unroute("**/map.svg*")
    with page.expect_download():
        page.get_by_role("button", name="PNG").click()
    expect(page.locator(".take").get_by_role("status")).to_be_empty()


def test_a_register_is_taken_away_changed_and_imported_in_one_act(risk_desks: Desks, tmp_path: Path) -> None:
    page = risk_desks.take("security", RISKS).page
    with page.expect_download() as found:
        page.get_by_role("link", name="CSV of risks").click()
    table = tmp_path / "register.csv"
    text = found.value.path().read_text(encoding="utf-8-sig")
    table.write_text(text.replace("A bill is wrong", "A bill is wrong again"), encoding="utf-8")
    page.get_by_role("link", name="Import", exact=True).click()
    assert flaws(page) == []
    page.get_by_label("Which file?").set_input_files(table)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("row", name="A bill is wrong again risk/T-4")).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("button", name="Tell this change").dblclick()
    expect(page.get_by_role("heading", name=re.compile("Appended as entry"))).to_be_visible()
    page.goto(f"{risk_desks.address}{RISKS}")
    expect(page.get_by_role("link", name="A bill is wrong again")).to_be_visible()


def test_the_form_of_a_context_begins_with_scales_to_start_from(risk_desks: Desks) -> None:
    page = risk_desks.take("security", "/northlight/append/context.established").page
    page.get_by_role("link", name="fill in starting scales").click()
    expect(page.get_by_role("status").first).to_contain_text("nobody's decision yet")
    assert flaws(page) == []
