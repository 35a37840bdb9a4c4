"""The guide's newcomer: a store of their own, the example's files, and each step as the guide tells it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.desk import PASSWORD, ago
from tests.browser.serving import ROOT
from tests.browser.writing import APPEND, PREVIEW, press

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import FilePayload, Locator

    from tests.browser.desk import Desk

HOME = "brightwater"
FILES = ROOT / "examples" / "northlight"
DESIGNED, OPERATED = "As designed", "As operated"
HARMS = ("loss of data", "access to data", "loss of supply")
BINDS = "2013-03-04"


def make_own_home(home: Path) -> Path:
    """A home with the ledger that `meterward init` opens, and nothing else."""
    licences = [word for fuel in ("electricity", "gas") for word in ("--licence", f"{fuel}={BINDS}")]
    command = [sys.executable, "-m", "meterward", "init", HOME, *licences, "--security-manager", "security"]
    command += ["--password-stdin", "--home", str(home)]
    subprocess.run(command, cwd=ROOT, check=True, input=f"{PASSWORD}\n".encode(), timeout=60, capture_output=True)
    return home


def go(desk: Desk, *names: str) -> None:
    """Follow links by their words, one after the other, and read each page."""
    for name in names:
        desk.follow(desk.page.get_by_role("link", name=name, exact=True).first)


def standing(desk: Desk) -> list[str]:
    """What the position says of Z.4, licence by licence."""
    desk.open(f"/{HOME}/")
    desk.read()
    return [status_of(desk, fuel) for fuel in ("electricity", "gas")]


def status_of(desk: Desk, fuel: str, clause: str = "Z.4") -> str:
    """The status of a clause under one licence, in a word."""
    row = desk.page.locator(f"#licence-{fuel} .rows li").filter(has=link(desk, clause))
    return row.first.locator(".pill").first.inner_text().split("\n")[-1].strip()


def link(desk: Desk, name: str) -> Locator:
    """A link that is called so."""
    return desk.page.get_by_role("link", name=name, exact=True)


def let_it_bind(desk: Desk) -> None:
    """From the new position to the record of the day on which the condition comes into force."""
    page = desk.page
    desk.follow(page.get_by_role("link", name="Supply it").first)
    page.get_by_label("On which day was it?").fill(BINDS)
    page.get_by_label(re.compile("^Day")).fill(BINDS)
    page.get_by_label("Instrument").fill("modification-notice")
    append(desk)


def append(desk: Desk) -> None:
    """Preview and append, and read both pages."""
    press(desk.page, PREVIEW)
    desk.read()
    press(desk.page, APPEND)
    landed(desk)


def landed(desk: Desk) -> None:
    """What was told became a record."""
    expect(desk.page.get_by_text("Appended as entry")).to_be_visible()
    desk.read()


def choose(desk: Desk, name: str) -> None:
    """Choose a file under Import, and see what it changes."""
    page = desk.page
    desk.open(f"/{HOME}/system/import")
    desk.read()
    page.get_by_label("Which file?").set_input_files(FILES / name)
    press(page, "Read the file")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Import {name}")
    desk.read()


def tell(desk: Desk) -> None:
    """Tell what a file changes."""
    desk.page.get_by_label("What is it due to?").fill("The inventory of this month.")
    desk.page.get_by_role("button", name=re.compile("^Tell th")).click()
    landed(desk)


def tell_bill(desk: Desk) -> None:
    """Say whose a bill of materials is, and tell it."""
    desk.page.get_by_label("Whose bill of materials is it?").select_option("element/head-end")
    press(desk.page, "Read it for this element")
    desk.read()


def measure(desk: Desk) -> None:
    """Compare feed and inventory for today."""
    page = desk.page
    desk.open(f"/{HOME}/system/coverage")
    go(desk, "Measure it now")
    page.get_by_label("Registration feed", exact=True).set_input_files(FILES / "feed.csv")
    page.get_by_label("Meter inventory", exact=True).set_input_files(FILES / "inventory.csv")
    page.get_by_role("button", name="Compare them").click()
    expect(page.get_by_role("heading", name="Tell it in the ledger")).to_be_visible()
    desk.read()


def cover(desk: Desk, power: str, sides: Sequence[str], why: str, *, whole: bool = True) -> None:
    """Choose cells in the matrix, those of the elements over which the licensee has so much power; empty for all."""
    page = desk.page
    desk.open(f"/{HOME}/system/matrix")
    if power:
        page.locator("select[name=power]").select_option(power)
        press(page, "Find")
    if whole:
        page.get_by_label("Cover The system as a whole").check()
    page.get_by_label(re.compile(r"^All \d+ elements that are found")).check()
    for one in (f"{side}: {harm}" for side in sides for harm in HARMS):
        page.get_by_label(one).check()
    if not sides:
        page.get_by_label("What was done instead").check()
    page.get_by_label("Why does it speak for each of them?").fill(why)
    desk.read()
    press(page, "Write the record")
    desk.read()


def claim(desk: Desk) -> None:
    """Say that the cells hold, and show nothing."""
    desk.page.get_by_label("It holds").check()
    desk.page.get_by_label("Claimed: somebody says so").check()


def show(desk: Desk, name: str) -> None:
    """Say that the cells hold, with a file that shows it for a year."""
    file: FilePayload = {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4 looked at"}
    desk.page.get_by_label("It holds").check()
    desk.page.get_by_label("Evidenced: a document shows it").check()
    desk.page.get_by_label("Add files").set_input_files(file)
    desk.page.get_by_label("Until which day?").fill(ago(-364).isoformat())
