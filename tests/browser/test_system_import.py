"""Import of a file in the browser, by mouse and by keyboard, well made at every width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looking import flaws

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.desks import Desks

IMPORT = "/northlight/system/import"
HEADERS = "id,name,categories,operator,power,in_service"
SOUND = f"{HEADERS}\npoller,Poller,communication_equipment,licensee,within,2013-03-04\n"
FOREIGN = "Tag,Name,Type,Operator,Colour\nA1,Alpha,RTU,us,red\nA2,Beta,PLC,ACME,blue\n"


def chosen(page: Page, folder: Path, content: str) -> Page:
    """The page of an import of a file."""
    (folder / "list.csv").write_text(content)
    page.get_by_label("Which file?").set_input_files(folder / "list.csv")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import list.csv")
    return page


def test_choosing_a_file_is_well_made(desks: Desks) -> None:
    assert flaws(desks.take("security", IMPORT).page) == []


def test_a_file_that_others_made_is_read_once_its_columns_are_said(desks: Desks, tmp_path: Path) -> None:
    page = chosen(desks.take("security", IMPORT).page, tmp_path, FOREIGN)
    expect(page.get_by_role("alert")).to_contain_text("The file cannot be told yet")
    assert flaws(page) == []
    page.get_by_label("Tag is read as").select_option("Its short name (id)")
    page.get_by_label("Name is read as").select_option("What it is called")
    page.get_by_label("“RTU” means").select_option("Head end")
    page.get_by_label("“PLC” means").select_option("Other")
    page.get_by_label("“ACME” means").select_option("Others on its behalf")
    page.get_by_label("Categories", exact=True).select_option("Communication equipment")
    page.get_by_label("Power", exact=True).select_option("Within")
    page.get_by_label("In service", exact=True).fill("2013-03-04")
    page.get_by_label("Keep this for the next file").check()
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_role("status")).to_contain_text("The columns are kept")
    page.get_by_label("It stays: the file lists only a part").check()
    page.get_by_role("button", name="Compare again").click()
    expect(page.get_by_role("row", name="Alpha element/A1")).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("link", name="See what it changes in the position").click()
    expect(page.get_by_role("heading", name="In the position")).to_be_visible()
    page.get_by_role("link", name="Back to the import").click()
    page.get_by_label("What is it due to?").fill("The list of the contractor.")
    page.get_by_role("button", name="Tell these 2 changes").dblclick()
    expect(page.get_by_role("heading", name=re.compile("Appended as entry"))).to_be_visible()
    page.get_by_role("link", name="To the map").click()
    expect(page.locator("#map[data-drawn]")).to_be_visible()


def test_the_whole_way_can_be_gone_by_keys(desks: Desks, tmp_path: Path) -> None:
    page = desks.take("security", IMPORT).page
    (tmp_path / "list.csv").write_text(SOUND)
    page.get_by_label("Which file?").set_input_files(tmp_path / "list.csv")
    page.get_by_label("Since when is it so?").focus()
    _tab_to(page, "Read the file")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Import list.csv")
    page.get_by_label("It is gone: the file lists all").focus()
    page.keyboard.press("ArrowDown")
    _tab_to(page, "Compare again")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Tell this change")).to_be_visible()
    page.get_by_label("What is it due to?").focus()
    page.keyboard.type("The list of March.")
    _tab_to(page, "Tell this change")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Appended as entry"))).to_be_visible()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until a button has the focus, as somebody does who has no mouse."""
    button = page.get_by_role("button", name=name)
    for _ in range(12):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(name)


def test_the_form_of_an_element_and_telling_it_anew_are_well_made(desks: Desks) -> None:
    page = desks.take("security", "/northlight/append/element.declared").page
    assert flaws(page) == []
    page.goto(page.url.replace("append/element.declared", "system/elements/head-end"))
    page.get_by_role("link", name="Tell it anew").click()
    expect(page.get_by_label("Its short name")).to_have_value("element/head-end")
    assert flaws(page) == []
