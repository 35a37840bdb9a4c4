"""Signing in and out, choosing a ledger, and what is shown to those to whom nothing is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from meterward.adapters.patience import FREE
from meterward.core.records.keeper import Keeper
from meterward.wiring.appending import append
from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER
from tests.builders.desks import STRANGER
from tests.builders.parties import entered, line, open_for
from tests.builders.workplace import HTML, Page, Seat, words

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.base.canonical import Json
    from tests.builders.stores import Store


@pytest.fixture
def nobody(example_store: Store, earnest_home: Path) -> Seat:  # noqa: ARG001 - it is in use
    example_store.people.keep(STRANGER, EXAMPLE_PASSWORD)
    return Seat("")


def sign_in(seat: Seat, name: str = "security", password: str = EXAMPLE_PASSWORD, onward: str = "") -> Page:
    return seat.post("/sign-in", name=name, password=password, next=onward)


def test_nobody_is_asked_to_sign_in_and_goes_on_to_where_they_were_going(nobody: Seat) -> None:
    asked = nobody.get("clauses/Z.4", as_at="2026-01-02")
    assert asked.status == 302
    page = nobody.at(asked.location)
    onward = next(page.all("input", name="next")).get("value", "")
    assert onward == f"/{LEDGER}/clauses/Z.4?as_at=2026-01-02"
    assert sign_in(nobody, onward=onward).location == onward


def test_nobody_learns_which_addresses_there_are(nobody: Seat) -> None:
    for path in ("no-such-page", "records/x/y", "append/incident.recorded/not-a-draft"):
        asked = nobody.get(path)
        assert asked.status == 302, path
        assert asked.location.startswith("/sign-in?next="), path
    sign_in(nobody)
    assert nobody.get("no-such-page").status == 404


def test_the_api_answers_for_itself_where_there_is_nothing(nobody: Seat) -> None:
    assert nobody.client.get("/api/v1/no-such-thing").status_code == 404


def test_the_only_ledger_opens_by_itself(nobody: Seat) -> None:
    sign_in(nobody)
    assert nobody.at("/").location == f"/{LEDGER}/"


def test_a_wrong_password_says_so_beside_the_fields(nobody: Seat) -> None:
    page = sign_in(nobody, password="wrong")  # noqa: S106 - it is none
    assert page.status == 401
    assert words(page.one("p", role="alert")).startswith("No such name and password.")
    assert page.one("input", id="name").get("value") == "security"
    assert nobody.get().status == 302


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(nobody: Seat, onward: str) -> None:
    assert sign_in(nobody, onward=onward).location == "/"


def test_signing_out_ends_it(nobody: Seat) -> None:
    sign_in(nobody)
    assert nobody.post("/sign-out").location == "/sign-in"
    assert nobody.get().status == 302


def test_an_example_offers_its_desks_and_nothing_else_does(nobody: Seat) -> None:
    assert not list(nobody.at("/sign-in").all("button", class_="desk"))
    with override_settings(EXAMPLE=True):
        desks = nobody.at("/sign-in").texts("button", class_="desk")
    assert len(desks) == 8
    assert desks[0].startswith("Security manager")


def test_the_password_of_the_example_stands_on_no_other_page(nobody: Seat) -> None:
    assert EXAMPLE_PASSWORD not in nobody.at("/sign-in").text


def test_who_has_no_role_is_told_how_to_get_one(nobody: Seat) -> None:
    sign_in(nobody, "stranger")
    page = nobody.at("/")
    assert page.texts("h1") == ["No ledger is open to you yet"]
    assert {"role.appointed", "access.granted"} == set(page.texts("code"))


def test_a_ledger_in_which_one_has_no_role_looks_as_if_it_were_not_there(nobody: Seat) -> None:
    sign_in(nobody, "stranger")
    there, not_there = nobody.get(), nobody.at("/no-such-ledger/")
    assert there.status == not_there.status == 404
    assert there.text == not_there.text


def test_several_ledgers_are_offered_by_name(nobody: Seat) -> None:
    open_for("harbour")
    facts: dict[str, Json] = {"person": STRANGER.pseudonym, "organisation": STRANGER.organisation, "role": "auditor"}
    for name in ("harbour", LEDGER):
        entered(append(name, [line("access.granted", Keeper.LICENSEE, name, facts, subject="access/stranger")]))
    sign_in(nobody, STRANGER.sign_in)
    page = nobody.at("/")
    assert page.texts("h1") == ["Whose ledger?"]
    (choices,) = page.all("ul", class_="choices")
    assert [words(link) for link in choices.iter(f"{HTML}a")] == ["Harbour harbour", "Northlight northlight"]


def test_whoever_guesses_a_password_has_to_wait(nobody: Seat) -> None:
    guess = {"name": "somebody-else", "password": "wrong"}
    for _ in range(FREE):
        assert nobody.post("/sign-in", **guess).status == 401
    page = nobody.post("/sign-in", **guess | {"name": "Somebody-Else"})
    assert page.status == 429
    assert "Too many wrong passwords in a row. Wait 1 second, then try again." in page.text
