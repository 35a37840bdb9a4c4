"""A regulator's desk: every licensee at a glance, what that rests on, and never more than is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meterward.core.records.keeper import Keeper
from meterward.usecases.ports import PersonKept
from meterward.wiring import glancing, today
from meterward.wiring.appending import append
from meterward.wiring.example_store import EXAMPLE_PASSWORD
from meterward.wiring.gating import Who
from meterward.wiring.glancing import glances
from meterward.wiring.installed import installation
from tests.builders.parties import direction, entered, line, open_for
from tests.builders.workplace import Seat

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.base.canonical import Json

DESK, OFFICER = "authority", PersonKept("officer", "p-31", "authority")
LICENSEES = ("brightwater", "harbour", "southlight")
MOST = 14


@pytest.fixture(autouse=True)
def store(empty_home: Path) -> None:  # noqa: ARG001 - it is in use
    """Three licensees, of whom one lets the Authority's officer in."""
    for name in LICENSEES:
        open_for(name)
    open_for(DESK, Keeper.AUTHORITY)
    let_in("harbour")
    installation().people.keep(OFFICER, EXAMPLE_PASSWORD)


def let_in(licensee: str) -> None:
    """Let the Authority's officer see where a licensee stands."""
    facts = {"person": "p-31", "organisation": DESK, "role": "authority_officer"}
    entered(append(licensee, [line("access.granted", Keeper.LICENSEE, licensee, {**facts}, subject="access/1")]))


def computed() -> None:
    """Wait until every row is up to date."""
    for _ in range(20):
        found = glances(DESK, Who(OFFICER, strong=True), today())
        if not found.stale:
            return
        assert found.job
        found.job.ended.wait(10)
    pytest.fail("The rows are not up to date.")


def rows(page: str = f"/{DESK}/") -> dict[str, str]:
    """The words of the row of each licensee."""
    shown = Seat(OFFICER.sign_in).at(page)
    assert shown.status == 200
    return {words.split()[0].lower(): words for words in shown.texts("tr") if "Rests on" not in words}


def test_a_licensee_is_known_as_far_as_its_own_records_let_the_desk_in() -> None:
    computed()
    found = rows()
    assert set(found) >= set(LICENSEES)
    assert "Rights here" in found["harbour"]
    for name in ("brightwater", "southlight"):
        assert "could not check" in found[name]
        assert "Rights here" not in found[name]
    let_in("southlight")
    computed()
    assert "Rights here" in rows()["southlight"]


def test_what_grew_since_is_shown_as_it_was_and_said_not_to_be_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    computed()
    monkeypatch.setattr(glancing, "refresh", lambda _heads, _day: None)
    entered(append("harbour", [told()]))
    assert "not up to date yet" in rows()["harbour"]
    monkeypatch.undo()
    computed()
    assert "not up to date" not in rows()["harbour"]


def told() -> dict[str, Json]:
    """Something that a licensee records."""
    return line(
        "role.appointed",
        Keeper.LICENSEE,
        "harbour",
        {"person": "p-04", "role": "senior_manager"},
        subject="appointment/9",
    )


def test_the_table_is_filtered_and_sorted_by_what_the_address_says() -> None:
    entered(append(DESK, [direction(DESK, ["southlight"], "direction/authority-1")]))
    computed()
    assert set(rows(f"/{DESK}/?basis=rights")) & set(LICENSEES) == {"harbour"}
    assert set(rows(f"/{DESK}/?words=south")) & set(LICENSEES) == {"southlight"}
    assert next(iter(rows(f"/{DESK}/?sort=directions"))) == "southlight"
    assert Seat(OFFICER.sign_in).at(f"/{DESK}/?sort=nothing").status == 422


def test_a_page_of_a_licensee_says_what_is_known_and_what_is_not() -> None:
    computed()
    seat = Seat(OFFICER.sign_in)
    assert "see its position" in seat.at(f"/{DESK}/licensees/harbour").text
    assert "no verdict in either direction" in seat.at(f"/{DESK}/licensees/southlight").text
    assert seat.at(f"/{DESK}/licensees/nobody").status == 404
    assert seat.at("/harbour/licensees/southlight").status == 404


def test_queries_do_not_grow_with_licensees() -> None:
    def taken() -> dict[str, int]:
        computed()
        seat, found = Seat(OFFICER.sign_in), dict[str, int]()
        for place, status in {"/": 302, f"/{DESK}/": 200, f"/{DESK}/licensees/harbour": 200}.items():
            seat.at(place)
            with CaptureQueriesContext(connection) as captured:
                assert seat.at(place).status == status
            found[place] = len(captured)
        return found

    before = taken()
    for number in range(12):
        open_for(f"supplier-{number}")
        let_in(f"supplier-{number}")
    assert taken() == before
    assert max(before.values()) <= MOST, before
