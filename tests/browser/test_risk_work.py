"""Working risks in the browser: each page well made, several scenarios taken up at once, the plan taken away."""

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

    from playwright.sync_api import Browser, StorageState


RISKS = "/northlight/risks"
PAGES = ("/proposals", "/scenarios/mass-disconnection", "/assessments", "/queue", "/treatment", "/design")


@pytest.fixture(scope="module")
def worked_address(unassessed_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose ledger has a register that was assessed."""
    with served_with("work", unassessed_template, tmp_path_factory.mktemp("worked") / "home") as found:
        yield found


def test_risks_are_worked_on_pages_that_are_well_made(
    browser: Browser, worked_address: str, sessions: dict[tuple[str, str], StorageState]
) -> None:
    desks = Desks(browser, worked_address, sessions)
    page = desks.take("security", f"{RISKS}/proposals").page
    for place in PAGES:
        page.goto(f"{worked_address}{RISKS}{place}")
        for closed in page.locator("main details:not([open]) > summary").all()[:2]:
            closed.click()
        assert flaws(page) == [], place
    page.goto(f"{worked_address}{RISKS}/treatment")
    for name in ("SVG", "PNG"):
        with page.expect_download() as taken:
            page.locator(".take").get_by_text(name, exact=True).click()
        assert re.fullmatch(rf"northlight-treatment-[\d-]+\.{name.lower()}", taken.value.suggested_filename)
    page.goto(f"{worked_address}{RISKS}/proposals")
    for title in ("One infected device", "poses as the meter"):
        page.locator(".proposal header").filter(has_text=re.compile(title, re.IGNORECASE)).first.get_by_role(
            "checkbox"
        ).check()
    page.get_by_role("button", name="Take up").click()
    expect(page.get_by_role("status").filter(has_text="entered the register, in one append")).to_be_visible()
    desks.clear()


def test_events_are_reviewed_together_and_a_view_is_saved_by_keyboard_and_without_scripts(
    browser: Browser, worked_address: str, sessions: dict[tuple[str, str], StorageState]
) -> None:
    desks = Desks(browser, worked_address, sessions)
    page = desks.take("security", f"{RISKS}/queue?why=incident", java_script_enabled=False).page
    for name in ("incident/x-1", "incident/x-3"):
        page.get_by_role("checkbox", name=f"Answer {name}").press("Space")
    page.get_by_role("button", name="Review them").press("Enter")
    assert [one.input_value() for one in page.locator("[name^='facts.events.']").all()] == [
        "incident/x-1",
        "incident/x-3",
    ]
    page.get_by_role("radio", name="It stands as it is").press("Space")
    page.get_by_label("What was looked at, and why is that so?").fill("One cause, and mended.")
    page.get_by_role("button", name="See what it would change").press("Enter")
    page.get_by_role("button", name="Append", exact=True).press("Enter")
    page.goto(f"{worked_address}{RISKS}/queue?why=incident")
    expect(page.get_by_role("checkbox", name="Answer incident/x-2")).to_be_visible()
    expect(page.get_by_text("incident/x-1")).to_have_count(0)
    page.goto(f"{worked_address}{RISKS}?sort=name&owner=p-07")
    page.get_by_text("Save this view", exact=True).press("Enter")
    page.get_by_label("Save what is shown as").fill("Mine")
    page.get_by_label("Save what is shown as").press("Enter")
    views = page.get_by_role("navigation", name="Your views").get_by_role("link")
    expect(views).to_have_attribute("aria-current", "true")
    assert flaws(desks.take("security", f"{RISKS}?sort=name&owner=p-07&view=saved").page) == []
    page.get_by_role("button", name="Delete Mine").press("Enter")
    expect(views).to_have_count(0)
    desks.clear()
