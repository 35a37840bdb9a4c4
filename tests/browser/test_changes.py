"""The history of the position: what changed between two moments, and because of which records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.desk import ago
from tests.browser.looking import flaws

if TYPE_CHECKING:
    from tests.browser.desks import Desks

CHANGES = "/northlight/changes"


def test_what_changed_in_the_last_month(desks: Desks) -> None:
    page = desks.take("authority").page
    page.get_by_role("link", name="Changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed")
    breached = page.locator(".turned > li", has=page.get_by_role("link", name="Z.19"))
    expect(breached).to_contain_text("Pending")
    expect(breached).to_contain_text("Breached")
    breached.get_by_role("link", name="Z.19").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Directions are complied with")


def test_two_days_of_ones_own_choice(desks: Desks) -> None:
    page = desks.take("authority", CHANGES).page
    for group, day in (("From", ago(400)), ("To", ago(200))):
        page.get_by_role("group", name=group).get_by_label("As at").fill(day.isoformat())
        page.get_by_role("group", name=group).get_by_label("Known at").fill(day.isoformat())
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".turned > li").first).to_be_visible()


def test_the_page_is_well_made(desks: Desks) -> None:
    assert flaws(desks.take("security", CHANGES).page) == []
