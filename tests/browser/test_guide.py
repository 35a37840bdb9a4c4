"""The guide by role: its steps are done, its words are on the pages, its pictures are there."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk import ago
from tests.browser.guides import NAMES, guide
from tests.browser.pictures import ALL, LARGEST
from tests.browser.writing import APPEND, PREVIEW, PROOF, consider, find, pill, press, supply, turns

if TYPE_CHECKING:
    from tests.browser.desk import Desk
    from tests.browser.desks import Desks

CLAUSES = "/northlight/clauses/"
COVERAGE = ("Z.4", "Z.7(a)", "Z.8", "Z.9", "Z.10", "Z.11", "Z.12", "Z.13")


def sit(desks: Desks, role: str) -> Desk:
    """Sit down at the desk of a role, as the guide says."""
    desk = desks.take()
    desk.open("/sign-in")
    desk.read()
    desk.follow(desk.page.get_by_role("button", name=role))
    return desk


def open_clause(desk: Desk, clause: str) -> None:
    """From the position to a clause."""
    desk.follow(desk.page.locator("#licence-electricity .rows").get_by_role("link", name=clause, exact=True))


def open_kind(desk: Desk, kind: str) -> None:
    """The form of a kind of record, from the list of all."""
    desk.follow(desk.page.get_by_role("link", name="Append", exact=True))
    desk.follow(desk.page.get_by_role("link", name=kind))


def preview_and_append(desk: Desk, clause: str) -> list[str]:
    """Preview and append; how the clause turns, by both."""
    press(desk.page, PREVIEW)
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("What this would change")
    desk.read()
    promised = turns(desk.page, clause)
    press(desk.page, APPEND)
    expect(desk.page.get_by_text("Appended as entry")).to_be_visible()
    desk.read()
    assert turns(desk.page, clause) == promised
    return promised


def test_the_security_managers_morning(own_desks: Desks) -> None:
    desk = sit(own_desks, "Security manager")
    page = desk.page
    open_clause(desk, "Z.14(b)")
    desk.follow(page.get_by_role("link", name="Position"))
    open_clause(desk, "Z.13(a)")
    supply(page)
    desk.read()
    find(page)
    assert preview_and_append(desk, "Z.13(a)") == ["Indeterminate", "Met"]
    desk.open(f"{CLAUSES}Z.13(a)")
    desk.read()
    expect(pill(page.locator(".sides"), "Met")).to_be_visible()
    desk.follow(desk.page.get_by_role("link", name="Changes"))
    desk.follow(desk.page.get_by_role("link", name="Drafts"))
    assert guide("security-manager").unseen(desk.seen) == []


def test_the_senior_managers_ten_minutes(own_desks: Desks) -> None:
    desk = sit(own_desks, "Senior manager")
    page = desk.page
    open_clause(desk, "Z.12")
    supply(page)
    desk.read()
    consider(page)
    turned = preview_and_append(desk, "Z.12")
    desk.open(f"{CLAUSES}Z.12")
    desk.read()
    expect(pill(page.locator(".sides"), turned[1])).to_be_visible()
    assert guide("senior-manager").unseen(desk.seen) == []


def test_the_auditors_visit(own_desks: Desks) -> None:
    desk = sit(own_desks, "Lead auditor")
    desk.read()
    page = desk.page
    desk.follow(page.get_by_role("link", name="Northlight", exact=True))
    open_clause(desk, "Z.4")
    desk.follow(page.locator(".tree a:visible").first)
    desk.follow(desk.page.get_by_role("link", name="Records", exact=True))
    page.get_by_label("Words").fill("gateway")
    press(page, "Find")
    expect(page.locator(".entries tbody tr").first).to_be_visible()
    page.get_by_label("As at").fill(ago(90).isoformat())
    page.get_by_label("Known at").fill(ago(90).isoformat())
    press(page, "Go there")
    expect(page.get_by_role("link", name="Back to now")).to_be_visible()
    desk.read()
    open_kind(desk, "Audit report")
    page.get_by_label("Which audit?").select_option("audit/2")
    page.get_by_label("Who wrote it?").fill("auditor-a")
    page.get_by_label("To whom is it addressed?").fill("northlight")
    page.get_by_label("The final report").check()
    page.get_by_label("When did the fieldwork begin?").fill(ago(44).isoformat())
    page.get_by_label("When did it end?").fill(ago(25).isoformat())
    page.get_by_label("Which clauses does it assess?").fill("\n".join(COVERAGE))
    page.get_by_label("There are none, and that is meant").last.check()
    page.get_by_label("Add files").set_input_files({**PROOF, "name": "report.pdf"})
    turned = preview_and_append(desk, "Z.14(b)")
    assert turned[0] == "Contested"
    assert guide("auditor").unseen(desk.seen) == []


def test_the_officers_question(own_desks: Desks) -> None:
    desk = sit(own_desks, "Officer of the Authority")
    page = desk.page
    desk.follow(page.get_by_role("link", name="Northlight").first)
    desk.follow(page.get_by_role("link", name="see its position"))
    open_clause(desk, "Z.19")
    desk.follow(desk.page.get_by_role("link", name="Changes"))
    desk.open("/authority/")
    open_kind(desk, "Evidence requested")
    page.get_by_label("What is it called?").fill("request/2")
    page.get_by_label("Which organisation is it about?").select_option("northlight")
    page.get_by_label("The Authority").check()
    page.get_by_label("Which clauses is it about?").first.fill("Z.13")
    page.get_by_label("By which day?").fill(ago(-28).isoformat())
    page.locator('[name="text.request"]').fill("What shows that keys have custodians.")
    page.get_by_label("Add files").set_input_files({**PROOF, "name": "request.pdf"})
    press(page, APPEND)
    expect(page.get_by_text("Appended as entry")).to_be_visible()
    desk.read()
    desk.open(f"{CLAUSES}Z.7(b)")
    desk.read()
    assert guide("regulator").unseen(desk.seen) == []


def test_what_every_page_has(desks: Desks) -> None:
    desk = sit(desks, "Contributor")
    desk.open(f"/northlight/?as_at={ago(9)}")
    desk.read()
    assert guide("README").unseen(desk.seen) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_pictures_of_the_guide_are_there(name: str) -> None:
    known = {one.name: one for one in ALL}
    for shown in guide(name).pictures:
        taken = known[shown].file.read_bytes()
        assert len(taken) <= LARGEST
        assert struct.unpack(">II", taken[16:24]) == known[shown].size


def test_every_picture_is_shown() -> None:
    taken = {one.name for one in ALL}
    assert taken == {shown for name in NAMES for shown in guide(name).pictures}
