"""The position page: what a newcomer reads there, and how time is travelled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meterward.core.base.days import in_words
from tests.browser.desk import ago
from tests.browser.looking import flaws
from tests.browser.writing import pill

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.desks import Desks

THEN = ago(300)


def row(page: Page, clause: str, licence: str = "electricity") -> Locator:
    """The line of a duty."""
    region = page.get_by_role("region", name=f"{licence.capitalize()} licence", exact=True)
    return region.locator(".rows > li").filter(has=page.get_by_role("link", name=clause, exact=True))


def test_a_newcomer_reads_how_the_example_stands(desks: Desks) -> None:
    page = desks.take("security").page
    electricity = page.get_by_role("region", name="Electricity licence", exact=True)
    expect(electricity).to_contain_text("One duty is breached, one is contested")
    expect(row(page, "Z.14(b)")).to_contain_text("Contested")
    expect(electricity.get_by_role("heading", name="due next")).to_be_visible()
    expect(page.locator("#licence-gas .sum")).not_to_contain_text("✕")


def test_every_desk_sees_the_same_position(desks: Desks) -> None:
    sentences = {
        desks.take(name).page.locator(".sum p").first.inner_text() for name in ("board", "auditor", "authority")
    }
    assert len(sentences) == 1


def test_to_a_past_day_and_back_with_one_click(desks: Desks) -> None:
    page = desks.take("security").page
    now = page.locator(".sum p").first.inner_text()
    page.get_by_label("As at").fill(THEN.isoformat())
    page.get_by_role("button", name="Go there").click()
    expect(page.get_by_role("status")).to_contain_text(f"as at {in_words(THEN)}")
    expect(page.locator(".sum p").first).not_to_have_text(now)
    page.get_by_role("link", name=re.compile("^Back to now")).click()
    expect(page.locator(".banner.then")).to_have_count(0)
    expect(page.locator(".sum p").first).to_have_text(now)


def test_the_past_stays_in_every_address(desks: Desks) -> None:
    moment = f"as_at={THEN}&known_at={THEN}"
    page = desks.take("security", f"/northlight/?{moment}").page
    expect(page.get_by_role("status")).to_contain_text(f"as known on {in_words(THEN)}")
    inside = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert inside
    assert [link for link in inside if moment not in link] == []


def test_a_day_that_is_none_is_said_and_leads_back(desks: Desks) -> None:
    page = desks.take("security", "/northlight/?as_at=2026-02-30").page
    expect(page.get_by_text("“2026-02-30” is not a day")).to_be_visible()
    page.get_by_role("link", name=re.compile("Back")).click()
    expect(page).to_have_url(f"{desks.address}/northlight/")


@pytest.mark.parametrize("path", ["/northlight/", f"/northlight/?as_at={THEN}", "/northlight/?as_at=2026-02-30"])
def test_the_page_is_well_made(desks: Desks, path: str) -> None:
    assert flaws(desks.take("security", path).page) == []


def test_what_is_printed_is_the_position_alone(desks: Desks) -> None:
    page = desks.take("security").page
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Workplace")).to_be_hidden()
    expect(page.get_by_role("button", name="Go there")).to_be_hidden()
    expect(page.locator(".sum p").first).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_one_asks_what_if_and_comes_back(desks: Desks) -> None:
    page = desks.take("security").page
    page.get_by_text("What if …").click()
    page.get_by_label("Strength of Z.8").select_option("compliance itself")
    page.get_by_role("button", name="Try it out").click()
    banner = page.get_by_role("status").filter(has_text="A hypothesis")
    expect(banner).to_contain_text("Strength of Z.8: compliance itself. Nobody adopted this.")
    line = page.locator("#licence-gas .rows > li", has=page.get_by_role("link", name="Z.8", exact=True))
    expect(pill(line, "Breached")).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("link", name="Back to what is adopted").click()
    expect(banner).to_have_count(0)
    expect(pill(line, "Met")).to_be_visible()
