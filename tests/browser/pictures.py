"""Takes the pictures of the guide anew: `python -m tests.browser.pictures`, or with names to take only some of them.

The example is told from the day on which it is made, so days in the pictures differ from one making to the next; what
is seen in them does not. That they are there and small is tested, not that they are of today.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

from tests.browser import assessor, treating
from tests.browser.desk import Desk, launch
from tests.browser.newcomer import (
    DESIGNED,
    HOME,
    OPERATED,
    append,
    choose,
    cover,
    let_it_bind,
    make_own_home,
    measure,
    show,
    tell,
)
from tests.browser.png import small
from tests.browser.serving import ROOT, make_home, served
from tests.browser.writing import APPEND, PREVIEW, consider, find, press, supply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 150_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A window on a page, as one person sees it."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = (1120, 760)
    to: str = ""
    """What stands at the top of the window; empty for the top of the page."""
    act: Callable[[Desk], None] | None = None
    """What is done there first."""

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.name}.png"


def preview_a_finding(desk: Desk) -> None:
    """As far as the guide's security manager goes before appending."""
    supply(desk.page)
    find(desk.page)
    press(desk.page, PREVIEW)


def consider_the_policy(desk: Desk) -> None:
    """What the guide's senior manager does, and back to the clause."""
    page = desk.page
    clause = page.url
    supply(page)
    consider(page)
    press(page, PREVIEW)
    press(page, APPEND)
    page.goto(clause)


def look_at_elements(desk: Desk) -> None:
    """As far as the guide's newcomer goes before telling the first file."""
    let_it_bind(desk)
    choose(desk, "elements.csv")


def draw_the_map(desk: Desk) -> None:
    """All files told, and what they say drawn."""
    for name in ("elements.csv", "links.csv", "populations.csv"):
        choose(desk, name)
        tell(desk)
    desk.open(f"/{HOME}/system/map")
    expect(desk.page.locator("#map[data-drawn]")).to_be_visible()


def preview_the_last_proof(desk: Desk) -> None:
    """What is within the newcomer's power shown, and the rest about to be."""
    cover(desk, "within", (DESIGNED, OPERATED), "One review went through each of them.")
    show(desk, "review.pdf")
    append(desk)
    write_what_was_done_instead(desk)
    press(desk.page, PREVIEW)


def write_what_was_done_instead(desk: Desk) -> None:
    """The form of the last proof, filled in."""
    cover(desk, "limited", (), "The contracts ask for the same of each of them.", whole=False)
    show(desk, "contracts.pdf")


def fill_the_matrix(desk: Desk) -> None:
    """The last proof appended, and the matrix that it fills."""
    write_what_was_done_instead(desk)
    append(desk)
    desk.open(f"/{HOME}/system/matrix")


def choose_proposals(desk: Desk) -> None:
    """The scales, the workshop's sheet, and three scenarios about to be taken up."""
    desk.set_up_factor(f"/{HOME}/")
    let_it_bind(desk)
    assessor.appoint(desk)
    assessor.establish(desk)
    assessor.read_the_workshop(desk)
    assessor.tell_the_workshop(desk)
    assessor.risks(desk, "Proposals")
    desk.page.locator("input[name=scenario][value=mass-disconnection]").check()


def draw_the_heat_map(desk: Desk) -> None:
    """All taken up and estimated."""
    assessor.take_up(desk, *assessor.SCENARIOS)
    assessor.take_up_with_its_bill(desk)
    for told in assessor.BY_HAND:
        assessor.estimate(desk, told)
    assessor.risks(desk, "Heat map")


def show_how_a_level_came_about(desk: Desk) -> None:
    """A measure planned, and shown to work."""
    treating.plan(desk, "R-01", treating.RELEASE, (2, 1), 180_000)
    treating.show_that_it_works(desk)
    assessor.risks(desk, "Supply is cut to many customers at once")


def complete_the_assessment(desk: Desk) -> None:
    """The assessment, with what it says of coverage."""
    treating.complete(desk)
    assessor.risks(desk, "Assessments")


def wait_for_the_rows(desk: Desk) -> None:
    """Every licensee is up to date."""
    expect(desk.page.locator(".underway")).to_have_count(0, timeout=60_000)


