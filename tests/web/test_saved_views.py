"""Views of lists that people save under names of their own: opened, renamed, replaced, deleted; bounded and private."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from meterward.wiring.saving import LONGEST_NAME, MOST_VIEWS, save
from tests.builders.risk_lines import tell_risks
from tests.builders.systems import HEAD_END
from tests.builders.workplace import Page, Seat, words

LATE = "turns=late&sort=name"


@pytest.fixture
def told(seat: Seat) -> Seat:
    """A desk in front of a register."""
    tell_risks(today())
    return seat


def views(page: Page) -> dict[str, str]:
    """The row of views, with the address of each."""
    return {words(one): one.get("href", "") for nav in page.all("nav", class_="own") for one in nav}


def shown(page: Page) -> list[str]:
    """The views that the page shows."""
    return [words(one) for nav in page.all("nav", class_="own") for one in nav if one.get("aria-current")]


def sent(seat: Seat, query: str, listed: str = "risks", **said: str) -> Page:
    """The list that a change leads back to, or the page of what is wrong with it."""
    answer = seat.post(f"/{LEDGER}/{listed}/views?{query}", **said)
    return seat.at(answer.location) if answer.status == 302 else answer


def test_a_view_is_saved_and_opened_at_any_moment(told: Seat) -> None:
    page = sent(told, f"{LATE}&page=3", name="  What is   late ")
    assert "Saved. Only you see it." in page.texts("p", role="status")[0]
    assert (views(page), shown(page)) == ({"What is late": f"/{LEDGER}/risks?turns=late&sort=name"}, ["What is late"])
    yesterday = (today() - timedelta(1)).isoformat()
    before = told.get("risks", as_at=yesterday, licence="gas", owner="p-03")
    assert shown(before) == []
    opened = told.at(views(before)["What is late"])
    assert f"as_at={yesterday}&licence=gas" in views(before)["What is late"]
    assert "Meters lose their time" in opened.links()
    assert "Mass disconnection" not in opened.links()


def test_a_view_is_put_in_the_place_of_one_renamed_and_deleted(told: Seat) -> None:
    for query, name in ((LATE, "mine"), ("owner=p-03", "theirs")):
        sent(told, query, name=name)
    page = sent(told, "owner=p-07", name="mine")
    assert views(page) == {"mine": f"/{LEDGER}/risks?owner=p-07", "theirs": f"/{LEDGER}/risks?owner=p-03"}
    assert shown(sent(told, LATE, do="save", view="theirs", name="whatever stands there")) == ["theirs"]
    assert "You have a view “mine” already." in words(
        sent(told, LATE, do="rename", view="theirs", name="mine").one("main")
    )
    assert list(views(sent(told, LATE, do="rename", view="theirs", name="late"))) == ["late", "mine"]
    assert "You have no view “theirs”." in words(sent(told, "", do="rename", view="theirs", name="x").one("main"))
    assert list(views(sent(told, LATE, do="delete", view="mine"))) == ["late"]
    assert list(views(sent(told, LATE, do="delete", view="mine"))) == ["late"]


def test_nobody_else_sees_them_and_other_lists_have_their_own(told: Seat) -> None:
    sent(told, LATE, name="mine")
    assert views(Seat("counsel").get("risks")) == {}
    assert views(told.get("system")) == {}
    page = sent(told, "words=head", listed="system", name="Head ends")
    assert (shown(page), views(told.get("risks"))) == (["Head ends"], {"mine": f"/{LEDGER}/risks?{LATE}"})
    assert told.get(f"system/elements/{HEAD_END.partition('/')[2]}").status == 200


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * (LONGEST_NAME + 1), "a\u202eb"])
def test_what_is_no_name_is_refused_and_nothing_is_saved(told: Seat, name: str) -> None:
    assert told.post(f"/{LEDGER}/risks/views?{LATE}", name=name).status == 422
    assert views(told.get("risks")) == {}


def test_a_name_is_as_long_as_it_may_be_and_may_be_given_again(told: Seat) -> None:
    longest = "x" * LONGEST_NAME
    assert list(views(sent(told, LATE, name=longest))) == [longest]
    assert list(views(sent(told, LATE, do="rename", view=longest, name=f" {longest} "))) == [longest]


def test_what_is_asked_for_is_only_so_long(told: Seat) -> None:
    person = installation().people.get("security")
    assert person
    assert save(person, LEDGER, "risks", "long", "x" * 4_000) is None
    assert save(person, LEDGER, "risks", "longer", "x" * 4_001)
    assert list(views(told.get("risks"))) == ["long"]


def test_there_are_so_many_and_no_more(told: Seat) -> None:
    for place in range(MOST_VIEWS):
        assert told.post(f"/{LEDGER}/risks/views?{LATE}", name=f"v{place:02d}").status == 302
    assert f"You have {MOST_VIEWS} views" in words(told.post(f"/{LEDGER}/risks/views?{LATE}", name="more").one("main"))
    assert told.post(f"/{LEDGER}/risks/views?sort=owner", name="v07").status == 302
    assert len(views(told.get("risks"))) == MOST_VIEWS


def test_an_address_that_asks_for_nothing_known_is_refused(told: Seat) -> None:
    assert told.post(f"/{LEDGER}/risks/views?sort=sideways", name="x").status == 400


def test_a_view_of_odd_words_finds_them_again(told: Seat) -> None:
    page = sent(told, "words=%26name%3Dx%3F%23+%22%3Cb%3E", name='<b> & "so"')
    assert shown(page) == ['<b> & "so"']
    assert shown(told.at(next(iter(views(page).values())))) == ['<b> & "so"']
