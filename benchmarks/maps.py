"""The map of a system in a real browser: how long until somebody can walk it, beside its table and an easy page."""

from __future__ import annotations

import csv
import statistics
import time
from random import Random
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.installation import installed, load, row
from benchmarks.systems import PASSWORD, SEED, commas, elements, links, opened, run
from tests.browser.desk import launch
from tests.browser.serving import ROOT, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LICENSEES = "brightwater", "harbour"
FILES = ROOT / "examples" / "northlight"
_NAMES = ("id", "name", "part_of", "source", "target")
TIMES = 5
EACH = 2
"""So many links at random for each element, as the example has them."""
DRAWN = "#map[data-drawn]"
"""The map says so itself once every element has its place and keys are heard."""


def measure(size: int) -> None:
    """Print how long the maps of so many elements take: of the example told over and over, and of links at random."""
    systems = {
        "like the example": {"elements": _example("elements", size), "links": _example("links", size)},
        "linked at random": {"elements": [*elements(size)], "links": [*links(size, Random(SEED), EACH)]},
    }
    with installed() as home:
        for licensee, tables in zip(LICENSEES, systems.values(), strict=True):
            opened(licensee)
            for name, rows in tables.items():
                file = commas(home / f"{name}.csv", rows)
                run("system", "import", str(file), "--licensee", licensee, "--as", f"{licensee}.security")
        load()
        with served(home, home / "served", example=False) as address, sync_playwright() as playwright:
            browser = launch(playwright)
            for licensee, (sort, tables) in zip(LICENSEES, systems.items(), strict=True):
                row(sort, **{name: len(rows) for name, rows in tables.items()})
                _pages(browser, address, licensee)
            browser.close()
        load()


def _pages(browser: Browser, address: str, licensee: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/sign-in")
    page.locator("#name").fill(f"{licensee}.security")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    for what, place, sign in (
        ("ledger, an easy page", "ledger", "main"),
        ("table of elements", "system", "main table"),
        ("map, drawn and walked by keys", "system/map", DRAWN),
    ):
        times = [_seconds(page, f"{address}/{licensee}/{place}", sign) for _ in range(TIMES)]
        row(f"{what}, s", median=statistics.median(times), most=max(times))
    page.context.close()


def _example(table: str, size: int) -> list[dict[str, str]]:
    """A table of the example's system, told over and over until there are about so many elements."""
    rows, times = _rows(table), size // len(_rows("elements"))
    return [
        {
            name: f"{value}-{time}" if name in _NAMES and value else value
            for name, value in one.items()
            if name != "bill"
        }
        for time in range(times)
        for one in rows
    ]


def _rows(table: str) -> list[dict[str, str]]:
    with (FILES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _seconds(page: Page, address: str, sign: str) -> float:
    started = time.perf_counter()
    page.goto(address)
    page.locator(sign).first.wait_for(timeout=60_000)
    return time.perf_counter() - started
