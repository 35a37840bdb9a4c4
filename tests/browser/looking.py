"""What axe finds on a page, in light and dark, wide and on a phone; and whether anything scrolls sideways."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it comes without types

from tests.browser.desk import PHONE, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 390, 768, 1024, 1120, 1280, 1600)
"""What pages are read at: a small phone, a phone, a tablet, and windows beside others or alone."""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SQUEEZED = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.children.length === 0 && one.textContent.trim().length > 40)
    .filter(one => one.offsetWidth > 1 && one.offsetWidth < 110 && one.offsetHeight > 100)
    .map(one => one.textContent.trim().slice(0, 40))"""
AXE = Axe()
RUN = "rules => axe.run({resultTypes: ['violations'], ...rules && {runOnly: rules}})"
CONTRAST = ["color-contrast"]
"""What the dark differs in from the light; everything else that axe looks at is the same in both."""


def flaws(page: Page) -> list[str]:
    """Everything that is wrong with how a page is built or drawn."""
    found = []
    page.evaluate(AXE.axe_script)
    for scheme, (width, height) in product(SCHEMES, (WIDE, PHONE)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}, {width} wide: {flaw}" for flaw in _violations(page, dark=scheme == "dark")]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} wide: {flaw}" for flaw in _overflows(page)]
    return found


def _overflows(page: Page) -> list[str]:
    beyond = page.evaluate(TOO_WIDE)
    found = [f"it goes {beyond} px beyond the window"] if beyond else []
    return found + [f"one word a line: {text}" for text in page.evaluate(SQUEEZED)]


def _violations(page: Page, *, dark: bool) -> list[str]:
    answer = page.evaluate(RUN, CONTRAST if dark else None)
    assert answer["url"] == page.url
    assert dark or "document-title" in {one["id"] for one in answer["passes"]}
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in answer["violations"]
        for node in one["nodes"]
    ]
