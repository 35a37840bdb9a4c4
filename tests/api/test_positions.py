"""Positions over HTTP: what the command line prints, at any moment, or everything that is wrong with a question."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from meterward.cli.main import cli
from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, secret_of

if TYPE_CHECKING:
    from pathlib import Path

AGO = (today() - timedelta(days=200)).isoformat()


@pytest.fixture
def machine() -> Machine:
    return Machine(secret_of("security"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The ledger as a file."""
    path, ledgers = tmp_path / "northlight.jsonl", installation().ledgers
    path.write_text("".join(f"{json.dumps(line)}\n" for line in ledgers.lines(LEDGER)), encoding="utf-8")
    return path


def printed(file: Path, *arguments: str) -> object:
    command, *rest = arguments
    found = CliRunner().invoke(cli, [command, *rest, str(file), "--format", "json"])
    return json.loads(found.stdout)


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ((), {}),
        (("--as-at", AGO, "--licence", "gas"), {"as_at": AGO, "licence": "gas"}),
        (("--known-at", "300"), {"known_at": "300"}),
        (("--param", "z8_strength=comply"), {"param": "z8_strength=comply"}),
    ],
)
def test_a_position_is_what_the_command_line_prints(
    machine: Machine, file: Path, options: tuple[str, ...], query: dict[str, str]
) -> None:
    found = machine.get(f"{LEDGER}/position", **query)
    assert found.status_code == 200
    assert found.json() == printed(file, "position", *options)


def test_an_explanation_is_what_the_command_line_prints(machine: Machine, file: Path) -> None:
    found = machine.get(f"{LEDGER}/clauses/Z.9/effect")
    assert found.json() == printed(file, "explain", "Z.9/effect")


def test_deadlines_are_what_the_command_line_prints(machine: Machine, file: Path) -> None:
    assert machine.get(f"{LEDGER}/deadlines").json() == printed(file, "deadlines")


def test_a_receipt_is_that_of_the_position(machine: Machine) -> None:
    positions = machine.get(f"{LEDGER}/position").json()["positions"]
    receipts = machine.get(f"{LEDGER}/receipt").json()["receipts"]
    assert receipts == [{"licence": one["licence"], "receipt": one["receipt"]} for one in positions]


def test_changes_lead_from_one_position_to_the_other(machine: Machine) -> None:
    found = machine.get(f"{LEDGER}/changes", from_as_at=AGO).json()
    assert found["before"]["as_at"] == AGO
    assert found["after"]["as_at"] == today().isoformat()
    before, after = (
        {
            (one["licence"], duty["id"]): duty["status"]
            for one in machine.get(f"{LEDGER}/position", as_at=day).json()["positions"]
            for duty in one["duties"]
        }
        for day in (AGO, today().isoformat())
    )
    turned = {(one["licence"], one["duty"]) for one in found["changes"] if one["before"] != one["after"]}
    assert turned == {duty for duty, status in after.items() if before[duty] != status}
    assert turned


def test_between_two_sizes_changes_are_those_that_the_records_between_made(machine: Machine) -> None:
    found = machine.get(f"{LEDGER}/changes", from_known_at="500").json()
    size = machine.get("ledgers").json()["ledgers"][0]["size"]
    assert (found["before"]["size"], found["after"]["size"]) == (500, size)
    assert found["changes"]


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("position?as_at=yesterday", 422, "day.invalid", "as_at"),
        ("position?as_at=2013-02-30", 422, "day.invalid", "as_at"),
        ("position?known_at=0", 422, "day.invalid", ""),
        ("position?known_at=99999999", 422, "day.invalid", ""),
        ("position?known_at=9999999999999999999", 422, "day.invalid", "known_at"),
        ("position?licence=water", 422, "licence.unknown", ""),
        ("position?param=z8_strength", 422, "parameter.value", "param"),
        ("position?param=nothing=1", 422, "parameter.unknown", ""),
        ("position?param=z8_strength=comply&param=z8_strength=regard", 422, "parameter.value", "param"),
        ("position?asat=2026-01-01", 422, "field.unknown", "asat"),
        ("position?as_at=2026-01-01&as_at=2026-01-02", 422, "field.value", "as_at"),
        ("position?as_at=", 422, "field.value", "as_at"),
        ("position?param=", 422, "field.value", "param"),
        ("position?as_at=%202026-01-01", 422, "day.invalid", "as_at"),
        ("changes?from_as_at=x", 422, "day.invalid", "from_as_at"),
        ("clauses/Z.99", 404, "clause.unknown", ""),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    machine: Machine, path: str, status: int, code: str, field: str
) -> None:
    path, _, query = path.partition("?")
    found = machine.client.get(
        f"/api/v1/{LEDGER}/{path}?{query}", headers={"Authorization": f"Bearer {machine.secret}"}
    )
    assert found.status_code == status
    assert found.headers["Content-Type"] == "application/problem+json"
    said = found.json()
    assert said["type"] == f"urn:meterward:problem:{code}"
    assert [(one["code"], one["field"]) for one in said["problems"]] == [(code, field)]
    assert all(one["message"] and one["hint"] for one in said["problems"])
