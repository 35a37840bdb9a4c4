"""The guide's assessor: the newcomer's system told, and each step from no risk to an assessment that is kept alive."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import expect

from tests.browser.desk import PASSWORD, ago
from tests.browser.newcomer import BINDS, FILES, HOME, append, go, landed, make_own_home
from tests.browser.serving import ROOT
from tests.browser.writing import APPEND, press

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.desk import Desk

SCENARIOS = ("mass-disconnection", "one-key-for-the-fleet", "time-source-falsified")
Three = tuple[int, int, int]


class Estimate(NamedTuple):
    """What is said of one risk: a level or three points of likelihood, and of each consequence."""

    risk: str
    state: str
    likelihood: int | Three
    consequences: Mapping[str, int | Three]
    why: str
    source: str = "Workshop of March"


BY_HAND = (
    Estimate(
        "R-01", "inherent", 3, {"supply": 5, "money": 4, "continuity": 3, "reputation": 4}, "One account sends it."
    ),
    Estimate("R-01", "target", 1, {"supply": 4, "money": 3, "continuity": 2, "reputation": 3}, "Never by one alone."),
    Estimate("R-02", "inherent", 4, {"supply": 5, "data_access": 4, "money": 4, "rollout": 4}, "Any meter has it."),
    Estimate(
        "R-02",
        "current",
        (20, 150, 600),
        {"supply": (5_000, 30_000, 150_000), "data_access": 3, "money": (200_000, 1_500_000, 6_000_000), "rollout": 3},
        "Two makers told us how long their seals hold.",
    ),
    Estimate("R-03", "current", 2, {"data_loss": 2, "bills": 2, "continuity": 2}, "Two sources are compared."),
    Estimate("R-04", "current", 1, {"supply": 4, "data_access": 3, "continuity": 3}, "Updates wait for two weeks."),
)


def make_told_home(home: Path) -> Path:
    """A newcomer's home whose system is told, with somebody of senior management who may sign in."""
    make_own_home(home)
    for name in ("elements", "links", "populations"):
        file = str(FILES / f"{name}.csv")
        run(
            home,
            "system",
            "import",
            file,
            "--licensee",
            HOME,
            "--on",
            BINDS,
            "--as",
            "security",
            "--note",
            "All there is.",
        )
    run(home, "person", "add", "board", "--pseudonym", "p-02", "--organisation", HOME, "--password-stdin")
    return home


def run(home: Path, *words: str) -> None:
    """A command over this home."""
    command = [sys.executable, "-m", "meterward", *words, "--home", str(home)]
    subprocess.run(command, cwd=ROOT, check=True, input=f"{PASSWORD}\n".encode(), timeout=60, capture_output=True)


def say(desk: Desk) -> None:
    """Append without a preview."""
    press(desk.page, APPEND)
    landed(desk)


def risks(desk: Desk, *names: str) -> None:
    """The register, and on by links from there."""
    desk.open(f"/{HOME}/risks")
    desk.read()
    go(desk, *names)


def supply(desk: Desk, clause: str) -> None:
    """The form of what a clause lacks first."""
    desk.open(f"/{HOME}/clauses/{clause}")
    desk.read()
    desk.follow(desk.page.get_by_role("link", name="Supply it").first)


def issue_the_policy_there_is(desk: Desk) -> None:
    """A version that says nothing of risks."""
    supply(desk, "Z.9")
    desk.page.get_by_label("From when is it in effect?").fill(ago(0).isoformat())
    append(desk)


def appoint(desk: Desk) -> None:
    """The senior manager, by a record."""
    desk.open(f"/{HOME}/append")
    desk.read()
    desk.follow(desk.page.get_by_role("link", name="Role appointed").first)
    desk.page.get_by_label(re.compile("^Person")).fill("p-02")
    desk.page.get_by_label("Senior manager").check()
    say(desk)


def establish(desk: Desk) -> None:
    """The context, from the starting scales."""
    risks(desk, "Establish the context", "fill in starting scales")
    desk.page.get_by_label("Why these scales, and this appetite?").fill(
        "Half a day off supply is what we can answer for."
    )
    say(desk)


def consider(desk: Desk, subject: str) -> None:
    """What a senior manager weighed."""
    page = desk.page
    desk.open(f"/{HOME}/append/management.considered?subject={subject}")
    desk.read()
    page.get_by_label(re.compile("^p-02", re.IGNORECASE)).check()
    page.get_by_label("The whole document").check()
    page.get_by_label("What was weighed and concluded?").fill("Weighed whole; nothing to add.")
    say(desk)


def read_the_workshop(desk: Desk) -> None:
    """The workshop's sheet, compared with the register."""
    risks(desk, "Import")
    desk.page.get_by_label("Which file?").set_input_files(FILES / "workshop.csv")
    press(desk.page, "Read the file")
    expect(desk.page.get_by_role("button", name="Tell these 20 changes")).to_be_visible()
    desk.read()


def tell_the_workshop(desk: Desk) -> None:
    """What it says, in the register."""
    press(desk.page, "Tell these 20 changes")
    landed(desk)


def take_up(desk: Desk, *scenarios: str) -> None:
    """Tick scenarios among the proposals, and take them up."""
    risks(desk, "Proposals")
    for one in scenarios:
        desk.page.locator(f"input[name=scenario][value={one}]").check()
    press(desk.page, "Take up")
    desk.read()


def take_up_with_its_bill(desk: Desk) -> None:
    """One scenario opens a form, to which the head end's bill of materials is attached."""
    take_up(desk, "poisoned-software-update")
    desk.page.get_by_label("Add files").set_input_files(FILES / "head-end.cdx.json")
    say(desk)


def dismiss(desk: Desk) -> None:
    """Say why one scenario makes no risk here."""
    risks(desk, "Proposals", "One infected device passes it on from home to home by radio")
    press(desk.page, "Not here: say why")
    desk.page.get_by_label(re.compile("^Why")).first.fill("Hubs take radio software from the carrier alone.")
    say(desk)


def write_estimate(desk: Desk, told: Estimate) -> None:
    """The form of an estimate, from the risk's page, filled in."""
    page = desk.page
    desk.open(f"/{HOME}/risks/register/{told.risk}")
    desk.read()
    desk.follow(page.get_by_role("link", name="Estimate it").first)
    page.locator(f"[name='facts.state'][value={told.state}]").check()
    amount(desk, "facts.likelihood", "facts.often", told.likelihood)
    for place, (name, found) in enumerate(told.consequences.items()):
        row = f"facts.consequences.{place}"
        expect(page.locator(f"[name='{row}.consequence']")).to_have_value(name)
        amount(desk, f"{row}.level", f"{row}.points", found)
    page.get_by_label(re.compile("^Why", re.IGNORECASE)).last.fill(told.why)
    page.locator("[name='facts.sources']").fill(told.source)


def estimate(desk: Desk, told: Estimate) -> None:
    """An estimate, appended without a preview."""
    write_estimate(desk, told)
    say(desk)


def amount(desk: Desk, level: str, points: str, found: int | Three) -> None:
    """A level, or three points."""
    if isinstance(found, int):
        desk.page.locator(f"[name='{level}']").select_option(str(found))
        return
    desk.page.locator(f"[name='{level}']").select_option("")
    for name, one in zip(("low", "likely", "high"), found, strict=True):
        desk.page.locator(f"[name='{points}.{name}']").fill(str(one))
