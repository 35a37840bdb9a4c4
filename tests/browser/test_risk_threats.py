"""Threats in the browser: files are sent and looked at, told, and a match is settled from the queue."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looking import flaws
from tests.builders.advisories import advisory, bundle, named, technique

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

    from tests.browser.desks import Desks

RISKS = "/northlight/risks"
SENT = {"advisory.json": advisory("EX-1", [named(name="Head End")]), "attack.json": bundle(technique("1", "T0999"))}


def test_threats_are_matched_looked_at_told_and_settled(own_desks: Desks) -> None:
    page = own_desks.take("security", f"{RISKS}/threats").page
    assert flaws(page) == []
    files: list[FilePayload] = [
        {"name": name, "mimeType": "application/json", "buffer": json.dumps(one).encode()} for name, one in SENT.items()
    ]
    page.get_by_label("The files, as they were published").set_input_files(files)
    page.get_by_role("button", name="Compare them").click()
    expect(page.get_by_role("heading", name="Tell it in the ledger")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Possible EX-1"))).to_be_visible()
    expect(page.get_by_text("T0999 Name of T0999")).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("button", name="Append").click()
    page.get_by_role("link", name="in the queue").click()
    page.get_by_role("link", name=re.compile("Settle the match.*EX-1")).click()
    page.get_by_label("The element is not affected").check()
    page.get_by_label("What was looked at, and why does it come to that?").fill("It is another product.")
    page.get_by_role("button", name="Append").click()
    expect(page).to_have_url(re.compile(r"/records/\d+"))
    page.goto(f"{own_desks.address}{RISKS}/queue?why=match")
    expect(page.get_by_text("EX-1")).to_have_count(0)
