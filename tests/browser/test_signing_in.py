"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk import ago
from tests.browser.looking import flaws

if TYPE_CHECKING:
    from tests.browser.desks import Desks


@pytest.mark.parametrize("scripts", [True, False])
def test_one_click_at_a_desk_of_the_example(desks: Desks, scripts: bool) -> None:
    page = desks.take(java_script_enabled=scripts).open("/")
    page.get_by_role("button", name="Security manager").click()
    expect(page).to_have_url(f"{desks.address}/northlight/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Northlight")


def test_the_keyboard_alone(desks: Desks) -> None:
    page = desks.take().open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("security")
    page.keyboard.press("Tab")
    page.keyboard.type("meterward-example")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desks.address}/northlight/")


def test_a_wrong_password_keeps_the_name_and_the_way_on(desks: Desks) -> None:
    path = f"/northlight/?as_at={ago(200)}"
    page = desks.take().open(path)
    page.get_by_label("Name", exact=True).fill("security")
    page.get_by_label("Password", exact=True).fill("Meterward-Example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No such name and password")
    expect(page.get_by_label("Name", exact=True)).to_have_value("security")
    page.get_by_label("Password", exact=True).fill("meterward-example")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desks.address}{path}")


def test_out_is_out_even_with_the_back_button(desks: Desks) -> None:
    page = desks.take().sign_in("board")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{desks.address}/sign-in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meterward")


@pytest.mark.parametrize("path", ["/northlight/", "/northlight/?as_at=2026-02-30", "/harbour/", "/nowhere/"])
def test_a_stranger_is_asked_to_sign_in_and_learns_nothing(desks: Desks, path: str) -> None:
    page = desks.take().open(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Meterward")
    expect(page.get_by_text("breached")).to_have_count(0)


@pytest.mark.parametrize("path", ["/harbour/", "/northlight/nothing"])
def test_what_is_hidden_looks_as_if_it_were_not_there(desks: Desks, path: str) -> None:
    page = desks.take("auditor", path).page
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    page.get_by_role("link", name="Back to the beginning").click()
    expect(page).to_have_url(f"{desks.address}/auditor-a/")


def test_the_page_is_well_made(desks: Desks) -> None:
    desk = desks.take()
    page = desk.open("/sign-in")
    assert flaws(page) == []
