"""The play of a direction and of a request, acted at the desks of both regulators and of the licensee."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.desk import ago
from tests.browser.looking import flaws
from tests.browser.writing import APPEND, PREVIEW, PROOF, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.desk import Desk

GIVEN, MADE = "/directions/given/authority-1", "/requests/made/authority-1"
SOON = ago(-30).isoformat()


def appended(desk: Desk) -> None:
    """See what a form would change, and append it."""
    desk.read()
    press(desk.page, PREVIEW)
    desk.read()
    press(desk.page, APPEND)
    expect(desk.page).to_have_url(re.compile(r"appended=1"))


def follow(desk: Desk, link: str) -> Page:
    """Go where a link leads, once the page it stands on is read."""
    desk.read()
    desk.follow(desk.page.get_by_role("link", name=link))
    return desk.page


def draft(desk: Desk) -> None:
    """Draft a joint direction of one step to the example licensee."""
    page = follow(desk, "Draft a direction")
    page.get_by_label("northlight").check()
    press(page, "Draft it to those ticked")
    page.get_by_role("group", name="Who issues it?").get_by_label("The Authority").check()
    page.get_by_label("Prevent a failure").check()
    page.get_by_label("Protect consumers").check()
    page.get_by_label("Short name").fill("step-1")
    page.get_by_label("Do", exact=True).check()
    page.get_by_label("By which day?").fill(SOON)
    page.get_by_label("The words of the direction").fill("Lock the bulk disconnection function.")
    page.get_by_label("The reasons").fill("One person alone could use it.")
    page.get_by_label("Which evidence was considered?").fill("request/1")
    appended(desk)


def issue(secretary: Desk, authority: Desk) -> None:
    """It cannot be issued before the other issuer agrees; then that one issues it, who did not draft it."""
    page = secretary.open("/department/directions/drafts/department-1")
    expect(page.get_by_text("It is joint, and the Authority has not agreed.")).to_be_visible()
    expect(page.get_by_text("You drafted it, so somebody else issues it.")).to_be_visible()
    expect(page.get_by_role("button", name="Issue it")).to_have_count(0)
    secretary.read()
    assert flaws(page) == []
    follow(authority, "draft/department-1")
    follow(authority, "Agree to it")
    appended(authority)
    page = authority.open("/authority/directions/drafts/department-1")
    authority.read()
    press(page, "Issue it")
    appended(authority)
    authority.open(f"/authority{GIVEN}")
    expect(page.locator(".pill", has_text="No receipt yet")).to_be_visible()


def receive_and_question(manager: Desk, lawyer: Desk) -> None:
    """The licensee receives it, and its lawyer asks what it means; that takes nothing away."""
    follow(manager, "direction/authority-1")
    follow(manager, "Receive it")
    appended(manager)
    page = follow(lawyer, "Question it")
    page.get_by_label("It is not clear what it requires").check()
    page.get_by_role("textbox", name="The question").fill("Does it mean tests too?")
    appended(lawyer)


def comply_and_report(desk: Desk) -> None:
    """The step is done, with its proof, and the final report is sent."""
    page = desk.open(f"/northlight{GIVEN}")
    expect(page.get_by_text("It is not clear what it requires")).to_be_visible()
    follow(desk, "Record it done for step-1")
    page.get_by_label("What was done?").fill("Locked at the head end.")
    page.get_by_label("Add files").set_input_files(PROOF)
    appended(desk)
    desk.open(f"/northlight{GIVEN}")
    expect(page.locator(".pill", has_text="Complied with")).to_be_visible()
    follow(desk, "Send the final report")
    page.get_by_label("Add files").set_input_files({**PROOF, "name": "final-report.pdf"})
    appended(desk)
    desk.open(f"/northlight{GIVEN}")
    assert flaws(page) == []


def ask(desk: Desk) -> None:
    """The Authority asks for evidence of one clause."""
    desk.open("/authority/requests")
    page = follow(desk, "Ask for evidence")
    page.get_by_label("Which organisation is it about?").select_option("northlight")
    page.get_by_label("Which clauses is it about?").fill("Z.9")
    page.get_by_label("By which day?").fill(SOON)
    page.get_by_label("What is asked for?").fill("What shows that the policy is given effect.")
    appended(desk)


def answer(desk: Desk) -> None:
    """The licensee answers with a bundle that is built on the page."""
    page = desk.open("/northlight/requests")
    follow(desk, "request/authority-1")
    press(page, "Build a bundle")
    expect(page.get_by_role("button", name="Answer with this bundle")).to_be_visible()
    desk.read()
    press(page, "Answer with this bundle")
    page.get_by_label("Yes, everything").check()
    appended(desk)
    desk.open(f"/northlight{MADE}")
    expect(page.get_by_text("Answered in full")).to_be_visible()
    assert re.fullmatch(r"authority-\d+\.tlog-proof", taken(page, "Receipt of the Authority"))
    assert flaws(page) == []


def taken(page: Page, link: str | re.Pattern[str]) -> str:
    """What a file is called that a link gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    return download.value.suggested_filename


def see_it_through(secretary: Desk, authority: Desk) -> None:
    """Both issuers see the final report with its file, and take the receipt."""
    for desk, name in ((secretary, "department"), (authority, "authority")):
        page = desk.open(f"/{name}{GIVEN}")
        desk.read()
        expect(page.locator(".pill", has_text="Complied with")).to_be_visible()
        expect(page.get_by_text("Final report")).to_be_visible()
        assert taken(page, "final-report.pdf") == "final-report.pdf"
        assert re.fullmatch(r"northlight-\d+\.tlog-proof", taken(page, "Receipt of northlight"))
    assert flaws(authority.page) == []


def take_the_answer(authority: Desk) -> None:
    """The Authority has the whole answer, and saves its bundle."""
    authority.open(f"/authority{MADE}")
    authority.read()
    expect(authority.page.get_by_text("Answered in full")).to_be_visible()
    assert taken(authority.page, re.compile(r"northlight-request-authority-1.*\.tar")).endswith(".tar")
