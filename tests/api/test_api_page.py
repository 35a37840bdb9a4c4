"""`docs/api.md` names every operation, its requests are answered, and its table is the one that is in use."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.test import Client

from meterward.api.description import ROOT, description
from meterward.api.details import TABLE
from meterward.core.base.problem import Code
from meterward.wiring.installed import installation
from meterward.wiring.stamping import Authority, stamp_all_due
from tests.builders.desks import Machine, secret_of
from tests.docs.api_page import PAGE, SHELL, sections, sent, table
from tests.wiring.test_stamping import asked

__all__ = ["asked"]

FILE = b"%PDF-1.7 a report"


def test_the_page_names_every_operation_and_no_other() -> None:
    paths = description()["paths"]
    there = {f"{method.upper()} /{path.removeprefix(ROOT)}" for path, methods in paths.items() for method in methods}
    assert set(sections()) == there


@pytest.mark.parametrize("operation", sections())
def test_the_request_of_each_operation_is_answered(operation: str, request: pytest.FixtureRequest) -> None:
    (command,) = SHELL.findall(sections()[operation])
    secret = secret_of("security")
    Machine(secret).post("northlight/files", FILE, "application/octet-stream")
    stamped = _stamped(request.getfixturevalue("asked")) if "$STAMPED" in command else ""
    asks = sent(command, METERWARD="/api/v1", TOKEN=secret, DIGEST=sha256(FILE).hexdigest(), STAMPED=stamped)
    method, path = operation.split()
    assert asks.method == method
    assert len(asks.address.partition("?")[0].split("/")) >= len(f"/api/v1{path}".split("/"))
    body = FILE if asks.body.startswith("@") else asks.body.encode()
    media_type = asks.headers.pop("Content-Type", "")
    found = Client().generic(method, asks.address, body, media_type, headers=asks.headers)
    assert found.status_code == (200 if method == "GET" or path.endswith("preview") else 201), found.content
    found.close()


def _stamped(authority: Authority) -> str:
    """The place of a record with a token."""
    stamp_all_due(installation(), authority)
    head = installation().ledgers.head("northlight")
    assert head
    return str(head.size - 1)


def test_the_problem_that_is_shown_is_the_one_that_comes() -> None:
    shown = json.loads(PAGE.partition("```json\n")[2].partition("```")[0])
    assert Machine(secret_of("security")).get("northlight/position", as_at="yesterday").json() == shown


def test_every_code_has_a_status_and_stands_in_the_table() -> None:
    assert set(Code) <= set(TABLE)
    assert table() in PAGE
