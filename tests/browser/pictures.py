"""Takes the pictures of the guide anew: `python -m tests.browser.pictures`, or with names to take only some of them.

The example is told from the day on which it is made, so days in the pictures differ from one making to the next; what
is seen in them does not. That they are there and small is tested, not that they are of today.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple

from playwright.sync_api import sync_playwright

from tests.browser.desk import Desk, launch
from tests.browser.png import small
from tests.browser.serving import ROOT, make_home, served

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 150_000


class Picture(NamedTuple):
    """A window on a page, as one person sees it."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = (1120, 760)
    scheme: Literal["light", "dark"] = "light"
    to: str = ""
    """What stands at the top of the window; empty for the top of the page."""

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.name}.png"


PICTURES = (
    Picture("sign-in", "", "/sign-in", (900, 860)),
    Picture("workplace", "security", "/northlight/"),
    Picture("workplace-dark", "security", "/northlight/", scheme="dark"),
    Picture("workplace-phone", "board", "/northlight/", (390, 844)),
)


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """One picture, as PNG."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=picture.scheme, reduced_motion="reduce"
    )
    desk = Desk(context, address)
    page = desk.sign_in(picture.who, picture.path) if picture.who else desk.open(picture.path)
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
