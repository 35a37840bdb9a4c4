"""The changes page: what turned between two moments, worst first, and because of which records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.present.kind_words import title_of
from meterward.wiring.example_store import LEDGER
from tests.builders.workplace import AS_AT, HTML, Seat, words

if TYPE_CHECKING:
    from tests.builders.stores import Store
    from tests.builders.workplace import Page

A_MONTH_BEFORE = "2026-05-31"


def between(seat: Seat, first: tuple[str, str], second: tuple[str, str]) -> Page:
    (from_as_at, from_known_at), (to_as_at, to_known_at) = first, second
    return seat.get(
        "changes",
        from_as_at=from_as_at,
        from_known_at=from_known_at,
        to_as_at=to_as_at,
        to_known_at=to_known_at,
    )


def changes(page: Page, section: str = "turned") -> list[str]:
    lists = (one for found in page.all("section", **{"aria-labelledby": section}) for one in found.iter(f"{HTML}ul"))
    return [words(item) for one in lists if one.get("class") == "turned" for item in one.findall(f"{HTML}li")]


@pytest.fixture
def month(seat: Seat) -> Page:
    return between(seat, (A_MONTH_BEFORE, A_MONTH_BEFORE), (AS_AT, AS_AT))


def test_what_turned_the_worst_first(month: Page) -> None:
    assert month.status == 200
    found = [one.split()[0] for one in changes(month)]
    assert found[:2] == ["Z.19", "Z.14(b)"]
    assert "○ Pending → became ✕ Breached since 29 June 2026" in changes(month)[0]
    assert "5 duties stand otherwise: 5 worse." in month.texts("p")


def test_because_of_which_records(month: Page, example_store: Store) -> None:
    assert any("Because of" in one for one in changes(month, "told"))
    links = {text: link for text, link in month.links().items() if "/records/" in link}
    assert links
    for text, link in links.items():
        line = example_store.ledgers.line(LEDGER, int(link.rpartition("/")[2]) - 1)
        assert line
        kind: Any = line["statement"]["kind"]  # type: ignore[index,call-overload]  # a line has a statement
        assert text.startswith(title_of(kind))


def test_where_only_days_passed_no_record_is_blamed(month: Page) -> None:
    (found,) = [one for one in changes(month) if one.startswith("Z.12 ")]
    assert found.endswith("passed.")
    assert "entry" not in found


def test_a_deadline_that_went_by_is_the_cause_and_no_record_is(month: Page) -> None:
    first = changes(month)[0]
    assert first.startswith("Z.19")
    assert first.endswith("Because 28 June 2026 passed.")


def test_licences_that_turned_alike_stand_together(month: Page) -> None:
    assert "electricity and gas" in next(one for one in changes(month) if one.startswith("Z.14(b)"))
    assert "gas" not in changes(month)[0].split("Because")[0]


def test_two_sizes_of_the_ledger(seat: Seat, example_store: Store) -> None:
    head = example_store.ledgers.head(LEDGER)
    assert head
    page = between(seat, (AS_AT, str(head.size - 30)), (AS_AT, str(head.size)))
    assert page.status == 200
    assert "30 entries more were known at the second than at the first." in " ".join(page.texts("span", class_="small"))
    assert changes(page) + changes(page, "told")
    assert "days that passed" not in words(page.one("main"))


def test_a_moment_compared_with_itself_teaches(seat: Seat) -> None:
    page = between(seat, (AS_AT, ""), (AS_AT, ""))
    assert "Nothing changed." in page.texts("p")
    assert any(text.startswith("Every duty stood at both moments") for text in page.texts("p"))


def test_backwards_in_time(seat: Seat) -> None:
    page = between(seat, (AS_AT, AS_AT), (A_MONTH_BEFORE, A_MONTH_BEFORE))
    assert "5 duties stand otherwise: 5 better." in page.texts("p")
    assert "fewer were known" in words(page.one("main"))


def test_without_a_question_the_last_days_are_shown(seat: Seat) -> None:
    page = seat.get("changes")
    assert page.status == 200
    chosen = [words(one) for one in page.all("a", **{"aria-current": "true"})]
    assert chosen == ["The last 30 days"]


def test_every_preset_leads_somewhere(seat: Seat) -> None:
    (first, *_) = list(seat.get("changes").all("p", class_="presets"))
    offered = [link.get("href", "") for link in first.iter(f"{HTML}a")]
    assert len(offered) == 6
    for address in offered:
        assert seat.at(address).status == 200, address


@pytest.mark.parametrize(
    ("first", "second", "where"),
    [
        (("2026-02-31", ""), (AS_AT, ""), "From: as at"),
        ((AS_AT, ""), (AS_AT, "lately"), "To: known at"),
        ((AS_AT, "-3"), (AS_AT, ""), "From: known at"),
    ],
)
def test_a_day_that_is_none_is_said_beside_the_form(
    seat: Seat, first: tuple[str, str], second: tuple[str, str], where: str
) -> None:
    page = between(seat, first, second)
    assert page.status == 400
    assert page.texts("ul", class_="problems")[0].endswith(where)
    assert list(page.all("form", class_="changes-form"))


@pytest.mark.parametrize("known_at", ["1999-01-01", "0", "999999"])
def test_a_ledger_that_was_never_known_like_that(seat: Seat, known_at: str) -> None:
    page = between(seat, (AS_AT, known_at), (AS_AT, ""))
    assert page.status == 422
    assert "The ledger never was known like that." in page.texts("b")
