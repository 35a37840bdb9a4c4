"""The guide's assessor begins with no risk, and Z.9(a), Z.10(a) and Z.11 stand after each step as the guide says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import assessor, treating
from tests.browser.assessor import BY_HAND, Estimate, risks
from tests.browser.desk import ago
from tests.browser.desks import Desks
from tests.browser.guides import guide
from tests.browser.newcomer import HOME, let_it_bind, status_of
from tests.browser.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.desk import Desk

CLAUSES = ("Z.9(a)", "Z.10(a)", "Z.11")
BROKER = Estimate("R-05", "current", 3, {"supply": 4}, "It is exploited, and ours is reached from the office.", "CISA")


@pytest.fixture
def told(browser: Browser, tmp_path: Path) -> Iterator[Desks]:
    with served(assessor.make_told_home(tmp_path / "template"), tmp_path / "home", example=False) as address:
        made = Desks(browser, address, {})
        yield made
        made.clear()


def test_the_assessment_from_nothing(told: Desks) -> None:
    desk = told.take("security", f"/{HOME}/")
    desk.set_up_factor(f"/{HOME}/")
    let_it_bind(desk)
    assert standing(desk) == ["Not triggered"] * 3
    assessor.issue_the_policy_there_is(desk)
    assert standing(desk) == ["Breached", "Breached", "Met"]
    assessor.appoint(desk)
    board = told.take("board", f"/{HOME}/")
    board.set_up_factor(f"/{HOME}/")
    fill_the_register(desk, board)
    assert standing(desk) == ["Breached", "Breached", "Met"]
    treat(desk, board)
    assert standing(desk) == ["Breached", "Breached", "Met"]
    complete(desk, board)
    assert standing(desk) == ["Met", "Met", "Met"]
    keep_alive(desk)
    assert standing(desk) == ["Met", "Met", "Met"]
    assert guide("risk").unseen(desk.seen + board.seen) == []


def standing(desk: Desk) -> list[str]:
    """What the position says of the three clauses under the electricity licence."""
    desk.open(f"/{HOME}/")
    desk.read()
    return [status_of(desk, "electricity", clause) for clause in CLAUSES]


def fill_the_register(desk: Desk, board: Desk) -> None:
    """Context, a sheet, proposals and what is estimated by hand."""
    assessor.establish(desk)
    assessor.consider(board, "context/1")
    assessor.read_the_workshop(desk)
    assessor.tell_the_workshop(desk)
    risks(desk, "Assessments")
    expect(desk.page.get_by_text("2 elements in scope without a risk or a dismissal")).to_be_visible()
    assessor.take_up(desk, *assessor.SCENARIOS)
    assessor.take_up_with_its_bill(desk)
    assessor.dismiss(desk)
    risks(desk)
    for told in BY_HAND:
        assessor.estimate(desk, told)
    risks(desk, "Heat map", "Register")
    expect(desk.page.get_by_text("3 of 14 risks are above appetite: 3 open")).to_be_visible()


def treat(desk: Desk, board: Desk) -> None:
    """Two measures, an acceptance, and one of the measures works."""
    treating.plan(desk, "R-01", treating.RELEASE, (2, 1), 180_000)
    treating.plan(desk, "W-06", "Only jump hosts speak to the head end", (2, 0), 40_000)
    treating.accept(board)
    treating.show_that_it_works(desk)
    risks(desk, "Supply is cut to many customers at once")
    expect(desk.page.get_by_text("lowers likelihood by 2 levels and consequences by 1 level; entry")).to_be_visible()
    risks(desk)
    expect(desk.page.get_by_text("2 of 14 risks are above appetite: 0 open, 1 treated, 1 accepted")).to_be_visible()


def complete(desk: Desk, board: Desk) -> None:
    """The assessment, what senior management thinks of it, the policy that cites it, and the design."""
    treating.complete(desk)
    assert standing(desk) == ["Breached", "Breached", "Met"]
    assessor.consider(board, f"assessment/{ago(0).year}")
    treating.issue_a_policy_based_on_it(desk)
    assert standing(desk) == ["Met", "Indeterminate", "Met"]
    treating.judge(desk)
    treating.adopt(desk)


def keep_alive(desk: Desk) -> None:
    """A weakness is exploited, a risk follows, and the policy is looked at again."""
    treating.compare_threats(desk)
    treating.tell_threats(desk)
    treating.identify(desk)
    assessor.estimate(desk, BROKER)
    assert standing(desk) == ["Met", "Indeterminate", "Met"]
    treating.plan(desk, "R-05", "The broker is updated", (2, 0), 3_000)
    treating.settle(desk)
    risks(desk, "Queue")
    expect(desk.page.get_by_text(treating.WEAKNESS)).to_have_count(0)
    treating.review(desk)
    desk.open(f"/{HOME}/clauses/Z.11")
    desk.read()
