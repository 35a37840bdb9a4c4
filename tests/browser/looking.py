"""What axe finds on a page, in light and dark, wide and on a phone; and whether anything scrolls sideways."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it comes without types

from tests.browser.desk import PHONE, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = Axe()


def flaws(page: Page) -> list[str]:
    """Everything that is wrong with how a page is built or drawn."""
    found = []
    for (width, height), scheme in product((WIDE, PHONE), SCHEMES):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}, {width} wide: {flaw}" for flaw in _flaws(page)]
    return found


def _flaws(page: Page) -> list[str]:
    found = [f"{page.evaluate(OVERFLOW)} px too wide"] if page.evaluate(OVERFLOW) else []
    answer = AXE.run(page).response
    assert answer["url"] == page.url
    return found + [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in answer["violations"]
        for node in one["nodes"]
    ]
