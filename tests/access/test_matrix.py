"""Every route, of pages and of the API, for everybody who may come: owner, colleague, stranger, nobody.

The routes are read from where they are served, so that a new one without a row here fails.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from meterward.core.access import Scope
from meterward.wiring.example_store import LEDGER
from tests.builders.access_rows import (
    EVERYBODY,
    OF_API,
    OF_AUDITS,
    OF_DESK,
    OF_IMPORTS,
    OWN,
    PAGE,
    WRONG,
    Expected,
    Reach,
    Row,
)
from tests.builders.access_rows_of_directions import OF_DIRECTIONS
from tests.builders.desks import JSON, STRANGER, browser_of, secret_of
from tests.builders.owned import OWNER, own_something

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Answered

BYTES = "application/octet-stream"
COLLEAGUE = "counsel"
"""Another person of the licensee than the one whose is what is owned in the addresses below."""

NOT_IN = Expected(401, 401, 401, 401)
GONE = Expected(410, 410, 410, 410)
OF_ONESELF = Expected(200, 200, 200, 302)
"""A page about whoever asks."""
SENT_ON = Expected(302, 302, 302, 302)
EVERY_ROW = (
    Row("GET", "/", Expected(302, 302, 200, 302)),
    Row("GET", "/sign-in", EVERYBODY),
    Row("POST", "/sign-in", Expected(401, 401, 401, 401), {"name": "x", "password": "y"}),
    Row("GET", "/sign-in/second", Expected(302, 302, 302, 302)),
    Row("POST", "/sign-in/second", Expected(302, 302, 302, 302), {"code": "000000"}),
    Row("GET", "/sign-in/passkey", EVERYBODY),
    Row("POST", "/sign-in/passkey", Expected(401, 401, 401, 401), {"credential": "{}"}),
    Row("GET", "/sign-in/with/nobody", NOT_IN),
    Row("GET", "/sign-in/with/nobody/back", NOT_IN),
    Row("POST", "/sign-in/with/nobody/assertion", EVERYBODY),
    Row("POST", "/sign-in/with/nobody/assertion/here", NOT_IN),
    Row("GET", "/sign-in/with/nobody/metadata", Expected(404, 404, 404, 404)),
    Row("POST", "/ways/link/nobody", Expected(401, 401, 401, 302)),
    Row("POST", "/ways/linked/1/remove", Expected(404, 404, 404, 302)),
    Row("GET", "/invitation/not-a-secret", GONE),
    Row("POST", "/invitation/not-a-secret", GONE, {"name": "x", "password": "y"}),
    Row("GET", "/invitation/not-a-secret/passkey", GONE),
    Row("GET", "/ways", OF_ONESELF),
    Row("GET", "/ways/app", OF_ONESELF),
    Row("POST", "/ways/app", Expected(401, 401, 401, 302), {"code": "x"}),
    Row("POST", "/ways/codes", SENT_ON),
    Row("GET", "/ways/confirm", OF_ONESELF),
    Row("POST", "/ways/confirm", Expected(401, 401, 401, 302), {"password": "wrong"}),
    Row("POST", "/ways/factors/1/remove", Expected(404, 404, 404, 302)),
    Row("GET", "/ways/passkeys", OF_ONESELF),
    Row("GET", "/ways/passkeys/new", OF_ONESELF),
    Row("POST", "/ways/passkeys/new", Expected(422, 422, 422, 302), {"credential": "{}"}),
    Row("GET", "/ways/password", OF_ONESELF),
    Row("POST", "/ways/password", Expected(422, 422, 422, 302), {"password": "x", "again": "y"}),
    Row("POST", "/ways/sessions", SENT_ON),
    Row("POST", "/ways/sessions/1/end", SENT_ON),
    Row("GET", f"/{LEDGER}/people", Expected(200, 403, 404, 302), reach=Reach.INVITER, everywhere=True),
    Row("POST", f"/{LEDGER}/people", Expected(422, 403, 404, 302), reach=Reach.INVITER, everywhere=True),
    Row("POST", f"/{LEDGER}/people/withdraw", Expected(404, 403, 404, 302), reach=Reach.INVITER, everywhere=True),
    Row("POST", "/sign-out", Expected(302, 302, 302, 302)),
    Row("GET", f"/{LEDGER}/", PAGE, reach=Reach.POSITION, everywhere=True),
    Row("GET", f"/{LEDGER}/clauses/Z.14", PAGE, reach=Reach.POSITION),
    Row("GET", f"/{LEDGER}/changes", PAGE, reach=Reach.POSITION),
    Row("GET", f"/{LEDGER}/system", PAGE),
    Row("GET", f"/{LEDGER}/system/elements/head-end", PAGE),
    Row("POST", f"/{LEDGER}/system/views", WRONG),
    Row("GET", f"/{LEDGER}/system/matrix", PAGE),
    Row("POST", f"/{LEDGER}/system/matrix/fill", WRONG, reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/system/map", PAGE),
    Row("GET", f"/{LEDGER}/system/map.json", PAGE),
    Row("GET", f"/{LEDGER}/system/changes", PAGE),
    Row("GET", f"/{LEDGER}/system/coverage", PAGE),
    Row("GET", f"/{LEDGER}/system/coverage/measure", PAGE, reach=Reach.WRITER),
    Row("POST", f"/{LEDGER}/system/coverage/measure", WRONG, reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/system/coverage/measure/unmatched", Expected(200, 404, 404, 302), reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/system/contracts", PAGE),
    Row("GET", f"/{LEDGER}/system/rollout", PAGE),
    Row("GET", f"/{LEDGER}/risks", PAGE),
    Row("GET", f"/{LEDGER}/risks/register/nobody-told", Expected(404, 404, 404, 302)),
    Row("GET", f"/{LEDGER}/risks/nobody-told", Expected(301, 301, 404, 302)),
    Row("POST", f"/{LEDGER}/risks/views", WRONG),
    Row("GET", f"/{LEDGER}/risks/map", PAGE),
    Row("GET", f"/{LEDGER}/risks/map.svg", PAGE),
    *OF_IMPORTS,
    Row("GET", f"/{LEDGER}/risks/register.xlsx", PAGE),
    Row("GET", f"/{LEDGER}/risks/proposals", PAGE),
    Row("POST", f"/{LEDGER}/risks/proposals/settle", Expected(422, 422, 404, 302), reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/risks/scenarios/mass-disconnection", PAGE),
    Row("GET", f"/{LEDGER}/risks/assessments", PAGE),
    Row("POST", f"/{LEDGER}/risks/assessments/complete", Expected(302, 403, 404, 302), reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/risks/assessments/compared", PAGE),
    Row("GET", f"/{LEDGER}/risks/queue", PAGE),
    Row("GET", f"/{LEDGER}/risks/threats", PAGE, reach=Reach.WRITER),
    Row("POST", f"/{LEDGER}/risks/threats", WRONG, reach=Reach.WRITER),
    Row("POST", f"/{LEDGER}/risks/queue/review", Expected(422, 403, 404, 302), reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/risks/treatment", PAGE),
    Row("GET", f"/{LEDGER}/risks/treatment.svg", PAGE),
    Row("GET", f"/{LEDGER}/risks/design", PAGE),
    Row("POST", f"/{LEDGER}/risks/design/adopt", Expected(302, 403, 404, 302), reach=Reach.WRITER),
    Row("POST", f"/{LEDGER}/stop", PAGE, reach=Reach.POSITION, everywhere=True),
    *OF_AUDITS,
    *OF_DIRECTIONS,
    *OF_DESK,
    Row("GET", f"/{LEDGER}/records", PAGE, everywhere=True),
    Row("GET", f"/{LEDGER}/records/1", PAGE, reach=Reach.RECORD, everywhere=True),
    Row("GET", f"/{LEDGER}/records/1/proof", PAGE, reach=Reach.RECORD, everywhere=True),
    Row("GET", f"/{LEDGER}/records/1/statement", PAGE, reach=Reach.RECORD, everywhere=True),
    Row("GET", f"/{LEDGER}/records/1/time-stamp", Expected(404, 404, 404, 302), reach=Reach.RECORD, everywhere=True),
    Row(
        "GET",
        f"/{LEDGER}/records/1/stamped-checkpoint",
        Expected(404, 404, 404, 302),
        reach=Reach.RECORD,
        everywhere=True,
    ),
    Row("GET", f"/{LEDGER}/records/id/{{record}}", Expected(302, 302, 404, 302), reach=Reach.RECORD, everywhere=True),
    Row("GET", f"/{LEDGER}/files/{{digest}}", PAGE, reach=Reach.RECORD, everywhere=True),
    Row("GET", f"/{LEDGER}/ledger", PAGE, everywhere=True),
    Row("GET", f"/{LEDGER}/ledger/policy", PAGE, everywhere=True),
    Row("GET", f"/{LEDGER}/ledger/bundles", PAGE, everywhere=True),
    Row("POST", f"/{LEDGER}/ledger/bundles", WRONG, {"first": "x"}, everywhere=True),
    Row("GET", f"/{LEDGER}/ledger/bundles/{{bundle}}", OWN, everywhere=True),
    Row("GET", f"/{LEDGER}/rights", PAGE, everywhere=True),
    Row("GET", f"/{LEDGER}/reads", OWN, reach=Reach.MANAGER, everywhere=True),
    Row("GET", f"/{LEDGER}/reads/1/proof", Expected(404, 404, 404, 302), reach=Reach.MANAGER, everywhere=True),
    Row("GET", f"/{LEDGER}/append", PAGE, reach=Reach.WRITER, everywhere=True),
    Row("GET", f"/{LEDGER}/append/policy.issued", Expected(200, 403, 404, 302), reach=Reach.WRITER, everywhere=True),
    Row("GET", f"/{LEDGER}/append/incident.recorded/{{draft}}", OWN, reach=Reach.OWNER, everywhere=True),
    Row(
        "POST",
        f"/{LEDGER}/append/incident.recorded/{{draft}}",
        Expected(422, 404, 404, 401),
        {"do": "append"},
        reach=Reach.OWNER,
        everywhere=True,
    ),
    Row(
        "GET",
        f"/{LEDGER}/append/incident.recorded/{{draft}}/preview",
        Expected(422, 404, 404, 302),
        reach=Reach.OWNER,
        everywhere=True,
    ),
    Row("GET", f"/{LEDGER}/drafts", PAGE, reach=Reach.WRITER, everywhere=True),
    Row("GET", f"/{LEDGER}/drafts/{{draft}}", Expected(302, 404, 404, 302), reach=Reach.OWNER, everywhere=True),
    Row(
        "POST", f"/{LEDGER}/drafts/{{draft}}/discard", Expected(302, 404, 404, 302), reach=Reach.OWNER, everywhere=True
    ),
    Row("POST", f"/{LEDGER}/passkey", WRONG, reach=Reach.WRITER, everywhere=True),
    Row("POST", f"/{LEDGER}/passkey/end", WRONG, reach=Reach.WRITER, everywhere=True),
    Row("GET", f"/{LEDGER}/tokens", PAGE, reach=Reach.ROLE, everywhere=True),
    Row("POST", f"/{LEDGER}/tokens", WRONG, reach=Reach.ROLE, everywhere=True),
    Row("POST", f"/{LEDGER}/tokens/{{token}}/revoke", Expected(302, 404, 404, 302), reach=Reach.ROLE, everywhere=True),
    Row("GET", f"/{LEDGER}/nothing/here", Expected(404, 404, 404, 302), everywhere=True),
    *OF_API,
)
SAMPLE = {
    "token": "0" * 64,
    "digest": "0" * 64,
    "draft": str(UUID(int=1)),
    "importing": str(UUID(int=2)),
    "register": str(UUID(int=3)),
    "record": "0" * 64,
    "bundle": "northlight-1",
}


def route_of(row: Row) -> str | None:
    """The route that a row is about; None if nothing is served there."""
    try:
        return resolve(row.address.format(**SAMPLE)).route
    except Resolver404:
        return None


ROWS = tuple(row for row in EVERY_ROW if route_of(row) is not None)
"""A slip in an address leaves the route that was meant without a row, which fails."""
API = "/api/"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_SOME = ("bundles", "cases", "licensees/<slug:name>", "directions/new")
_SOME_NAMED = ("directions/drafts/<path:name>", "directions/issue/<path:name>")
EVERY_METHOD = (
    r"api/v1/[\s\S]*",
    "<slug:ledger>/<path:rest>",
    *(f"<slug:ledger>/{page}" for page in (*_SOME, *_SOME_NAMED)),
)
"""What is not there is not there by any method."""


@pytest.fixture
def owned() -> dict[str, str]:
    """What the owner has, by what an address calls it."""
    return own_something()


def routes(found: Iterable[URLPattern | URLResolver], above: str = "") -> Iterator[str]:
    """Every route that is served."""
    for one in found:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{above}{one.pattern}")
        else:
            yield f"{above}{one.pattern}"


ROUTES = sorted(routes(get_resolver().url_patterns))


def send(row: Row, owned: dict[str, str], client: Client, **headers: str) -> Answered:
    """Send a request, and throw the answer's content away."""
    body, media_type = b"", "application/x-www-form-urlencoded"
    if isinstance(row.said, bytes):
        body, media_type = row.said, BYTES
    elif row.address.startswith(API) and row.said:
        body, media_type = json.dumps(row.said).encode(), JSON
    elif row.said:
        return client.post(row.address.format(**owned), row.said, headers=headers)
    elif row.address.startswith(API):
        media_type = ""
    found = client.generic(row.method, row.address.format(**owned), body, media_type, headers=headers)
    found.close()
    return found


