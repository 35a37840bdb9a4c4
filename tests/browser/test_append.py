"""Appending a record: supplied from a clause, previewed, appended once, and never lost while it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.looking import flaws
from tests.browser.writing import (
    APPEND,
    PREVIEW,
    PROOF,
    SAVE,
    consider,
    count,
    find,
    pill,
    press,
    supply,
    tab_to,
    turns,
)

if TYPE_CHECKING:
    from tests.browser.desks import Desks

CLAUSES = "/northlight/clauses/"
FORM = "/northlight/append/state.evidenced?subject=element/wan-carrier-b&facts.fact=element_secure"


def test_a_verdict_turns_as_the_preview_said(own_desks: Desks) -> None:
    desk = own_desks.take("security", f"{CLAUSES}Z.13(a)")
    page = desk.page
    before = count(desk)
    page.go_back()
    expect(pill(page.locator(".sides"), "Indeterminate")).to_be_visible()
    supply(page)
    find(page)
    press(page, PREVIEW)
    expect(page.get_by_text("Nothing is appended yet")).to_be_visible()
    assert turns(page, "Z.13(a)") == ["Indeterminate", "Met"]
    press(page, APPEND)
    expect(page.get_by_text(f"Appended as entry {before + 1}")).to_be_visible()
    assert turns(page, "Z.13(a)") == ["Indeterminate", "Met"]
    desk.open(f"{CLAUSES}Z.13(a)")
    expect(pill(page.locator(".sides"), "Met")).to_be_visible()
    assert count(desk) == before + 1


def test_it_turns_without_scripts_too(own_desks: Desks) -> None:
    page = own_desks.take("board", f"{CLAUSES}Z.12", java_script_enabled=False).page
    supply(page)
    consider(page)
    press(page, PREVIEW)
    assert turns(page, "Z.12")[0] == "Indeterminate"
    promised = turns(page, "Z.12")[1]
    press(page, APPEND)
    expect(page.get_by_text("Appended as entry")).to_be_visible()
    page.goto(f"{own_desks.address}{CLAUSES}Z.12")
    expect(pill(page.locator(".sides"), promised)).to_be_visible()


def test_the_keyboard_alone_appends(own_desks: Desks) -> None:
    page = own_desks.take("security", f"{CLAUSES}Z.4").page
    tab_to(page, page.get_by_role("link", name="Supply it").last)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Record a judgement")
    tab_to(page, page.get_by_label("Yes", exact=True))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Why?"))
    page.keyboard.type("Contained within the hour; nothing that we could have done was left undone.")
    tab_to(page, page.get_by_label("Add files"))
    # The dialog in which files are chosen is the system's, not the page's: it is passed over.
    page.get_by_label("Add files").set_input_files({**PROOF, "name": "finding.pdf"})
    tab_to(page, page.get_by_role("button", name=PREVIEW, exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What this would change")
    tab_to(page, page.get_by_role("button", name=APPEND, exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Appended as entry")).to_be_visible()


def test_the_choice_of_a_file_is_reached_and_seen_by_keyboard(own_desks: Desks) -> None:
    page = own_desks.take("security", FORM).page
    choice = page.get_by_label("Add files")
    tab_to(page, choice)
    assert choice.evaluate(
        "one => getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none'"
    )
    assert choice.evaluate("one => one.matches('input[type=file]:focus-visible:enabled')")


def test_a_double_click_appends_once(own_desks: Desks) -> None:
    desk = own_desks.take("monitoring")
    before = count(desk)
    page = desk.open(f"{FORM}&facts.aspect=operated/supply")
    find(page)
    press(page, PREVIEW)
    page.get_by_role("button", name=APPEND, exact=True).dblclick()
    expect(page.get_by_text("Appended as entry")).to_be_visible()
    assert count(desk) == before + 1


def test_two_browsers_complete_one_draft(own_desks: Desks) -> None:
    here, there = own_desks.take("security"), own_desks.take("security")
    before = count(here)
    page = here.open(f"{FORM}&facts.aspect=operated/data_loss")
    find(page)
    press(page, PREVIEW)
    other = there.open(page.url.removeprefix(own_desks.address))
    press(page, APPEND)
    expect(page.get_by_text("Appended as entry")).to_be_visible()
    press(other, APPEND)
    expect(other.get_by_text("Appended as entry")).to_be_visible()
    assert other.url == page.url
    assert count(here) == before + 1


def test_a_session_that_ends_while_one_writes_loses_nothing(own_desks: Desks) -> None:
    desk = own_desks.take()
    page = desk.sign_in("counsel", f"{FORM}&facts.aspect=operated/data_access")
    find(page, None, "A long account of what was looked at.")
    desk.context.clear_cookies()
    press(page, SAVE)
    expect(page.get_by_text("What you wrote is not lost")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("counsel")
    page.get_by_label("Password", exact=True).fill("meterward-example")
    press(page, "Sign in")
    expect(page.get_by_label("What was done?")).to_have_value("A long account of what was looked at.")
    expect(page.get_by_label("It holds")).to_be_checked()
    page.get_by_role("link", name="Drafts").click()
    page.get_by_role("link", name=re.compile("Finding")).first.click()
    expect(page.get_by_label("What was done?")).to_have_value("A long account of what was looked at.")


def test_what_is_wrong_stands_beside_its_field(own_desks: Desks) -> None:
    page = own_desks.take("security", FORM).page
    page.get_by_label("It holds").check()
    page.get_by_label("Until which day?").fill("2020-01-01")
    press(page, PREVIEW)
    expect(page.get_by_role("alert")).to_contain_text("cannot be appended yet")
    field = page.locator("fieldset", has=page.get_by_text("How is that shown?")).last
    expect(field.get_by_text("is missing. Add it.")).to_be_visible()
    expect(page.get_by_label("It holds")).to_be_checked()
    expect(page.get_by_label("Until which day?")).to_have_value("2020-01-01")
    assert flaws(page) == []


def test_a_file_is_kept_under_a_clean_name_and_given_back(own_desks: Desks) -> None:
    page = own_desks.take("security", f"{FORM}&facts.aspect=operated/data_access").page
    content = b"<script>alert(1)</script>"
    find(page, {"name": "../../etc/proof.html", "mimeType": "image/png", "buffer": content})
    press(page, PREVIEW)
    press(page, APPEND)
    with page.expect_download() as download:
        page.get_by_role("link", name="proof.html").click()
    assert download.value.suggested_filename.endswith("proof.html")
    assert "/" not in download.value.suggested_filename
    assert download.value.path().read_bytes() == content


@pytest.mark.parametrize("place", ["", "/preview"])
def test_a_draft_is_its_writers_alone(own_desks: Desks, place: str) -> None:
    page = own_desks.take("security", FORM).page
    find(page, None)
    press(page, SAVE)
    expect(page.get_by_text("Saved as a draft that only you see")).to_be_visible()
    path = page.url.removeprefix(own_desks.address).partition("?")[0]
    other = own_desks.take("operations", path + place).page
    expect(other.get_by_role("heading", level=1)).to_have_text("There is nothing here")


def test_each_page_of_it_is_well_made(own_desks: Desks) -> None:
    desk = own_desks.take("security", "/northlight/drafts")
    page = desk.page
    found = {"drafts": flaws(page), "choice": flaws(desk.open("/northlight/append")), "form": flaws(desk.open(FORM))}
    find(page)
    press(page, PREVIEW)
    found["preview"] = flaws(page)
    press(page, APPEND)
    found["record"] = flaws(page)
    found["generated"] = flaws(desk.open("/northlight/append/element.declared"))
    assert {name: some for name, some in found.items() if some} == {}
