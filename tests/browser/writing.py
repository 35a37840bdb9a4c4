"""Filling in forms as a person does: by the words beside the fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.desk import ago

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator, Page

    from tests.browser.desk import Desk

PROOF: FilePayload = {"name": "custodian-2-cover.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 in post"}
PREVIEW, APPEND, SAVE = "See what it would change", "Append", "Save as a draft"
MOST_TABS = 120


def press(page: Page, button: str) -> None:
    """Press a button by its words, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def supply(page: Page, nth: int = 0) -> None:
    """From a clause's page to the form of what it lacks."""
    page.get_by_role("link", name="Supply it").nth(nth).click()
    expect(page.get_by_role("button", name=PREVIEW, exact=True)).to_be_visible()


def find(page: Page, file: FilePayload | None = PROOF, note: str = "Looked at the rota; both are in post.") -> None:
    """Fill in a finding whose subject is there already: that it holds, and what shows it."""
    page.get_by_label("It holds").check()
    page.get_by_label("Evidenced: a document shows it").check()
    if file:
        page.get_by_label("Add files").set_input_files(file)
    page.get_by_label("Until which day?").fill(ago(-180).isoformat())
    page.get_by_label("What was done?").fill(note)


def consider(page: Page) -> None:
    """Fill in that the senior manager of the example considered the whole policy."""
    page.get_by_label(re.compile("^p-04", re.IGNORECASE)).check()
    page.get_by_label("The whole document").check()
    page.get_by_label("What was weighed and concluded?").fill("Considered whole; nothing to add.")
    page.get_by_label("Add files").set_input_files({**PROOF, "name": "minute.pdf"})


def pill(place: Locator, status: str) -> Locator:
    """The first mark of a status in a place."""
    return place.locator(".pill", has_text=re.compile(f"{status}$")).first


def turns(page: Page, clause: str) -> list[str]:
    """How a preview, or what was appended, says that a clause turns: its statuses, before and after."""
    line = page.locator(".changes li", has=page.get_by_role("link", name=clause, exact=True)).first
    return [one.split()[-1] for one in line.locator(".pill").all_inner_texts()]


def count(desk: Desk) -> int:
    """How many entries the ledger has."""
    page = desk.open("/northlight/records")
    said = re.search(r"([\d,]+) entries", page.locator(".sub").inner_text())
    assert said
    return int(said[1].replace(",", ""))


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the tabulator until something has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"The keyboard does not lead to {wanted}")