def signed_in(who: str) -> Client:
    names = {"owner": OWNER, "colleague": COLLEAGUE, "stranger": STRANGER.sign_in, "nobody": ""}
    return browser_of(names[who], raise_request_exception=False)


def test_every_route_has_a_row() -> None:
    assert set(ROUTES) == {route_of(row) for row in ROWS}


@pytest.mark.parametrize("route", ROUTES)
def test_every_method_without_a_row_is_refused(route: str, owned: dict[str, str]) -> None:
    rows = [row for row in ROWS if route_of(row) == route]
    if route in EVERY_METHOD:
        return
    there = {row.method for row in rows}
    refused = (403, 404) if "/auditing/" in route else (405,)
    for method in set(METHODS) - there - ({"HEAD"} if "GET" in there else set()):
        found = signed_in("owner").generic(method, rows[0].address.format(**owned))
        assert found.status_code in refused, method


@pytest.mark.parametrize("who", Expected._fields)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.address}")
def test_what_comes_of_it(row: Row, who: str, owned: dict[str, str]) -> None:
    found = send(row, owned, signed_in(who))
    assert found.status_code == getattr(row.expected, who)
    if who == "nobody" and found.status_code == 302 and row.address != "/sign-out":
        assert found.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("who", Expected._fields)
@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=lambda row: row.address)
def test_a_head_is_answered_as_the_whole_is_but_without_the_body(row: Row, who: str, owned: dict[str, str]) -> None:
    found = send(row._replace(method="HEAD"), owned, signed_in(who))
    assert found.status_code == getattr(row.expected, who)
    assert b"".join(found) == b""


@pytest.mark.parametrize("scopes", [(Scope.READ,), (Scope.APPEND,), tuple(Scope)], ids="+".join)
@pytest.mark.parametrize("row", OF_API, ids=lambda row: f"{row.method} {row.address}")
def test_what_comes_of_it_with_a_token(row: Row, scopes: tuple[Scope, ...], owned: dict[str, str]) -> None:
    alone = {Scope.READ: row.reads, Scope.APPEND: row.appends}
    expected = alone[scopes[0]] if len(scopes) == 1 else row.expected.owner
    found = send(row, owned, Client(), Authorization=f"Bearer {secret_of(OWNER, *scopes)}")
    assert found.status_code == expected


@pytest.mark.parametrize("row", [row for row in ROWS if LEDGER in row.address], ids=lambda row: row.address)
def test_to_a_stranger_a_ledger_looks_as_if_it_were_not_there(row: Row, owned: dict[str, str]) -> None:
    elsewhere = row._replace(address=row.address.replace(LEDGER, "nowhere"))
    client = signed_in("stranger")
    here, nowhere = send(row, owned, client), send(elsewhere, owned, client)
    assert (here.status_code, here.content) == (nowhere.status_code, nowhere.content)
