"""A person at a desk: a browser with a page, signed in or not, that hears everything which goes wrong in it."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import expect

from tests.builders.factors import code_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright, Response

LEDGER = "northlight"
PASSWORD = "meterward-example"  # noqa: S105 - the example shows it to everybody
WIDE, PHONE = (1360, 1000), (390, 844)
SERVER_FAILED = 500
REFUSED = 400
PAGES = ("document", "xhr", "fetch")
"""What may be answered with a refusal; everything else that is asked for must be there."""

WORDS = """() => [
    document.title, document.body.innerText, document.body.textContent,
    ...[...document.querySelectorAll('[aria-label], [placeholder]')].map(one => one.ariaLabel || one.placeholder),
].join(' ')"""
"""Everything that somebody could read on a page, shown or folded away."""


def ago(days: int) -> date:
    """A day so many days before today. The example is told from today, so that no test names a day."""
    return datetime.now(UTC).date() - timedelta(days)


CODES: dict[tuple[str, str], list[str]] = {}
"""The recovery codes of those who set up a second factor, by server and name: each signs in once."""
PATIENCE = 15_000
"""So many milliseconds something may take on a machine that is busy with other tests."""

expect.set_options(timeout=PATIENCE)


def find_chromium() -> str:
    """The browser that Debian packs. Without it the tests fail: they are never skipped."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "The browser tests need Chromium. On Debian: apt-get install chromium"
    return found


def launch(playwright: Playwright) -> Browser:
    """A browser without a window. Letters and colours are drawn alike on every machine with the same fonts."""
    steady = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"]
    return playwright.chromium.launch(executable_path=find_chromium(), args=steady)


class Desk:
    """One person's browser."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.wrong: list[str] = []
        self.seen = ""
        self.name = ""
        context.on("page", self._listen)
        self.page = context.new_page()

    def open(self, path: str = f"/{LEDGER}/") -> Page:
        """Go to an address of the product."""
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, name: str, path: str = f"/{LEDGER}/") -> Page:
        """Sign in and go on to a page."""
        page = self.open(f"/sign-in?next={quote(path)}")
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        self.name = name
        if codes := CODES.get((self.address, name)):
            page.get_by_label("Code", exact=True).fill(codes.pop())
            page.get_by_role("button", name="Go on").click()
        expect(page).to_have_url(self.address + path)
        return page

    def set_up_factor(self, path: str) -> None:
        """Set up an app with codes for whoever signed in here, who decides something from now on; go on to a page."""
        page = self.open(f"/ways/app?next={quote(path)}")
        page.get_by_label("The code that the app shows now").fill(code_of(page.get_by_label("Secret").input_value()))
        page.get_by_role("button", name="Keep this app").click()
        CODES[self.address, self.name] = page.locator("ul.codes li").all_inner_texts()
        page.get_by_role("link", name="I have them").click()
        expect(page).to_have_url(self.address + path)

    def read(self) -> None:
        """Read everything on the page, aloud names and folded parts too; `seen` keeps it for later."""
        self.seen += " ".join(self.page.evaluate(WORDS).split()) + "\n"

    def follow(self, link: Locator) -> None:
        """Click what leads to another page, and read that."""
        with self.page.expect_navigation():
            link.click()
        self.read()

    def close(self) -> None:
        """Leave; whatever went wrong meanwhile fails the test."""
        self.context.close()
        assert self.wrong == []

    def _listen(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("response", self._look)

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused page is also said on the console; `_look` judges by its status.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"console: {message.text}")

    def _look(self, response: Response) -> None:
        refused = response.status >= REFUSED and response.request.resource_type not in PAGES
        if refused or response.status >= SERVER_FAILED:
            self.wrong.append(f"{response.status}: {response.url}")
