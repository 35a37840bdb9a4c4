"""The play of the condition, in four parts: licensee, auditor, Authority and Secretary of State, all of them signed in.

First an audit, from the engagement to an action that somebody checked; then a joint direction, from its draft to the
final report with evidence, and a request that is answered with a bundle. Each acts at a desk of their own, as the guide
says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser import auditing, directing
from tests.browser.guides import guide

if TYPE_CHECKING:
    from tests.browser.desk import Desk
    from tests.browser.desks import Desks


def test_the_play_in_four_parts(own_desks: Desks) -> None:
    security, board = own_desks.take("security", auditing.OURS), own_desks.take("board", auditing.OURS)
    auditor = own_desks.take("auditor", "/auditor-a/")
    act_the_audit(security, board, auditor)
    secretary = own_desks.take("department", "/department/directions")
    authority = own_desks.take("authority", "/authority/directions")
    lawyer = own_desks.take("counsel", "/northlight/directions")
    act_the_direction(secretary, authority, security, lawyer)
    licensee, regulators = security.seen + board.seen + lawyer.seen, secretary.seen + authority.seen
    assert guide("audits").unseen(licensee + auditor.seen) == []
    assert guide("directions").unseen(licensee + regulators) == []
    assert guide("play").unseen(licensee + auditor.seen + regulators) == []
    assert auditing.UNSEEN in auditor.seen
    assert auditing.UNSEEN not in licensee + regulators


def act_the_audit(security: Desk, board: Desk, auditor: Desk) -> None:
    """From the engagement to decided recommendations, and what came of them."""
    auditing.engage(security)
    auditor.open("/auditor-a/")
    auditor.read()
    expect(auditor.page.get_by_role("link", name="Northlight, audit 3")).to_be_visible()
    auditing.plan(auditor)
    auditing.ask(auditor)
    auditing.answer(security)
    auditing.sample(auditor)
    auditing.find(auditor)
    security.open(f"{auditing.OURS}/{auditing.AUDIT}")
    auditing.report(auditor, "Write the report")
    auditing.comment(security)
    auditing.report(auditor, "Issue the report")
    auditing.receive(security, board)
    auditing.act(security, board)
    page = auditing.at(board, auditing.OURS)
    expect(page.locator(".sub")).to_have_text("Everything decided and done")
    expect(page.locator(".trail .is-now, .trail .is-ahead")).to_have_count(0)


def act_the_direction(secretary: Desk, authority: Desk, security: Desk, lawyer: Desk) -> None:
    """From a joint draft to the final report with evidence, and from a request to its answer."""
    directing.draft(secretary)
    authority.open("/authority/directions")
    directing.issue(secretary, authority)
    security.open("/northlight/directions")
    lawyer.open(f"/northlight{directing.GIVEN}")
    directing.receive_and_question(security, lawyer)
    directing.comply_and_report(security)
    directing.see_it_through(secretary, authority)
    directing.ask(authority)
    directing.answer(security)
    directing.take_the_answer(authority)
