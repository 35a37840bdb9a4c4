"""The position page: every duty with its status and history, filters and orders, deadlines, and two licences beside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from meterward.wiring.example_store import LEDGER
from tests.builders.workplace import AS_AT, HTML, Seat, words

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from tests.builders.workplace import Page


def licence(page: Page, name: str = "electricity") -> ET.Element:
    return page.one("section", id=f"licence-{name}")


def rows(page: Page, name: str = "electricity") -> list[ET.Element]:
    lists = (one for one in licence(page, name).iter(f"{HTML}ul") if one.get("class") == "rows")
    return [row for one in lists for row in one.findall(f"{HTML}li")]


def clauses(page: Page, name: str = "electricity") -> list[str]:
    return [words(next(row.iter(f"{HTML}a"))) for row in rows(page, name)]


def row(page: Page, clause: str, name: str = "electricity") -> str:
    return next(words(one) for one in rows(page, name) if words(next(one.iter(f"{HTML}a"))) == clause)


def test_one_sentence_says_how_each_licence_stands(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT)
    assert page.status == 200
    assert page.texts("h1") == ["Northlight"]
    assert "in force since" in page.texts("p", class_="sub")[0]
    sums = page.texts("div", class_="sum")
    assert sums[0].startswith("One duty is breached, one is contested (breached or pending, as Z.14(b) is read) and ")
    assert sums[1].startswith("One duty is contested (breached or pending, as Z.14(b) is read) and four lack evidence")


def test_every_duty_stands_under_the_title_of_its_part(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT)
    titles = [words(one) for one in licence(page).iter(f"{HTML}h3")]
    assert "Part B · The general duty to ensure a secure system" in titles
    assert "Part D · Compliance with directions" in titles
    assert len(rows(page)) == len(rows(page, "gas")) == 27
    assert len(list(page.tree.iter("{http://www.w3.org/2000/svg}svg"))) == 54


def test_a_duty_says_status_since_when_and_what_is_next(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT)
    said = row(page, "Z.19")
    assert "Breached since 29 Jun 2026" in said
    assert "was due 28 Jun 2026, 2 days overdue" in said
    assert "proof ends" in row(page, "Z.8")
    assert "To look at: “Finding” need/data-centre-b" in row(page, "Z.13(b)")


def test_a_contested_duty_says_both_sides(seat: Seat) -> None:
    said = row(seat.get(as_at=AS_AT), "Z.14(b)")
    assert "Breached if a year runs from the last audit; pending otherwise." in said


def test_the_days_that_a_ribbon_covers_are_said(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT)
    assert all(span.endswith("to 30 Jun 2026") for span in page.texts("span", class_="axis"))
    assert len(page.texts("span", class_="axis")) == 2


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("open", ["Z.4", "Z.10(a)", "Z.12", "Z.13(a)", "Z.14(b)", "Z.19"]),
        ("flagged", ["Z.12", "Z.13(b)"]),
        ("breached", ["Z.19"]),
        ("contested", ["Z.14(b)"]),
        ("pending", ["Z.16(b)", "Z.17(c)"]),
        ("ceased", []),
    ],
)
def test_only_some_duties(seat: Seat, show: str, expected: list[str]) -> None:
    assert clauses(seat.get(as_at=AS_AT, show=show)) == expected


def test_numbers_lead_to_what_they_count(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT)
    counts = {
        text: link for text, link in page.links().items() if text.startswith(("✕ ", "⇄ ", "? ", "○ ", "◐ ", "⚑ "))
    }
    assert len(counts) >= 6
    for text, link in counts.items():
        led = seat.at(link)
        shown = {len(rows(led, name)) for name in ("electricity", "gas")}
        assert int(text.split()[1]) in shown, text


def test_what_is_filtered_to_nothing_says_so_and_leads_back(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT, show="ceased")
    assert "No duty is ceased. Show all duties" in page.texts("p", class_="teach")
    back = seat.at(page.links()["Show all duties"])
    assert len(rows(back)) == 27


def test_the_most_urgent_first(seat: Seat) -> None:
    assert clauses(seat.get(as_at=AS_AT, sort="urgency"))[:4] == ["Z.19", "Z.14(b)", "Z.7(a)", "Z.12"]


def test_the_next_deadline_first(seat: Seat) -> None:
    found = clauses(seat.get(as_at=AS_AT, sort="deadline"))
    assert found[:3] == ["Z.12", "Z.14(b)", "Z.19"]
    assert len(found) == 27


@pytest.mark.parametrize(("name", "value"), [("show", "nonsense"), ("sort", "nonsense")])
def test_a_wish_that_is_none_is_refused_in_words(seat: Seat, name: str, value: str) -> None:
    page = seat.get(**{name: value})
    assert page.status == 400
    assert f"There is nothing to {name} by “nonsense”." in page.texts("b")


def test_where_the_licences_differ(seat: Seat) -> None:
    (panel,) = seat.get(as_at=AS_AT).texts("section", class_="differ")
    assert "Z.17(c)" in panel
    assert "Z.19 Directions are complied with Electricity, Z.19 ✕ Breached Gas, Z.19 ● Met" in panel
    assert "Z.14(b)" not in panel


def test_one_licence_alone(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT, licence="gas")
    assert [one.get("id") for one in page.all("section", class_="licence")] == ["licence-gas"]
    assert not list(page.all("section", class_="differ"))
    assert page.links()["Both licences"] == f"/{LEDGER}/?as_at={AS_AT}"


def test_a_licence_that_is_none_is_refused_with_those_that_are(seat: Seat) -> None:
    page = seat.get(licence="gass")
    assert page.status == 404
    assert "No record is about a licence “gass”." in page.texts("b")
    assert "Did you mean gas? The licences are: electricity, gas." in page.texts("p")


def test_deadlines_with_the_overdue_first_and_how_long(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT, licence="electricity")
    (due,) = page.all("section", class_="dues")
    items = [words(one) for one in due.iter(f"{HTML}li")]
    overdue = ["overdue" in item for item in items]
    assert sum(overdue) == 4
    assert overdue[:4] == [True] * 4
    assert "days overdue" in items[0]
    assert "(our own limit, reading before-effect)" in items[0]
    assert re.search(r"\d days overdue .* in \d+ days ", " ".join(items))


def test_what_was_missed_and_when_it_was_made_good(seat: Seat) -> None:
    (missed,) = seat.get(as_at=AS_AT, licence="electricity").texts("section", class_="misses")
    assert "step-4 of direction/2 not made good" in missed
    assert "first version made good on" in missed
    assert "6 days late" in missed


def test_nothing_due_and_nothing_missed_teaches(seat: Seat) -> None:
    page = seat.get(as_at="1999-01-01")
    assert "Nothing is due." in page.texts("section", class_="dues")[0]
    assert "None. A deadline that passes unanswered stays here" in page.texts("section", class_="misses")[0]
    assert "in force" not in page.texts("p", class_="sub")[0]


def test_filters_stay_when_somebody_travels_in_time(seat: Seat) -> None:
    page = seat.get(show="open", sort="urgency", licence="gas", as_at=AS_AT)
    form = page.one("form", class_="travel")
    kept = {one.get("name"): one.get("value") for one in form.iter(f"{HTML}input") if one.get("type") == "hidden"}
    assert kept == {"show": "open", "sort": "urgency", "licence": "gas"}
    back = parse_qs(urlsplit(page.links("body")["Back to now"]).query)
    assert back == {"show": ["open"], "sort": ["urgency"], "licence": ["gas"]}


def test_every_link_keeps_the_moment(seat: Seat) -> None:
    page = seat.get(as_at=AS_AT, known_at="800")
    inside = page.links()
    assert len(inside) > 40
    for address in inside.values():
        asked = parse_qs(urlsplit(address).query)
        assert (asked["as_at"], asked["known_at"]) == ([AS_AT], ["800"]), address


def test_names_of_subjects_are_never_changed(seat: Seat) -> None:
    assert "element/field-tool-2" in row(seat.get(as_at=AS_AT), "Z.4")
