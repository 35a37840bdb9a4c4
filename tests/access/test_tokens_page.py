"""The page of tokens: the secret is shown once, what is wrong stands beside its field, each revokes their own."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from meterward.wiring.keys import holder
from tests.builders.desks import Machine, browser_of

if TYPE_CHECKING:
    from django.test import Client

PAGE = f"/{LEDGER}/tokens"
SECRET = re.compile(r'value="(mw_[A-Za-z0-9_-]{43})"')


@pytest.fixture
def client() -> Client:
    return browser_of("security")


def typed(**changed: object) -> dict[str, object]:
    return {"label": "Nightly", "scopes": ["read"], "ends": today().isoformat(), **changed}


def test_a_secret_is_shown_once_and_opens_the_api(client: Client) -> None:
    made = client.post(PAGE, typed())
    found = SECRET.search(made.content.decode())
    assert found is not None
    assert made.headers["Cache-Control"] == "no-store"
    assert Machine(found[1]).get(f"{LEDGER}/position").status_code == 200
    later = client.get(PAGE).content.decode()
    assert found[1] not in later
    assert "Nightly" in later


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client: Client) -> None:
    far = (today() + timedelta(days=800)).isoformat()
    said = client.post(PAGE, typed(label="My label", scopes=[], ends=far))
    page = said.content.decode()
    assert said.status_code == 422
    assert 'id="wrong-scopes"' in page
    assert 'id="wrong-ends"' in page
    assert 'id="wrong-label"' not in page
    assert 'value="My label"' in page
    assert f'value="{far}"' in page
    assert SECRET.search(page) is None


@pytest.mark.parametrize("ends", ["", "tomorrow", "2026-13-01"])
def test_a_day_that_is_none_makes_no_token(client: Client, ends: str) -> None:
    assert client.post(PAGE, typed(ends=ends)).status_code == 422
    person = installation().people.get("security")
    assert person is not None
    assert installation().tokens.of(person) == []


def test_a_label_cannot_break_out_of_the_page(client: Client) -> None:
    page = client.post(PAGE, typed(label='"><script>alert(1)</script>')).content.decode()
    assert "<script>alert" not in page


def test_a_revoked_token_is_gone_from_the_page_and_opens_nothing(client: Client) -> None:
    page = client.post(PAGE, typed()).content.decode()
    secret = SECRET.search(page)
    address = re.search(r'action="([^"]+/revoke)"', page)
    assert secret is not None
    assert address is not None
    assert client.post(address[1]).headers["Location"] == PAGE
    assert "You have none." in client.get(PAGE).content.decode()
    assert holder(secret[1]) is None
    assert client.post(address[1]).status_code == 404
