"""The records page: newest first, fifty at a time, by words, kind, clause, day and person, at any moment."""

from __future__ import annotations

import re

import pytest

from meterward.wiring.example_store import LEDGER
from tests.builders.desks import STRANGER
from tests.web.writers import Writer, size, words_of

pytestmark = pytest.mark.usefixtures("example_store")
_ENTRY = re.compile(r'class="no num"><a href="/northlight/records/(\d+)')


def _numbers(page: str) -> list[int]:
    return [int(one) for one in _ENTRY.findall(page)]


def test_the_newest_fifty_come_first_and_a_link_leads_on() -> None:
    writer = Writer()
    page = writer.get("/records").content.decode()
    assert _numbers(page) == list(range(size(), size() - 50, -1))
    older = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert _numbers(writer.client.get(f"/{LEDGER}/records{older}").content.decode())[0] == size() - 50


def test_every_entry_is_reached_once() -> None:
    writer, found, before = Writer(), list[int](), ""
    while True:
        page = writer.get("/records", before=before).content.decode()
        found += _numbers(page)
        if 'rel="next"' not in page:
            break
        before = page.partition('rel="next" href="')[2].partition("before=")[2].partition('"')[0]
        assert int(before) < size()
    assert found == list(range(size(), 0, -1))


def test_a_row_says_what_who_in_which_role_and_how_late() -> None:
    said = words_of(Writer().get("/records", words="need/data-centre-b"))
    assert "21 Apr 2026 ⚑ entered 40 days later Finding: what holds or has failed need met, held, evidenced" in said
    assert "p-09 contributor" in said


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"words": "gateway"}, "policy/3"),
        ({"kind": "audit.reported"}, "Audit report"),
        ({"person": "p-31"}, "p-31 officer of the Authority"),
        ({"subject": "direction/2"}, "About direction/2 only"),
        ({"clause": "Z.16(b)"}, "Recommendation decided"),
        ({"clause": "Z.16(b)", "kind": "recommendation.decided"}, "Recommendation decided"),
    ],
)
def test_what_is_asked_for_is_found(asked: dict[str, str], fits: str) -> None:
    found = Writer().get("/records", **asked)
    assert fits in words_of(found)
    assert 0 < len(_numbers(found.content.decode())) <= 50


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "nosuchword"},
        {"clause": "Z.16(b)", "kind": "ledger.opened"},
        {"first": "2199-01-01"},
        {"words": "'\"; -- * NOT (:zzzq"},
    ],
)
def test_where_nothing_fits_the_page_teaches(asked: dict[str, str]) -> None:
    found = Writer().get("/records", **asked)
    assert found.status_code == 200
    assert "No record fits" in words_of(found)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"clause": "Z.99"}, "condition_z_2012 has no clause “Z.99”. The clauses are: Z.1,"),
        ({"kind": "no.such"}, "No kind is called “no.such”. The kinds are:"),
    ],
)
def test_what_is_not_there_is_said_in_the_words_of_every_other_rim(asked: dict[str, str], says: str) -> None:
    found = Writer().get("/records", **asked)
    assert found.status_code == 400
    assert says in words_of(found)


def test_days_bound_what_is_found() -> None:
    said = Writer().get("/records", first="2026-05-10", last="2026-05-13").content.decode()
    assert 779 in _numbers(said)
    assert max(_numbers(said)) < size()


def test_a_day_that_is_none_is_said_in_words() -> None:
    found = Writer().get("/records", first="yesterday")
    assert found.status_code == 400
    assert "“yesterday” is not a day from 1990 to 2199." in words_of(found)


def test_the_page_shows_what_was_known() -> None:
    assert _numbers(Writer().get("/records", known_at="10").content.decode()) == list(range(10, 0, -1))
    assert Writer().get("/records", known_at="1990-01-01").status_code == 422


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "0"])
def test_an_odd_cursor_does_no_harm(before: str) -> None:
    assert Writer().get("/records", before=before).status_code == 200


def test_strangers_see_nothing() -> None:
    assert Writer(STRANGER.sign_in).get("/records").status_code == 404
