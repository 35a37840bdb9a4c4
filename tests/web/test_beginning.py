"""A ledger that was opened today: its pages say where to begin, and none opens with a refusal."""

from __future__ import annotations

from datetime import date

import pytest

from meterward.adapters.salts import fresh_salt
from meterward.usecases.open_ledger import Opening, opening_lines
from meterward.usecases.ports import PersonKept
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.installed import installation
from tests.builders.workplace import Seat

OPENING = Opening("brightwater", {"gas": date(2013, 3, 4)}, "p-01")


@pytest.fixture
def new(seat: Seat) -> Seat:  # noqa: ARG001 - a store is there
    store = installation()
    store.people.keep(PersonKept("newcomer", "p-01", "brightwater"), "brightwater-12345")
    store.ledgers.open("brightwater")
    append("brightwater", list(opening_lines(OPENING, today(), fresh_salt)))
    return Seat("newcomer")


def test_the_position_says_with_which_record_to_begin(new: Seat) -> None:
    page = new.at("/brightwater/")
    assert "To begin" in page.texts("h2")
    (form,) = (link for link in page.links().values() if "/append/date.determined?" in link)
    opened = new.at(form)
    assert opened.status == 200
    assert opened.one("input", type="radio", value="commencement", checked="").get("name") == "facts.event"


def test_another_moment_and_a_ledger_that_has_begun_say_nothing_of_it(new: Seat, seat: Seat) -> None:
    assert "To begin" not in new.at("/brightwater/?as_at=2026-01-01").texts("h2")
    assert "To begin" not in seat.get().texts("h2")


def test_changes_begin_with_moments_that_were_known(new: Seat) -> None:
    page = new.at("/brightwater/changes")
    assert page.status == 200
    assert "By the last record alone" in page.texts("a", **{"aria-current": "true"})
    offered = [link for link in page.links().values() if "/changes?" in link]
    assert offered
    assert all(new.at(link).status == 200 for link in offered)


def test_a_day_before_the_ledger_is_not_offered(new: Seat, seat: Seat) -> None:
    offered = new.at("/brightwater/").links("header")
    assert "As known yesterday" not in offered
    assert "A year ago" in offered
    assert new.at(f"/brightwater/{offered['A year ago']}").status == 200
    assert "As known yesterday" in seat.get().links("header")
