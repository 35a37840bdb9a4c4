"""Where risks lie: each at an address of its own, whatever it is called, and on the pages of its elements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import URLPattern

from meterward.web.urls import urlpatterns
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from tests.builders.risk_lines import many, risk, tell_risks
from tests.builders.systems import HEAD_END
from tests.builders.workplace import Seat, shown, words
from tests.web.registers import risks


@pytest.fixture
def told(unassessed: Seat) -> Seat:
    """A desk in front of a register with a risk of every standing."""
    tell_risks(today())
    return unassessed


def test_the_page_of_an_element_lists_its_risks_worst_first_on_the_day_shown(told: Seat) -> None:
    page = told.get("system/elements/head-end")
    (listed,) = page.all("ul", class_="risks-of")
    assert [words(one) for one in listed] == [
        "Meters lose their time T-10 4 High ▲, above appetite ◭ Treated",
        "Mass disconnection T-1, p-07 answers for it 4 High ▲, above appetite ◭ Treated",
        "A bill is wrong T-4, p-03 answers for it 1 Very low ▼ Within appetite",
    ]
    assert "2 more risks can happen to the system as a whole, and so to it." in shown(page)
    assert told.at(page.links()["Mass disconnection"]).links()["Head end"].startswith(f"/{LEDGER}/system/elements/")
    before = shown(told.get("system/elements/head-end", as_at=(today() - timedelta(31)).isoformat()))
    assert "The register has none of it on this day." in before


def test_of_many_risks_of_an_element_the_register_has_the_others(told: Seat) -> None:
    assert not isinstance(append(LEDGER, many(today(), 30, [HEAD_END])), list)
    page = told.get("system/elements/head-end")
    (listed,) = page.all("ul", class_="risks-of")
    assert len(listed) == 20
    assert len(risks(told.at(page.links()["All 33 in the register"]))) == 33


PAGE_NAMES = [str(one.pattern).partition("/risks/")[2] for one in urlpatterns if isinstance(one, URLPattern)]
"""What stands behind `risks/` in the addresses of the register's own pages."""


def test_a_risk_may_be_called_as_any_page_is(told: Seat) -> None:
    names = {one.partition("/")[0] for one in PAGE_NAMES if not one.startswith(("<", "register."))} - {""}
    assert {"queue", "proposals", "register", "map.svg"} < names
    assert not isinstance(append(LEDGER, [risk(today(), one, label=f"Called as {one}") for one in names]), list)
    links = told.get("risks", words="called").links()
    for name in names:
        assert told.at(links[f"Called as {name}"]).texts("h1") == [f"Called as {name} risk/{name}"]


def test_the_address_that_a_risk_had_before_leads_to_it(told: Seat) -> None:
    page = told.get("risks/T-1", as_at="2026-01-02")
    assert (page.status, page.location) == (301, f"/{LEDGER}/risks/register/T-1?as_at=2026-01-02")
