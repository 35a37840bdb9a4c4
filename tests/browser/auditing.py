"""The play of an audit, acted at three desks: auditors, security manager and senior manager, each in its own ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.desk import ago
from tests.browser.writing import APPEND, press

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator, Page

    from tests.browser.desk import Desk

OURS, THEIRS = "/northlight/audits", "/auditor-a/audits/northlight"
AUDIT = "3"
PAPER: FilePayload = {"name": "wp-1.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 what we saw"}
CAREFUL = 2
"""The place of the question that is answered with reservations."""
UNSEEN = "The night desk sleeps from three to four"
"""What stands in a working paper's words; the licensee must not see it anywhere."""


def engage(security: Desk) -> None:
    """The licensee engages auditors."""
    page = security.open(OURS)
    security.read()
    security.follow(page.get_by_role("link", name="Engage auditors"))
    page.get_by_label("Who audits?").fill("auditor-a")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("On which terms?").fill("As the second; the report is addressed to us.")
    page.get_by_label("Add files").set_input_files({**PAPER, "name": "letter.pdf"})
    said(security)


def plan(auditor: Desk) -> None:
    """The auditors declare that they are independent, and plan the audit, clause by clause."""
    page = at(auditor, THEIRS)
    auditor.follow(owed(page, "Declare your independence"))
    page.get_by_label("There are none, and that is meant").check()
    said(auditor)
    page = at(auditor, THEIRS)
    auditor.follow(owed(page, "Plan the audit"))
    for label, day in (("When does the fieldwork begin?", 0), ("When does it end?", 0), ("By when do you", -20)):
        page.get_by_label(label).fill(ago(day).isoformat())
    for place in range(13):
        choose(page, f"facts.rows.{place}.approach", "sample" if place in (0, 6) else "reading")
    said(auditor)
    page = at(auditor, THEIRS)
    assert page.locator(".scope tbody tr").count() == 13


def ask(auditor: Desk) -> None:
    """The auditors ask for evidence."""
    page = at(auditor, THEIRS)
    auditor.follow(page.get_by_role("link", name="Ask for evidence"))
    for name, text in (("name", "item-1"), ("says", "Who triaged the last incidents, and when"), ("clause", "Z.10(c)")):
        page.locator(f'[name="facts.items.0.{name}"]').fill(text)
    page.get_by_label("By which day?").fill(ago(-5).isoformat())
    said(auditor)


def answer(security: Desk) -> None:
    """The licensee answers from its ledger."""
    page = at(security, OURS)
    security.follow(owed(page, "Answer enquiry/"))
    expect(page.get_by_label("What do you answer?")).to_have_value("item-1")
    page.get_by_label("Which entries of the ledger show it?").fill("41\n42")
    page.get_by_label("Yes", exact=True).check()
    said(security)


def sample(auditor: Desk) -> None:
    """A sample that can be drawn again."""
    page = at(auditor, THEIRS)
    expect(
        page.locator(".enquiry").filter(has_text="item-1").get_by_role("link", name="41", exact=True)
    ).to_be_visible()
    auditor.follow(page.get_by_role("link", name="Draw a sample"))
    page.get_by_label("How many?").fill("3")
    page.get_by_label("For which clause?").fill("Z.10(c)")
    press(page, "Draw it")
    auditor.read()
    said(auditor)
    page = at(auditor, THEIRS)
    auditor.follow(page.get_by_role("link", name="sample/2", exact=True))
    expect(page.get_by_text("The same population, the same seed, the same sample.")).to_be_visible()


