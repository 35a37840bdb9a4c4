"""What if: another value of a parameter is tried out in the address, said plainly, and left by one click."""

from __future__ import annotations

import pytest

from meterward.wiring.example_store import LEDGER
from tests.builders.workplace import AS_AT, Page, Seat

STRICT = "z8_strength=comply"
LATER = "z14_first_months=18"


pytestmark = pytest.mark.usefixtures("example_store")


@pytest.fixture
def seat() -> Seat:
    """A security manager at work."""
    return Seat()


@pytest.mark.parametrize("path", ["", "clauses/Z.8"])
def test_a_hypothesis_says_so_and_leads_back(seat: Seat, path: str) -> None:
    page = seat.get(path, as_at=AS_AT, param=STRICT)
    (said,) = page.texts("div", class_="tried")
    assert said.startswith("⚑ A hypothesis. Strength of Z.8: compliance itself. Nobody adopted this.")
    back = seat.at(page.links("body")["Back to what is adopted"])
    assert back.texts("div", class_="tried") == []
    assert back.one("input", name="as_at", type="date").get("value") == AS_AT


def test_it_changes_what_is_shown_and_not_what_is_recorded(seat: Seat) -> None:
    before = seat.get(as_at=AS_AT, licence="gas").texts("div", class_="sum")
    (tried,) = seat.get(as_at=AS_AT, licence="gas", param=STRICT).texts("div", class_="sum")
    assert tried.startswith("One duty is breached")
    assert "breached if" not in tried
    assert seat.get(as_at=AS_AT, licence="gas").texts("div", class_="sum") == before != [tried]


def test_it_stays_from_duty_to_duty_and_not_with_records(seat: Seat) -> None:
    page = seat.get("clauses/Z.8", as_at=AS_AT, param=STRICT)
    assert "param=z8_strength%3Dcomply" in page.links()["All duties"]
    records = [target for target in page.links().values() if f"/{LEDGER}/records/" in target]
    assert records
    assert not any("param" in target for target in records)
    assert "param" not in page.links("nav")["Records"]


def test_a_clause_offers_what_it_depends_on_and_the_position_everything_but_the_fuel(seat: Seat) -> None:
    assert offered(seat.get("clauses/Z.8")) == ["Strength of Z.8"]
    assert offered(seat.get("clauses/Z.11")) == []
    assert len(offered(seat.get())) == 4


def offered(page: Page) -> list[str]:
    """The parameters that a page offers to try out."""
    return [said.partition(" as adopted")[0] for said in page.texts("label") if " as adopted" in said]


def test_what_is_adopted_is_named_and_what_is_tried_is_chosen(seat: Seat) -> None:
    page = seat.get("clauses/Z.14(b)", as_at=AS_AT)
    assert page.texts("option")[0] == "as adopted: 9"
    tried = seat.get("clauses/Z.14(b)", as_at=AS_AT, param=LATER)
    assert [one.get("value") for one in tried.all("option") if one.get("selected") is not None] == [LATER]
    assert "tried out" in tried.text


def test_empty_choices_of_the_form_try_nothing_out(seat: Seat) -> None:
    assert seat.get(param=["", ""]).texts("div", class_="tried") == []


@pytest.mark.parametrize(
    ("param", "status", "says"),
    [
        (["z8_strength"], 400, "It is “z8_strength”."),
        (
            [STRICT, "z8_strength=reasonable_steps"],
            400,
            "“z8_strength” cannot be both “comply” and “reasonable_steps”.",
        ),
        (["z8_strenght=comply"], 422, "condition_z_2012 has no parameter “z8_strenght”."),
        (["z8_strength=never"], 422, "z8_strength cannot be “never”."),
    ],
)
@pytest.mark.parametrize("path", ["", "clauses/Z.8"])
def test_what_cannot_be_tried_is_said(seat: Seat, path: str, param: list[str], status: int, says: str) -> None:
    page = seat.get(path, param=param)
    assert page.status == status
    assert says in page.texts("b")
