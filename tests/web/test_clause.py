"""The clause page: how a duty stands under each reading, why, what it rests on, and what would supply what it lacks."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from meterward.core.records.kinds import all_kinds
from meterward.law.pack import DEFAULT
from meterward.wiring import load_pack
from meterward.wiring.example_store import LEDGER
from tests.builders.workplace import AS_AT, HTML, Seat, words

if TYPE_CHECKING:
    from tests.builders.stores import Store
    from tests.builders.workplace import Page

QUESTIONS = ["does the law ask", "was found", "follows", "is missing", "would change it"]


def reasons(page: Page) -> str:
    return words(page.one("section", class_="why-it"))


def test_every_clause_and_duty_of_the_pack_has_a_page(seat: Seat) -> None:
    pack = load_pack(DEFAULT)
    names = {one.clause for one in (*pack.provisions, *pack.duties)} | {one.id for one in pack.duties}  # type: ignore[union-attr]  # it loads
    for name in sorted(names):
        assert seat.get(f"clauses/{name}", as_at=AS_AT).status == 200, name


def test_the_title_and_the_part(seat: Seat) -> None:
    page = seat.get("clauses/Z.14(b)", as_at=AS_AT)
    assert page.texts("h1") == ["Z.14(b) An independent security audit each year"]
    assert page.texts("p", class_="sub") == ["Part C · Specific duties in relation to a secure system"]


def test_the_five_questions(seat: Seat) -> None:
    page = seat.get("clauses/Z.13(a)", as_at=AS_AT)
    assert page.texts("h4") == [f"What {question}?" for question in QUESTIONS] + ["Records it rests on"]


def test_readings_stand_side_by_side_and_those_that_disagree_are_unfolded(seat: Seat) -> None:
    page = seat.get("clauses/Z.14(b)", as_at=AS_AT)
    (overview,) = page.texts("ul", class_="overview")
    assert overview.startswith("✕ Breached since-last Twelve months from the last audit that counted")
    assert next(page.all("details", class_="reads")).get("id") == "reading-since-last"
    assert "The clause can be read in 7 ways; they disagree." in reasons(page)
    unfolded = {one.get("id") for one in page.all("details", class_="reads") if "open" in one.attrib}
    assert unfolded == {"reading-deadline-windows", "reading-since-last"}


def test_readings_that_agree_are_folded_but_for_the_default(seat: Seat) -> None:
    page = seat.get("clauses/Z.4", as_at=AS_AT)
    unfolded = [one.get("id") for one in page.all("details", class_="reads") if "open" in one.attrib]
    assert unfolded == ["reading-union"]
    assert "they agree" in reasons(page)


def test_every_record_leads_to_its_entry(seat: Seat, example_store: Store) -> None:
    page = seat.get("clauses/Z.13(a)", as_at=AS_AT)
    found = {text: link for text, link in page.links().items() if f"/{LEDGER}/records/" in link}
    assert found
    for short, link in found.items():
        index = int(urlsplit(link).path.rpartition("/")[2])
        line = example_store.ledgers.line(LEDGER, index - 1)
        assert line
        assert str(line["id"]).startswith(short)


def supply(page: Page) -> list[str]:
    return [link.get("href", "") for link in page.all("a") if words(link).startswith("Supply it")]


def test_what_is_missing_is_supplied_by_a_form_that_knows_what_is_asked(seat: Seat) -> None:
    address, again = supply(seat.get("clauses/Z.13(a)", as_at=AS_AT))
    assert address == again
    assert urlsplit(address).path == f"/{LEDGER}/append/state.evidenced"
    assert parse_qs(urlsplit(address).query) == {
        "subject": ["need/key-custodian-2"],
        "facts.fact": ["need_met"],
        "supplies": ["Z.13(a)"],
    }


def test_what_is_missing_stands_above_the_reasons(seat: Seat) -> None:
    page = seat.get("clauses/Z.13(a)", as_at=AS_AT)
    panel = words(page.one("section", **{"aria-labelledby": "mending"}))
    assert panel.startswith(
        "To put this right Electricity licence Finding: what holds or has failed “need met” of need/key-"
    )
    assert "Supply it" in panel
    assert page.text.index('id="mending"') < page.text.index('id="why"')


def test_a_side_that_is_missing_is_named_in_words(seat: Seat) -> None:
    page = seat.get("clauses/Z.4", as_at=AS_AT)
    assert "operated, against unauthorised access to data, with proof" in words(
        page.one("section", **{"aria-labelledby": "mending"})
    )


def test_what_is_in_order_asks_for_nothing_to_be_put_right(seat: Seat) -> None:
    page = seat.get("clauses/Z.19", as_at=AS_AT, licence="gas")
    assert not list(page.all("section", **{"aria-labelledby": "mending"}))


def test_what_would_mend_the_worst_reading_stands_first(seat: Seat) -> None:
    page = seat.get("clauses/Z.14(b)", as_at=AS_AT)
    assert supply(page)[0].startswith(f"/{LEDGER}/append/audit.")


def test_what_failed_stands_before_what_holds(seat: Seat) -> None:
    page = seat.get("clauses/Z.13(a)", as_at=AS_AT)
    steps = next(page.all("ul", class_="tree")).iter(f"{HTML}span")
    outcomes = [words(one) for one in steps if one.get("class") == "vh"]
    assert outcomes[0] != "held:"
    assert outcomes.count("held:") > 2
    leaves = outcomes[1:]
    assert set(leaves[leaves.index("held:") :]) == {"held:"}


def test_every_request_of_the_example_names_a_kind_that_there_is(seat: Seat) -> None:
    for name in ("Z.4", "Z.12", "Z.14(b)", "Z.19"):
        addresses = supply(seat.get(f"clauses/{name}", as_at=AS_AT))
        assert all(urlsplit(one).path.rpartition("/")[2] in all_kinds() for one in addresses)
    assert supply(seat.get("clauses/Z.4", as_at=AS_AT))


def test_who_may_not_supply_it_reads_who_may(example_store: Store) -> None:  # noqa: ARG001 - the pages are about it
    page = Seat("authority").get("clauses/Z.13(a)", as_at=AS_AT)
    assert supply(page) == []
    assert "for the security manager" in reasons(page)


def test_a_roll_up_leads_to_the_duties_that_lack_something(seat: Seat) -> None:
    page = seat.get("clauses/Z.7(a)", as_at=AS_AT)
    assert page.links()["Z.13(a)"].startswith(f"/{LEDGER}/clauses/Z.13(a)")
    assert "as explained there" in reasons(page)


def test_the_licence_that_stands_worst_is_explained_unless_another_is_chosen(seat: Seat) -> None:
    page = seat.get("clauses/Z.19", as_at=AS_AT)
    assert words(page.one("div", class_="chosen")).startswith("Electricity licence ✕ Breached")
    other = seat.at(page.links()["Explain the gas licence"])
    assert words(other.one("div", class_="chosen")).startswith("Gas licence ● Met")


def test_windows_history_deadlines_and_what_was_missed(seat: Seat) -> None:
    page = seat.get("clauses/Z.19", as_at=AS_AT)
    asked = words(page.one("section", **{"aria-labelledby": "asked"}))
    assert "step-4 of direction/2 ✕ Breached" in asked
    assert "days overdue" in words(page.one("section", **{"aria-labelledby": "due"}))
    assert "step-4 of direction/2" in words(page.one("section", **{"aria-labelledby": "missed"}))
    history = words(page.one("section", **{"aria-labelledby": "history"}))
    assert history.startswith("History ✕ Breached 29 Jun 2026 to 30 Jun 2026, 2 days")


def test_the_neighbours_are_one_click_away_through_the_whole_law(seat: Seat) -> None:
    pack = load_pack(DEFAULT)
    page = seat.get("clauses/Z.1", as_at=AS_AT)
    path, before = [page.texts("h1")[0].split()[0]], ""
    while following := next(page.all("a", rel="next"), None):
        before = words(page.one("h1"))
        page = seat.at(following.get("href", ""))
        path.append(page.texts("h1")[0].split()[0])
        assert next(page.all("a", rel="prev"), None) is not None, before
    assert {duty.id for duty in pack.duties} <= set(path)  # type: ignore[union-attr]  # it loads
    assert len(path) == len(set(path))
    assert path.index("Z.7(b)/retain") < path.index("Z.9") < path.index("Z.10(a)") < path.index("Z.20")


def test_a_clause_with_several_duties_lists_them(seat: Seat) -> None:
    page = seat.get("clauses/Z.14", as_at=AS_AT)
    assert page.texts("h1") == ["Z.14 What it asks"]
    assert [words(one) for one in page.all("h2")] == [
        "Z.14(a) First independent security audit",
        "Z.14(b) An independent security audit each year",
    ]


def test_a_clause_that_is_not_scored_says_what_it_shapes(seat: Seat) -> None:
    page = seat.get("clauses/Z.6(a)", as_at=AS_AT)
    assert any("This clause is not scored: it shapes" in text for text in page.texts("p"))
    assert not list(page.all("section", class_="why-it"))


def test_when_the_condition_binds_is_said_with_the_records_that_say_so(seat: Seat) -> None:
    page = seat.get("clauses/Z.2", as_at=AS_AT)
    said = words(page.one("section", class_="provision"))
    assert re.search(r"In force since \d+ October 2024 on the day that is shown\.", said)
    assert "Day on which the law depends" in said
    before = words(seat.get("clauses/Z.2", as_at="1999-01-01").one("section", class_="provision"))
    assert "Not in force on the day that is shown." in before


def test_a_clause_that_is_none_is_refused_with_those_that_are(seat: Seat) -> None:
    page = seat.get("clauses/Z.99")
    assert page.status == 404
    assert f"{DEFAULT} has no clause “Z.99”." in page.texts("b")
    assert page.links()["To the position"] == f"/{LEDGER}/"


def test_a_licence_that_is_none_is_refused(seat: Seat) -> None:
    assert seat.get("clauses/Z.4", licence="water").status == 404


def test_the_past_of_a_clause(seat: Seat) -> None:
    page = seat.get("clauses/Z.14(b)", as_at="2025-06-01")
    assert "Contested" not in page.text
    assert "as_at=2025-06-01" in page.links()["All duties"]


@pytest.mark.parametrize("as_at", ["1999-01-01", "2199-12-31"])
def test_days_far_off(seat: Seat, as_at: str) -> None:
    for name in ("Z.4", "Z.14(b)", "Z.2"):
        assert seat.get(f"clauses/{name}", as_at=as_at).status == 200


def test_headings_go_down_one_step_at_a_time(seat: Seat) -> None:
    for name in ("Z.14(b)", "Z.14", "Z.5(a)", "Z.7(a)"):
        page = seat.get(f"clauses/{name}", as_at=AS_AT)
        levels = [int(one.tag[-1]) for one in page.tree.iter() if one.tag in {f"{HTML}h{n}" for n in range(1, 5)}]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), name
