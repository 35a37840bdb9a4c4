"""The guide's assessor goes on: risks treated, the assessment completed, and what is asked when something happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.assessor import risks, say, supply
from tests.browser.desk import ago
from tests.browser.newcomer import FILES, HOME, append
from tests.browser.writing import APPEND, press

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

    from tests.browser.desk import Desk

DOCUMENT: FilePayload = {"name": "policy.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 how it is done"}
RELEASE = "Two people release every bulk command"
WEAKNESS = "CVE-2023-46604"


def plan(desk: Desk, risk: str, label: str, lowers: tuple[int, int], cost: int) -> None:
    """A measure against a risk."""
    page = desk.page
    desk.open(f"/{HOME}/risks/register/{risk}")
    desk.follow(page.get_by_role("link", name="Plan a measure").first)
    page.get_by_label("What is it called?").fill(label)
    page.get_by_label(re.compile("^Modify")).check()
    page.get_by_label("Levels less of likelihood").fill(str(lowers[0]))
    page.get_by_label("Levels less of the consequences").fill(str(lowers[1]))
    page.get_by_label("Who answers for it?").fill("p-01")
    page.get_by_label("By which day does it operate?").fill(ago(-60).isoformat())
    page.get_by_label("What does it cost once?").fill(str(cost))
    say(desk)


def accept(desk: Desk) -> None:
    """The board accepts for half a year what cannot be changed sooner."""
    risks(desk, "One key opens a whole population of meters", "Accept it for a time")
    page = desk.page
    page.get_by_label("Until when is it accepted?").fill(ago(-180).isoformat())
    page.get_by_label("What is done, or why is it accepted?").fill("New keys come with the next delivery.")
    say(desk)


def show_that_it_works(desk: Desk) -> None:
    """What was planned was found to work, and a file shows it."""
    risks(desk, "Treatment plan")
    page = desk.page
    desk.follow(page.get_by_role("link", name=re.compile(f"^How far it is.*{RELEASE}")))
    page.get_by_label(re.compile("^Effective")).check()
    page.get_by_label(re.compile("^Evidenced")).check()
    page.get_by_label("Add files").set_input_files({**DOCUMENT, "name": "releases-of-march.pdf"})
    say(desk)


def complete(desk: Desk) -> None:
    """The register was gone through."""
    risks(desk, "Assessments")
    press(desk.page, "Complete an assessment")
    desk.read()
    desk.page.locator("[name='text.method']").fill("A workshop, the catalogue, and what makers told us.")
    say(desk)


def issue_a_policy_based_on_it(desk: Desk) -> None:
    """A version that cites the assessment, and says something of everything."""
    page = desk.page
    supply(desk, "Z.9(a)")
    page.locator("[name='facts.assessment']").select_option(index=1)
    page.get_by_label("From when is it in effect?").fill(ago(0).isoformat())
    for box in page.locator("[name='facts.provisions'], [name='facts.addresses']").all():
        box.check()
    page.get_by_label("Add files").set_input_files(DOCUMENT)
    append(desk)


def judge(desk: Desk) -> None:
    """The provision for treating risks is appropriate, for a reason."""
    supply(desk, "Z.10(a)")
    desk.page.locator("[name='facts.answer'][value=yes]").check()
    desk.page.locator("[name='text.reasons']").fill(
        "Each risk above appetite has a measure, or an acceptance that ends."
    )
    append(desk)


def adopt(desk: Desk) -> None:
    """A solution design with each risk above appetite and what treats it."""
    risks(desk, "Solution design")
    press(desk.page, "Adopt a design")
    desk.read()
    say(desk)
    risks(desk, "Solution design")


def compare_threats(desk: Desk) -> None:
    """Weaknesses that are exploited, beside the system."""
    risks(desk, "Threats")
    page = desk.page
    page.locator("main input[type=file]").set_input_files(FILES / "kev-extract.json")
    page.get_by_role("button", name="Compare them").click()
    expect(page.get_by_text("6 matches (6 possible)")).to_be_visible()
    desk.read()


def tell_threats(desk: Desk) -> None:
    """What was found, in the ledger."""
    desk.page.get_by_label("Where did the files come from?").fill("CISA's catalogue, an extract.")
    press(desk.page, APPEND)
    expect(desk.page.get_by_text("Told in the ledger")).to_be_visible()
    desk.read()


def identify(desk: Desk) -> None:
    """A risk that no scenario suggested."""
    risks(desk, "Identify a risk")
    page = desk.page
    page.get_by_label("What is it called?").fill("The message broker of the head end is taken over")
    page.get_by_label("What is its short name?").fill("risk/R-05")
    page.locator("[name='facts.consequences'][value=supply]").check()
    page.locator("[name='facts.elements.0']").select_option("element/head-end")
    say(desk)


def settle(desk: Desk) -> None:
    """The weakness of the broker bears on the new risk."""
    risks(desk, "Queue")
    page = desk.page
    desk.follow(page.get_by_role("link", name="Settle the match").filter(has_text=WEAKNESS))
    page.get_by_label("It bears on risks of the register").check()
    press(page, "Add a row to Which risks, if it bears on some?")
    page.locator("[name='facts.risks.0']").select_option("risk/R-05")
    page.locator("[name='text.reason']").fill("The version in use is one of those named.")
    say(desk)


def review(desk: Desk) -> None:
    """The policy was looked at again, as a whole: that answers whatever happened."""
    supply(desk, "Z.11")
    page = desk.page
    page.locator("button[name=remove][value='facts.events.0']").click()
    expect(page.locator("[name='facts.events.0']")).to_have_value("")
    page.get_by_label("Which version was reviewed?").select_option("policy/2")
    page.get_by_label("Keep it as it is").check()
    page.get_by_label("What was considered and concluded?").fill("It says what is done of each; nothing changes.")
    append(desk)
