"""The clause page: why a duty stands as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meterward.core.base.days import in_words
from tests.browser.desk import ago
from tests.browser.looking import flaws
from tests.browser.writing import pill

if TYPE_CHECKING:
    from tests.browser.desks import Desks

THEN = ago(300)
CLAUSES = "/northlight/clauses/"


@pytest.mark.parametrize("scripts", [True, False])
def test_in_two_clicks_one_knows_why_a_duty_is_contested(desks: Desks, scripts: bool) -> None:
    page = desks.take("security", java_script_enabled=scripts).page
    page.locator("#licence-electricity").get_by_role("link", name="contested").click()
    page.locator("#licence-electricity").get_by_role("link", name="Z.14(b)").last.click()
    breached = page.locator("details.reads").filter(has=page.get_by_role("heading", name="since-last"))
    expect(pill(breached, "Breached")).to_be_visible()
    expect(page.get_by_text("Breached if a year runs from the last audit; pending otherwise.")).to_be_visible()
    expect(breached.get_by_text("Twelve months from the last audit")).to_be_visible()
    expect(breached.get_by_text("next audit within twelve months").first).to_be_visible()


def test_the_whole_line_of_a_duty_leads_to_it(desks: Desks) -> None:
    page = desks.take("security").page
    page.get_by_text("Adequate resource is committed").first.click(force=True)  # the link lies over the line
    expect(page.get_by_role("heading", level=1)).to_have_text("Z.13(a) Adequate resource is committed")


def test_what_was_found_leads_to_the_very_record(desks: Desks) -> None:
    page = desks.take("auditor", f"{CLAUSES}Z.13(a)").page
    shown = page.locator(".tree a:visible").last
    short = shown.inner_text()
    shown.click()
    expect(page.locator(".seal").last).to_contain_text(short)


def test_each_of_the_five_questions_is_answered(desks: Desks) -> None:
    page = desks.take("security", f"{CLAUSES}Z.13(a)").page
    for question in ("does the law ask", "was found", "follows", "is missing", "would change it"):
        expect(page.get_by_role("heading", name=f"What {question}?")).to_be_visible()
    expect(page.get_by_role("link", name="Supply it")).to_have_count(2)
    expect(page.get_by_role("region", name="To put this right").get_by_role("link", name="Supply it")).to_be_visible()


def test_who_may_not_supply_it_reads_who_may(desks: Desks) -> None:
    page = desks.take("authority", f"{CLAUSES}Z.12").page
    expect(page.get_by_role("heading", name="What is missing?").first).to_be_visible()
    expect(page.get_by_role("link", name="Supply it")).to_have_count(0)


def test_the_past_of_a_clause_and_back(desks: Desks) -> None:
    page = desks.take("security", f"{CLAUSES}Z.14(b)?as_at={THEN}").page
    expect(page.get_by_role("status")).to_contain_text(in_words(THEN))
    expect(pill(page.locator(".sides"), "Pending")).to_be_visible()
    page.get_by_role("link", name="Back to now").click()
    expect(page.locator(".banner.then")).to_have_count(0)
    expect(pill(page.locator(".sides"), "Contested")).to_be_visible()


def test_the_other_licence_is_one_click_away(desks: Desks) -> None:
    page = desks.take("security", f"{CLAUSES}Z.19").page
    expect(page.locator("main")).to_contain_text("Breached")
    page.get_by_role("link", name="Explain the gas licence").click()
    expect(page.locator(".why-it")).not_to_contain_text("Breached")


@pytest.mark.parametrize("clause", ["Z.4", "Z.7(a)", "Z.7(b)", "Z.12", "Z.14(b)", "Z.19", "Z.1"])
def test_the_page_is_well_made(desks: Desks, clause: str) -> None:
    assert flaws(desks.take("security", CLAUSES + clause).page) == []


def test_the_page_of_the_past_is_well_made(desks: Desks) -> None:
    assert flaws(desks.take("security", f"{CLAUSES}Z.12?as_at={THEN}&known_at={THEN}").page) == []