def look_at_the_queue(desk: Desk) -> None:
    """What a comparison put there."""
    treating.compare_threats(desk)
    treating.tell_threats(desk)
    assessor.risks(desk, "Queue")


PICTURES = (
    Picture("sign-in", "", "/sign-in", (900, 760)),
    Picture("position-wide", "security", "/northlight/", (1360, 900)),
    Picture("contested", "security", "/northlight/clauses/Z.14(b)", (1120, 900)),
    Picture("preview", "security", "/northlight/clauses/Z.13(a)", (1120, 560), "", preview_a_finding),
    Picture("position-phone", "board", "/northlight/", (390, 844)),
    Picture("record", "auditor", "/northlight/records/778", (1120, 760)),
    Picture("records", "auditor", "/northlight/records?words=gateway", (1120, 620)),
    Picture("breached", "authority", "/northlight/clauses/Z.19", (1120, 760)),
    Picture("changes", "authority", "/northlight/changes", (1120, 760)),
    Picture("audit", "auditor", "/auditor-a/audits/northlight/2", (1120, 860)),
    Picture("direction", "security", "/northlight/directions/given/2", (1120, 860)),
    Picture("licensees", "authority", "/authority/", (1280, 620), "", wait_for_the_rows),
    Picture("considered", "board", "/northlight/clauses/Z.12", (1120, 420), "", consider_the_policy),
)
"""Of the example, in this order: the last one changes the ledger."""
OWN_PICTURES = (
    Picture("system-import", "security", f"/{HOME}/", (1120, 620), "", look_at_elements),
    Picture("system-map", "security", f"/{HOME}/", (1120, 900), "", draw_the_map),
    Picture("system-coverage", "security", f"/{HOME}/", (1120, 600), "", measure),
    Picture("system-proof", "security", f"/{HOME}/", (1120, 420), "", preview_the_last_proof),
    Picture("system-matrix", "security", f"/{HOME}/", (1120, 760), "", fill_the_matrix),
)
"""Of a store of one's own, in this order: each goes on where the one before it stopped."""
RISK_PICTURES = (
    Picture("risk-proposals", "security", f"/{HOME}/", (1120, 760), "", choose_proposals),
    Picture("risk-map", "security", f"/{HOME}/", (1120, 1060), "", draw_the_heat_map),
    Picture("risk-level", "security", f"/{HOME}/", (1120, 900), "", show_how_a_level_came_about),
    Picture("risk-assessments", "security", f"/{HOME}/", (1120, 860), "", complete_the_assessment),
    Picture("risk-queue", "security", f"/{HOME}/", (1120, 760), "", look_at_the_queue),
)
"""Likewise, of a store whose system is told."""
ALL = (*PICTURES, *OWN_PICTURES, *RISK_PICTURES)


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """One picture, as PNG."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    desk = Desk(context, address)
    page = desk.sign_in(picture.who, picture.path) if picture.who else desk.open(picture.path)
    if picture.act:
        picture.act(desk)
    if picture.to:
        page.locator(picture.to).first.evaluate("place => place.scrollIntoView()")
    taken = page.screenshot()
    desk.close()
    return taken


def take_all(pictures: Sequence[Picture], make: Callable[[Path], Path], *, example: bool) -> Iterator[str]:
    """Take pictures of one store and keep them; what is said about each."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        template = make(Path(folder) / "template")
        browser = launch(playwright)
        with served(template, Path(folder) / "home", example=example) as address:
            for picture in pictures:
                taken = small(take(browser, address, picture))
                picture.file.write_bytes(taken)
                yield f"{picture.name}: {len(taken):,} bytes{', too many' if len(taken) > LARGEST else ''}"
        browser.close()


if __name__ == "__main__":
    names = sys.argv[1:]
    if wanted := [one for one in PICTURES if one.name in names or not names]:
        sys.stdout.writelines(f"{line}\n" for line in take_all(wanted, make_home, example=True))
    for series, make in ((OWN_PICTURES, make_own_home), (RISK_PICTURES, assessor.make_told_home)):
        if not names or any(one.name in names for one in series):
            sys.stdout.writelines(f"{line}\n" for line in take_all(series, make, example=False))
