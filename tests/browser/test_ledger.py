"""The ledger's page and what is handed over from it, in a browser: looked at, built, and taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk import LEDGER
from tests.browser.looking import flaws

if TYPE_CHECKING:
    from tests.browser.desks import Desks

BUNDLES = f"/{LEDGER}/ledger/bundles"


@pytest.mark.parametrize("path", [f"/{LEDGER}/ledger", f"/{LEDGER}/rights", BUNDLES, f"/{LEDGER}/records/779"])
def test_the_page_is_well_made(desks: Desks, path: str) -> None:
    assert flaws(desks.take("security", path).page) == []


def test_from_the_navigation_to_the_policy(desks: Desks) -> None:
    page = desks.take("auditor").page
    page.get_by_role("navigation", name="Workplace").get_by_role("link", name="Ledger").click()
    expect(page.get_by_role("heading", name="The ledger", exact=True)).to_be_visible()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Policy to hand on").click()
    assert kept.value.suggested_filename == f"{LEDGER}.policy"


def test_a_record_is_taken_along_with_its_proof(desks: Desks) -> None:
    page = desks.take("auditor", f"/{LEDGER}/records/779").page
    for label, name in (("Proof", "779.tlog-proof"), ("Signed statement", "779.dsse.json")):
        with page.expect_download() as kept:
            page.get_by_role("link", name=label, exact=True).click()
        assert kept.value.suggested_filename == name


def test_a_bundle_is_built_and_downloaded(desks: Desks) -> None:
    page = desks.take("auditor", BUNDLES).page
    page.get_by_label("What a clause reads").select_option("Z.14(b)")
    page.get_by_role("button", name="Build it").click()
    expect(page.get_by_role("heading", name="Ready for you")).to_be_visible()
    assert flaws(page) == []
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download").click()
    assert kept.value.suggested_filename.endswith(".tar")
