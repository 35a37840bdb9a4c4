"""Travel in time: the moment stands in the address, is said in words, and is one click from now on every page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from meterward.core.base.problem import Problem
from meterward.web.moments import Moment, moment_of
from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from tests.builders.workplace import AS_AT, HTML, Seat, words

if TYPE_CHECKING:
    from tests.builders.workplace import Page

TODAY = date(2026, 6, 30)
PAGES = ("", "clauses/Z.14(b)", "clauses/Z.5(a)")


def banner(page: Page) -> str:
    return " ".join(page.texts("div", class_="banner"))


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (Moment(TODAY), ""),
        (Moment(TODAY, TODAY), ""),
        (Moment(TODAY, date(2026, 1, 2)), "as at 2 January 2026"),
        (Moment(TODAY, None, date(2026, 1, 2)), "as known on 2 January 2026"),
        (Moment(TODAY, None, 1), "as known after 1 entry"),
        (Moment(TODAY, date(2026, 1, 2), 1234), "as at 2 January 2026, as known after 1,234 entries"),
    ],
)
def test_a_moment_in_words(moment: Moment, says: str) -> None:
    assert moment.says() == says
    assert moment.is_now == (not says)


@pytest.mark.parametrize(
    ("moment", "means"),
    [
        (Moment(TODAY, date(2026, 1, 2)), "You see the past"),
        (Moment(TODAY, date(2027, 1, 2)), "You see the future, if nothing more is recorded"),
        (Moment(TODAY, TODAY, 3), "You see today with less than is known"),
    ],
)
def test_what_a_moment_means(moment: Moment, means: str) -> None:
    assert moment.means() == means


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"as_at": "2026-01-02"},
        {"known_at": "2026-01-02"},
        {"as_at": "2026-01-02", "known_at": "600", "licence": "gas"},
    ],
)
def test_an_address_keeps_its_moment(asked: dict[str, str]) -> None:
    moment = moment_of(asked)
    assert isinstance(moment, Moment)
    assert {name: value for name, (value,) in parse_qs(moment.query[1:]).items()} == asked


@pytest.mark.parametrize("name", ["as_at", "known_at"])
@pytest.mark.parametrize("text", ["2026-02-30", "yesterday", "1989-12-31", "2200-01-01", "٣", "-1", "1e3", "9" * 5000])
def test_what_is_no_moment_is_said(name: str, text: str) -> None:
    found = moment_of({name: text})
    assert isinstance(found, Problem)
    assert (found.field, len(found.message) < 100) == (name, True)


def test_a_prefix_tells_two_moments_apart() -> None:
    asked = {"from_as_at": "2026-01-02", "to_as_at": "2026-03-04"}
    assert moment_of(asked, "from_") == Moment(today(), date(2026, 1, 2))
    assert moment_of(asked, "to_") == Moment(today(), date(2026, 3, 4))


@pytest.mark.parametrize("path", PAGES)
def test_another_moment_is_said_on_every_page_and_one_click_from_now(seat: Seat, path: str) -> None:
    page = seat.get(path, as_at=AS_AT)
    assert "You see the past: as at 30 June 2026." in banner(page)
    assert page.links("body")["Back to now"] == f"/{LEDGER}/{path}"
    now = seat.get(path)
    assert now.status == 200
    assert banner(now) == ""


@pytest.mark.parametrize("path", PAGES)
def test_every_page_offers_moments_that_people_want(seat: Seat, path: str) -> None:
    links = seat.get(path).links("header")
    assert {"A year ago", "The last audit", "As known yesterday"} <= set(links)
    for title in ("A year ago", "The last audit", "As known yesterday"):
        page = seat.at(f"/{LEDGER}/{path}{links[title]}")
        assert page.status == 200
        assert banner(page)


def test_links_to_another_moment_keep_what_was_asked_and_nothing_that_is_empty(seat: Seat) -> None:
    page = seat.get("records", kind="incident.recorded", words="", before="40", as_at=AS_AT)
    found = urlsplit(page.links("header")["As known yesterday"]).query
    assert parse_qs(found, keep_blank_values=True).keys() == {"kind", "known_at"}
    assert urlsplit(page.links("body")["Back to now"]).query == "kind=incident.recorded"
    assert [one.get("name") for one in page.one("form", class_="travel").iter(f"{HTML}input")][:-2] == ["kind"]


def test_the_last_audit_is_the_day_of_its_report(seat: Seat) -> None:
    asked = parse_qs(urlsplit(seat.get().links("header")["The last audit"]).query)
    assert date.fromisoformat(asked["as_at"][0]) < TODAY


@pytest.mark.parametrize("path", PAGES)
def test_a_day_that_is_none_keeps_the_frame_and_what_was_typed(seat: Seat, path: str) -> None:
    page = seat.get(path, as_at=AS_AT, known_at="lately")
    assert page.status == 400
    assert "“lately” is not a day from 1990 to 2199." in page.texts("b")
    assert page.one("input", name="known_at").get("value") == "lately"
    assert page.one("input", name="as_at").get("value") == AS_AT
    assert seat.at(page.links()["Back to now"]).status == 200


def test_a_day_that_the_calendar_does_not_have_stays_in_its_field(seat: Seat) -> None:
    field = seat.get(as_at="2026-02-30").one("input", name="as_at")
    assert (field.get("value"), field.get("type"), field.get("aria-invalid")) == ("2026-02-30", "text", "true")
    assert seat.get(as_at=AS_AT).one("input", name="as_at", type="date").get("value") == AS_AT
    page = seat.get("changes", from_as_at="2026-02-30", to_as_at=AS_AT)
    assert page.one("input", name="from_as_at").get("value") == "2026-02-30"
    assert page.one("input", name="to_as_at").get("type") == "date"


def test_less_knowledge_gives_another_answer(seat: Seat) -> None:
    known = seat.get(as_at=AS_AT).texts("div", class_="sum")
    assert seat.get(as_at=AS_AT, known_at="500").texts("div", class_="sum") != known


def test_a_time_before_the_ledger_is_refused_in_words(seat: Seat) -> None:
    page = seat.get(known_at="1999-01-01")
    assert page.status == 422
    assert "The ledger never was known like that." in page.texts("b")


def test_what_is_printed_names_its_moment(seat: Seat) -> None:
    assert words(seat.get(as_at=AS_AT).one("p", class_="stamp")).startswith("As at 30 June 2026, as known now.")
