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

from playwright.sync_api import sync_playwright

from tests.browser.desk import Desk, launch
from tests.browser.png import small
from tests.browser.serving import ROOT, make_home, served
from tests.browser.writing import APPEND, PREVIEW, consider, find, press, supply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

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
    act: Callable[[Page], None] | None = None
    """What is done on the page first."""

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.name}.png"


def preview_a_finding(page: Page) -> None:
    """As far as the guide's security manager goes before appending."""
    supply(page)
    find(page)
    press(page, PREVIEW)


def consider_the_policy(page: Page) -> None:
    """What the guide's senior manager does, and back to the clause."""
    clause = page.url
    supply(page)
    consider(page)
    press(page, PREVIEW)
    press(page, APPEND)
    page.goto(clause)


PICTURES = (
    Picture("sign-in", "", "/sign-in", (900, 760)),
    Picture("position-wide", "security", "/northlight/", (1360, 900)),
    Picture("contested", "security", "/northlight/clauses/Z.14(b)", (1120, 900)),
    Picture("preview", "security", "/northlight/clauses/Z.13(a)", (1120, 560), "", preview_a_finding),
    Picture("position-phone", "board", "/northlight/", (390, 844)),
    Picture("record", "auditor", "/northlight/records/500", (1120, 760)),
    Picture("records", "auditor", "/northlight/records?words=gateway", (1120, 620)),
    Picture("breached", "authority", "/northlight/clauses/Z.19", (1120, 760)),
    Picture("changes", "authority", "/northlight/changes", (1120, 760)),
    Picture("considered", "board", "/northlight/clauses/Z.12", (1120, 420), "", consider_the_policy),
)
"""In this order: the last one changes the ledger."""


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """One picture, as PNG."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    desk = Desk(context, address)
    page = desk.sign_in(picture.who, picture.path) if picture.who else desk.open(picture.path)
    if picture.act:
        picture.act(page)
    if picture.to:
        page.locator(picture.to).first.evaluate("place => place.scrollIntoView()")
    taken = page.screenshot()
    desk.close()
    return taken


def take_all(pictures: Sequence[Picture]) -> Iterator[str]:
    """Take pictures and keep them; what is said about each."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        template = make_home(Path(folder) / "template")
        browser = launch(playwright)
        with served(template, Path(folder) / "home") as address:
            for picture in pictures:
                taken = small(take(browser, address, picture))
                picture.file.write_bytes(taken)
                yield f"{picture.name}: {len(taken):,} bytes{', too many' if len(taken) > LARGEST else ''}"
        browser.close()


if __name__ == "__main__":
    wanted = [one for one in PICTURES if one.name in sys.argv[1:] or len(sys.argv) == 1]
    sys.stdout.writelines(f"{line}\n" for line in take_all(wanted))
