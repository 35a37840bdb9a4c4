"""Audits in the browser: the whole play by three people, each in their own ledger, on pages that are well made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser import auditing as play
from tests.browser.guides import guide
from tests.browser.looking import flaws

if TYPE_CHECKING:
    from tests.browser.desks import Desks


def test_an_audit_is_acted_from_engagement_to_an_action_that_was_checked(own_desks: Desks) -> None:
    security = own_desks.take("security", play.OURS)
    play.engage(security)
    auditor = own_desks.take("auditor", "/auditor-a/")
    auditor.read()
    expect(auditor.page.get_by_role("link", name="Northlight, audit 3")).to_be_visible()
    play.plan(auditor)
    play.ask(auditor)
    play.answer(security)
    play.sample(auditor)
    play.find(auditor)
    security.open(f"{play.OURS}/{play.AUDIT}")
    play.report(auditor, "Write the report")
    play.comment(security)
    play.report(auditor, "Issue the report")
    board = own_desks.take("board", play.OURS)
    play.receive(security, board)
    play.act(security, board)
    page = play.at(board, play.OURS)
    expect(page.locator(".sub")).to_have_text("Everything decided and done")
    expect(page.locator(".trail .is-now, .trail .is-ahead")).to_have_count(0)
    assert guide("audits").unseen(security.seen + auditor.seen + board.seen) == []
    assert play.UNSEEN in auditor.seen
    assert play.UNSEEN not in security.seen + board.seen


WELL_MADE = {
    "security": ("/northlight/audits", "/northlight/audits/1", "/northlight/audits/2"),
    "auditor": (
        "/auditor-a/",
        "/auditor-a/audits/northlight/2",
        "/auditor-a/auditing/samples/1",
        "/auditor-a/auditing/draw/northlight/2",
        "/auditor-a/append/audit.scoped",
    ),
}


def test_pages_of_audits_are_well_made(desks: Desks) -> None:
    for name, places in WELL_MADE.items():
        page = desks.take(name, places[0]).page
        for place in places:
            page.goto(desks.address + place)
            assert flaws(page) == [], place
