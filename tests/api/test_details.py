"""What goes wrong on the way: answers under way, a store that is busy or full, and what nobody expected."""

from __future__ import annotations

import json
import logging
from io import StringIO
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from meterward.adapters.background import Job
from meterward.api import positions, records
from meterward.api.details import wrong
from meterward.core.base.problem import Code, Problem
from meterward.web import gate
from meterward.wiring.example_store import LEDGER
from tests.builders.desks import Machine, incident, secret_of

POSITION = f"{LEDGER}/position"
RECORDS = f"{LEDGER}/records"


@pytest.fixture
def machine() -> Machine:
    return Machine(secret_of("security"))


class Underway:
    """Answers that take longer than a request may."""

    def positions(self, _question: object) -> Job:
        return Job(done=3_000, total=100_000)

    def ask(self, _question: object, _show: object) -> Job:
        return self.positions(_question)


@pytest.mark.parametrize("path", [POSITION, f"{LEDGER}/clauses/Z.14", f"{LEDGER}/changes", f"{LEDGER}/receipt"])
def test_an_answer_under_way_says_how_far_it_came_and_where_to_ask_again(
    machine: Machine, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(positions, "answering", Underway)
    found = machine.get(path, licence="gas")
    assert found.status_code == 202
    assert found.json() == {"done": 3_000, "total": 100_000}
    assert found.headers["Location"] == f"/api/v1/{path}?licence=gas"
    assert int(found.headers["Retry-After"]) >= 1


@pytest.mark.parametrize(
    ("code", "status", "again"),
    [(Code.STORE_BUSY, 503, True), (Code.STORE_FULL, 507, False), (Code.STORE_UNAVAILABLE, 503, False)],
)
def test_a_store_that_takes_nothing_says_so(
    machine: Machine, code: Code, status: int, *, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(code, "It takes nothing.", "Send it again.")
    monkeypatch.setattr(records, "append", lambda *_: [problem])
    found = machine.post(RECORDS, incident())
    assert (found.status_code, "Retry-After" in found.headers) == (status, again)
    assert found.json()["problems"][0]["message"] == problem.message


def test_a_database_that_is_locked_while_one_reads_says_so(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "answering", raising(OperationalError("database is locked")))
    found = machine.get(POSITION)
    assert (found.status_code, found.json()["type"]) == (503, "urn:meterward:problem:store.busy")
    assert "append" not in found.content.decode()


def test_a_store_that_is_busy_or_gone_while_one_appends_says_that_nothing_was(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for said in ("database is locked", "unable to open database file"):
        monkeypatch.setattr(records, "append", raising(OperationalError(said)))
        (problem,) = machine.post(RECORDS, incident()).json()["problems"]
        assert problem["hint"].startswith("Nothing was appended."), said


@pytest.mark.parametrize("path", ["kinds/files", "kinds/records", "nothing\nhere", f"{LEDGER}/clauses/Z.4\n"])
def test_an_odd_address_is_nothing_in_the_words_of_the_api(machine: Machine, path: str) -> None:
    found = machine.get(path.replace("\n", "%0A"))
    assert found.status_code == 404
    assert found.headers["Content-Type"] == "application/problem+json"


def raising(error: Exception) -> Any:  # noqa: ANN401 - stands for whatever is called
    def broken(*_: object) -> None:
        raise error

    return broken


def test_what_nobody_expected_is_said_without_detail(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "answering", raising(RuntimeError("a secret of the house")))
    found = machine.get(POSITION)
    assert found.status_code == 500
    assert found.headers["Content-Type"] == "application/problem+json"
    assert b"secret" not in found.content


@pytest.mark.parametrize(
    ("error", "traced"), [(RuntimeError("it broke"), True), (OperationalError("no such table"), False)]
)
def test_what_nobody_expected_is_told_to_whoever_runs_it(
    machine: Machine, error: Exception, monkeypatch: pytest.MonkeyPatch, *, traced: bool
) -> None:
    """Of a store that failed only what the database said: every request would repeat the rest."""
    (handler,) = (one for one in logging.getLogger("meterward").handlers if type(one) is logging.StreamHandler)
    heard = StringIO()
    monkeypatch.setattr(handler, "stream", heard)
    monkeypatch.setattr(positions, "answering", raising(error))
    machine.get(POSITION)
    assert str(error) in heard.getvalue()
    assert ("Traceback" in heard.getvalue()) is traced
    assert machine.secret not in heard.getvalue()


def test_what_breaks_in_the_gate_is_said_as_the_address_has_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "decide", raising(RuntimeError("a secret of the house")))
    found = machine.get(POSITION)
    assert (found.status_code, found.headers["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in found.content
    page = Client(raise_request_exception=False).get(f"/{LEDGER}/")
    assert (page.status_code, page.headers["Content-Type"].partition(";")[0]) == (500, "text/html")


def test_the_gravest_of_several_problems_names_the_document() -> None:
    problems = [
        Problem(Code.ACTOR_OTHER, "one", "hint"),
        Problem(Code.FIELD_VALUE, "two", "hint", "facts.due", 2),
        Problem(Code.LINE_NOT_JSON, "three", "hint"),
    ]
    found = wrong(problems)
    assert found.status_code == 422
    assert b"urn:meterward:problem:field.value" in found.content


def test_of_very_many_problems_the_first_are_listed_and_all_are_counted() -> None:
    found = wrong([Problem(Code.FIELD_VALUE, "It is wrong.", "Mend it.", line=number) for number in range(1, 200_001)])
    said = json.loads(found.content)
    assert said["detail"] == "200,000 things are wrong; the first 1,000 are listed."
    assert [one["line"] for one in said["problems"]] == list(range(1, 1_001))
