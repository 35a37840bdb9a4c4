"""A regulator's desk in a browser: all licensees at a glance, a bundle from the licensee's hand to the desk, cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk import LEDGER
from tests.browser.looking import flaws

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.desks import Desks

DESK = "/authority/"
_LONG = 60_000


@pytest.mark.parametrize("path", ["", f"licensees/{LEDGER}", "cases", "bundles"])
def test_the_page_is_well_made(desks: Desks, path: str) -> None:
    page = desks.take("authority", f"{DESK}{path}").page
    expect(page.locator(".underway")).to_have_count(0, timeout=_LONG)
    assert flaws(page) == []


def test_from_the_licensees_hand_to_the_desk(desks: Desks, tmp_path: Path) -> None:
    page = desks.take("security", f"/{LEDGER}/ledger/bundles").page
    page.get_by_role("button", name="Build it").click()
    expect(page.get_by_role("heading", name="Ready for you")).to_be_visible(timeout=_LONG)
    bundle, policy = tmp_path / "one.tar", tmp_path / "log.policy"
    for label, path in (("Download", bundle), ("policy", policy)):
        with page.expect_download() as kept:
            page.get_by_role("link", name=label, exact=True).first.click()
        kept.value.save_as(path)
    page = desks.take("authority", f"{DESK}bundles").page
    page.get_by_label("Which file?").set_input_files(bundle)
    page.get_by_label("The policy with the key of its log").set_input_files(policy)
    page.get_by_label("By another way, and I compared the key").check()
    page.get_by_role("button", name="Verify it").click()
    expect(page.get_by_role("heading", name="It holds")).to_be_visible(timeout=_LONG)
    assert flaws(page) == []
    page.get_by_role("button", name="Take it in").click()
    page.wait_for_url("**/authority/records/**")
    page.goto(f"{page.url.partition('/authority/')[0]}{DESK}licensees/{LEDGER}")
    claimed = page.get_by_role("region", name="What is claimed, and what is proved")
    expect(claimed).to_contain_text("the same")
    expect(claimed).not_to_contain_text("differs")
    assert flaws(page) == []
