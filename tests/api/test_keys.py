"""Who comes in at the door of the API: by token, by session with its token against forgery, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from meterward.core.access import Scope
from meterward.usecases.ports import TokenKept
from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from meterward.wiring.keys import LONGEST, Key, holder, make, revoke
from tests.builders.desks import JSON, STRANGER, Machine, browser_of, incident, secret_of

POSITION = f"/api/v1/{LEDGER}/position"
RECORDS = f"/api/v1/{LEDGER}/records"


def security() -> Key:
    person = installation().people.get("security")
    assert person is not None
    made = make(person, "  tests ", ["append", "read"], today())
    assert isinstance(made, Key)
    return made


def test_only_the_digest_of_a_token_is_kept() -> None:
    made = security()
    (kept,) = installation().tokens.of(made.token.owner)
    assert kept == made.token
    assert made.secret not in repr(kept)
    assert (kept.label, kept.scopes) == ("tests", ("read", "append"))


def test_a_token_is_good_on_its_last_day_and_not_after() -> None:
    made = security()
    assert holder(made.secret) is not None
    late = made.token._replace(digest="0" * 64, ends=today() - timedelta(days=1))
    installation().tokens.keep(TokenKept(*late))
    assert Machine(made.secret).get("ledgers").status_code == 200
    installation().tokens.revoke(made.token.digest)
    installation().tokens.keep(made.token._replace(ends=today() - timedelta(days=1)))
    assert holder(made.secret) is None
    assert Machine(made.secret).get("ledgers").status_code == 401


def test_a_token_of_somebody_who_was_closed_opens_nothing() -> None:
    made = security()
    people = installation().people
    people.close("security")
    assert holder(made.secret) is None
    assert Machine(made.secret).get("ledgers").status_code == 401


def test_a_revoked_token_opens_nothing() -> None:
    made = security()
    assert revoke(STRANGER, made.token.digest) is False
    assert Machine(made.secret).get("ledgers").status_code == 200
    assert revoke(made.token.owner, made.token.digest) is True
    assert Machine(made.secret).get("ledgers").status_code == 401


@pytest.mark.parametrize(
    ("label", "scopes", "days", "fields"),
    [
        ("", ["read"], 1, ["label"]),
        ("x" * 101, ["read"], 1, ["label"]),
        ("tests", [], 1, ["scopes"]),
        ("tests", ["read", "everything"], 1, ["scopes"]),
        ("tests", ["read"], -1, ["ends"]),
        ("tests", ["read"], LONGEST.days + 1, ["ends"]),
        ("", [], -1, ["label", "scopes", "ends"]),
    ],
)
def test_everything_that_is_wrong_with_a_token_is_said(
    label: str, scopes: list[str], days: int, fields: list[str]
) -> None:
    found = make(STRANGER, label, scopes, today() + timedelta(days=days))
    assert not isinstance(found, Key)
    assert [problem.field for problem in found] == fields


@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        (None, 'Bearer realm="meterward"'),
        ("Basic c2VjdXJpdHk6eA==", 'Bearer realm="meterward"'),
        ("Bearer", 'Bearer realm="meterward", error="invalid_token"'),
        ("Bearer mw_guessed", 'Bearer realm="meterward", error="invalid_token"'),
        ("Bearer \xff\xfe", 'Bearer realm="meterward", error="invalid_token"'),
    ],
)
def test_whoever_does_not_say_who_they_are_is_asked(header: str | None, challenge: str) -> None:
    said = Client().get(POSITION, headers={} if header is None else {"Authorization": header})
    assert said.status_code == 401
    assert said.headers["WWW-Authenticate"] == challenge
    assert said.headers["Content-Type"] == "application/problem+json"


def test_a_session_reads() -> None:
    client = browser_of("security")
    assert client.get(POSITION).status_code == 200


def test_a_session_appends_with_its_token_against_forgery_only() -> None:
    client = browser_of("security", enforce_csrf_checks=True)
    forged = client.post(RECORDS, incident(), JSON)
    assert (forged.status_code, forged.json()["type"]) == (403, "urn:meterward:problem:request.forbidden")
    client.get("/sign-in")
    token = client.cookies["csrftoken"].value
    assert client.post(RECORDS, incident(), JSON, headers={"X-CSRFToken": token}).status_code == 201


def test_a_token_counts_before_a_session() -> None:
    client = browser_of("security")
    secret = secret_of("security", Scope.READ)
    said = client.post(RECORDS, incident(), JSON, headers={"Authorization": f"Bearer {secret}"})
    assert said.status_code == 403