def find(auditor: Desk) -> None:
    """A working paper, a test and a finding."""
    page = at(auditor, THEIRS)
    auditor.follow(page.get_by_role("link", name="File a paper"))
    for name, text in (
        ("facts.label", "Three incidents, followed"),
        ("facts.clause", "Z.10(c)"),
        ("text.note", UNSEEN),
    ):
        page.locator(f'[name="{name}"]').fill(text)
    page.get_by_label("Add files").set_input_files(PAPER)
    said(auditor)
    page = at(auditor, THEIRS)
    auditor.follow(page.get_by_role("link", name="Record a test"))
    page.get_by_label("Which clause?").fill("Z.10(c)")
    page.get_by_label("Inspection").check()
    page.get_by_label("What did you do?").fill("Each incident was followed through the desk's records.")
    page.get_by_label("An exception").check()
    page.get_by_label("In words").fill("One of three was triaged late.")
    said(auditor)
    page = at(auditor, THEIRS)
    auditor.follow(page.get_by_role("link", name="Make a finding"))
    for label, text in (
        ("What is it called?", "Late triage at night"),
        ("Which clause?", "Z.10(c)"),
        ("What was to be expected?", "Triage within the hour, as the procedure says."),
        ("What did you find?", "One of three incidents waited for two hours."),
        ("Why is it so?", "One person watches two systems."),
        ("What does it come to?", "An incident at night spreads for longer."),
        ("Which recommendation follows?", "rec-1"),
        ("What do you recommend?", "Let a second person stand by at night."),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Minor").check()
    said(auditor)


def report(auditor: Desk, button: str) -> None:
    """The auditors write the report, as a draft or for good: what is known stands in its form already."""
    page = at(auditor, THEIRS)
    press(page, button)
    auditor.read()
    expect(page.get_by_label("What does it recommend?")).to_have_value("rec-1")
    page.get_by_label("In brief").fill("Sound; one thing at night.")
    for place in range(5):
        choose(page, f"facts.opinions.{place}.answer", "with_reservations" if place == CAREFUL else "yes")
    for state in page.locator('input[name^="facts.follow_up."][name$=".state"][value="done"]').all():
        state.check()
    page.get_by_label("Add files").set_input_files({**PAPER, "name": "report.pdf"})
    said(auditor)


def comment(security: Desk) -> None:
    """The licensee checks the draft for its facts."""
    page = at(security, OURS)
    expect(page.locator("#report")).to_have_text("The draft report")
    security.follow(owed(page, "Check the facts of the draft"))
    page.get_by_label("Not all of them").check()
    page.get_by_label("Which parts are wrong?").fill("finding-3")
    page.get_by_label("What does the draft say?").fill("Two hours.")
    page.get_by_label("What should it say?").fill("Eighty minutes: the desk's log shows it.")
    said(security)


def receive(security: Desk, board: Desk) -> None:
    """The report is received, brought to senior management, considered by it, and decided on."""
    page = at(security, OURS)
    security.follow(owed(page, "Record the receipt"))
    page.get_by_label("Electronic").check()
    said(security)
    page = at(security, OURS)
    security.follow(owed(page, "Bring the whole report"))
    member(page)
    said(security)
    page = at(board, OURS)
    board.follow(owed(page, "Let senior management consider"))
    member(page)
    said(board)
    page = at(board, OURS)
    board.follow(owed(page, "Decide on rec-1"))
    page.get_by_label("Accept it", exact=True).check()
    page.get_by_label("Why?").fill("Agreed.")
    page.get_by_label("Add files").set_input_files({**PAPER, "name": "minute.pdf"})
    said(board)


def act(security: Desk, board: Desk) -> None:
    """An action is planned, completed, and checked by somebody else."""
    page = at(security, OURS)
    security.follow(owed(page, "Plan an action for rec-1"))
    name = page.get_by_label("What is it called?")
    name.fill("action/night-desk")
    page.get_by_label("What is to be done?").fill("A second person stands by.")
    page.get_by_label("Who answers for it?").fill("security_monitoring")
    page.get_by_label("By which day?").fill(ago(-60).isoformat())
    said(security)
    page = at(security, OURS)
    security.follow(owed(page, "Complete action/night-desk"))
    page.get_by_label("What was done?").fill("The rota has two names a night.")
    page.get_by_label("Not yet", exact=True).check()
    page.get_by_label("Add files").set_input_files({**PAPER, "name": "rota.pdf"})
    said(security)
    page = at(security, OURS)
    expect(row(page, "Let somebody else check").get_by_role("link")).to_have_count(0)
    page = at(board, OURS)
    board.follow(owed(page, "Let somebody else check"))
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What was looked at").fill("Three nights of the rota, and who signed.")
    page.get_by_label("Add files").set_input_files({**PAPER, "name": "check.pdf"})
    said(board)


def at(desk: Desk, place: str) -> Page:
    """The page of the audit, read."""
    page = desk.open(f"{place}/{AUDIT}")
    desk.read()
    return page


def row(page: Page, what: str) -> Locator:
    """What is owed, by how it begins."""
    return page.locator(".owed li").filter(has_text=what).first


def owed(page: Page, what: str) -> Locator:
    """The button of something that is owed."""
    return row(page, what).get_by_role("link").first


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of a row's choices."""
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def member(page: Page) -> None:
    """The senior manager of the example, who has the whole report."""
    page.get_by_label(re.compile("^p-04", re.IGNORECASE)).first.check()
    page.get_by_label("Add files").set_input_files({**PAPER, "name": "circulation.pdf"})


def said(desk: Desk) -> None:
    """Append what was written."""
    page = desk.page
    press(page, APPEND)
    wrong = page.locator("#problems")
    assert not wrong.count(), wrong.inner_text()
    expect(page.get_by_text(re.compile("Appended as entry"))).to_be_visible()
    desk.read()
