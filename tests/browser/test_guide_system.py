"""The guide's newcomer imports the example's files, and Z.4 leaves “indeterminate” by evidence, never by a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desks import Desks
from tests.browser.guides import guide
from tests.browser.newcomer import (
    DESIGNED,
    HOME,
    OPERATED,
    append,
    choose,
    claim,
    cover,
    go,
    landed,
    let_it_bind,
    link,
    make_own_home,
    measure,
    show,
    standing,
    tell,
    tell_bill,
)
from tests.browser.serving import served
from tests.browser.writing import APPEND, pill, press, turns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.desk import Desk

OPEN, MET = ["Indeterminate"] * 2, ["Met"] * 2


@pytest.fixture
def newcomer(browser: Browser, tmp_path: Path) -> Iterator[Desks]:
    with served(make_own_home(tmp_path / "template"), tmp_path / "home", example=False) as address:
        made = Desks(browser, address, {})
        yield made
        made.clear()


def test_the_system_from_files_to_proof(newcomer: Desks) -> None:
    desk = newcomer.take("security", f"/{HOME}/")
    desk.read()
    assert standing(desk) == ["Not in force"] * 2
    let_it_bind(desk)
    assert standing(desk) == OPEN
    tell_what_there_is(desk)
    assert standing(desk) == OPEN
    look_around(desk)
    count_premises(desk)
    fill_the_matrix(desk)
    assert guide("system").unseen(desk.seen) == []


def tell_what_there_is(desk: Desk) -> None:
    """Each file in the order of the guide; what the spreadsheet says was told by then."""
    go(desk, "System", "Import a file")
    for name, changes in (("elements.csv", 62), ("links.csv", 141), ("populations.csv", 40)):
        choose(desk, name)
        expect(desk.page.get_by_role("button", name=f"Tell these {changes} changes")).to_be_visible()
        tell(desk)
    for name in ("northlight.xlsx", "head-end.cdx.json"):
        choose(desk, name)
        if name == "head-end.cdx.json":
            tell_bill(desk)
        expect(desk.page.get_by_role("heading", name="There is nothing to tell")).to_be_visible()
        desk.read()


def look_around(desk: Desk) -> None:
    """Table, an element, map and what changed."""
    go(desk, "System", "Head end", "System", "Map")
    expect(desk.page.locator("#map[data-drawn]")).to_be_visible()
    desk.read()
    go(desk, "What changed", "Contracts", "Roll-out")


def count_premises(desk: Desk) -> None:
    """Coverage, told with the list of what does not match left out."""
    measure(desk)
    expect(desk.page.get_by_role("row", name="none 34 2.6 % 50 2.5 % 84 2.6 %")).to_be_visible()
    desk.page.get_by_label("Attach the list of what does not match").uncheck()
    press(desk.page, APPEND)
    landed(desk)
    go(desk, "System", "Coverage")
    assert standing(desk) == OPEN


def fill_the_matrix(desk: Desk) -> None:
    """A claim, two proofs of what is within the licensee's power, and what was done instead of the rest."""
    cover(desk, "", (DESIGNED, OPERATED), "One team looks after all of it.")
    claim(desk)
    append(desk)
    assert turns(desk.page, "Z.4") == ["Indeterminate"]
    assert standing(desk) == OPEN
    for side, file in ((DESIGNED, "design-review.pdf"), (OPERATED, "operating-review.pdf")):
        cover(desk, "within", (side,), "One review went through each of them.")
        show(desk, file)
        append(desk)
        assert standing(desk) == OPEN
    go(desk, "Z.4", "fill them in the matrix")
    cover(desk, "limited", (), "The contracts ask for the same of each of them.", whole=False)
    show(desk, "contracts.pdf")
    append(desk)
    assert standing(desk) == MET
    go(desk, "Z.4")
    readings = desk.page.get_by_role("list", name="The readings side by side").get_by_role("listitem")
    for reading in ("union", "equipment"):
        expect(pill(readings.filter(has=link(desk, reading)), "Met")).to_be_visible()
    go(desk, "System", "Matrix")
