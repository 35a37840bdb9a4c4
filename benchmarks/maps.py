"""The map of a system in a real browser: how long until somebody can walk it, beside its table and an easy page."""

from __future__ import annotations

import statistics
import time
from random import Random
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.installation import installed, load, row
from benchmarks.systems import PASSWORD, SEED, commas, elements, links, opened, run
from tests.browser.desk import launch
from tests.browser.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

LICENSEE = "brightwater"
TIMES = 5
EACH = 2
"""So many links for each element, as the example has them."""
DRAWN = "#map[data-drawn]"
"""The map says so itself once every element has its place and keys are heard."""


def measure(size: int) -> None:
    """Print how long the map of so many elements, and twice as many links, takes to be drawn."""
    with installed() as home:
        opened(LICENSEE)
        for name, rows in (("elements", elements(size)), ("links", links(size, Random(SEED), EACH))):
            file = commas(home / f"{name}.csv", [*rows])
            run("system", "import", str(file), "--licensee", LICENSEE, "--as", f"{LICENSEE}.security")
        load()
        with served(home, home / "served", example=False) as address, sync_playwright() as playwright:
            browser = launch(playwright)
            page = browser.new_page()
            _sign_in(page, address)
            for what, place, sign in (
                ("ledger, an easy page", "ledger", "main"),
                ("table of elements", "system", "main table"),
                ("map, drawn and walked by keys", "system/map", DRAWN),
            ):
                times = [_seconds(page, f"{address}/{LICENSEE}/{place}", sign) for _ in range(TIMES)]
                row(f"{what}, s", median=statistics.median(times), most=max(times))
            browser.close()
        load()


def _sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("#name").fill(f"{LICENSEE}.security")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def _seconds(page: Page, address: str, sign: str) -> float:
    started = time.perf_counter()
    page.goto(address)
    page.locator(sign).first.wait_for(timeout=60_000)
    return time.perf_counter() - started
