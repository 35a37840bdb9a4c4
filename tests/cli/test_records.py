"""`meterward records`: showing a record, the kinds there are, and lines to fill in."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from meterward.cli.exits import Exit
from meterward.core.records.kinds import all_kinds
from tests.builders import brightwater

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said


def identity(told: list[dict[str, Any]], kind: str) -> str:
    """The id of the first record of a kind."""
    return str(next(line["id"] for line in told if line["statement"]["kind"] == kind))


def test_a_record_is_found_by_the_beginning_of_its_id(ask: Callable[..., Said], ledger: Path) -> None:
    wanted = identity(brightwater.lines(), "incident.recorded")
    for prefix in (wanted[:12], wanted[:6].upper(), wanted):
        said = ask("records", "show", prefix, ledger)
        assert said.exit == Exit.IN_ORDER
        assert wanted in said.out
        assert "incident.recorded" in said.out


def test_a_record_is_shown_with_its_links_both_ways(ask: Callable[..., Said], ledger: Path) -> None:
    wanted = identity(brightwater.lines(), "incident.recorded")
    corrected = ask("records", "show", wanted, ledger).words
    assert re.search("What acts on it.*corrects [0-9a-f]{12} incident.recorded incident/1, 14 October 2014", corrected)
    assessment = ask("records", "show", identity(brightwater.lines(), "assessment.completed"), ledger).words
    assert "refers to" in assessment
    assert "policy.issued policy/1" in assessment
    policy = ask("records", "show", identity(brightwater.lines(), "policy.issued"), ledger, "--format", "json").json
    assert [(link["verb"], link["kind"]) for link in policy["links"]] == [("refers to", "assessment.completed")]
    assert {link["kind"] for link in policy["linked"]} == {
        "management.informed",
        "management.considered",
        "policy.reviewed",
    }


def test_a_record_is_shown_with_entry_and_leaf(ask: Callable[..., Said], ledger: Path) -> None:
    told = brightwater.lines()
    place = next(number for number, line in enumerate(told) if line["statement"]["kind"] == "audit.reported")
    said = ask("records", "show", told[place]["id"], ledger, "--format", "json").json
    assert said["entry"]["index"] == place
    assert (said["entry"]["stream"], said["entry"]["counter"]) == ("brightwater/audit", 1)
    entry = {"statement": said["id"], **{key: value for key, value in said["entry"].items() if key != "leaf"}}
    leaf = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    assert said["entry"]["leaf"] == hashlib.sha256(b"\x00" + leaf).hexdigest()
    assert said["line"] == told[place]


def test_a_record_says_which_duties_read_it(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("records", "show", identity(brightwater.lines(), "state.evidenced"), ledger, "--format", "json").json
    reads = {(use["duty"], use["role"]) for use in said["read_by"]}
    assert ("Z.4", "proof") in reads
    assert ("Z.4", "adverse") not in reads


def test_hostile_text_is_shown_harmlessly(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("records", "show", brightwater.lines()[0]["id"], ledger)
    assert "\\u001b[31mred" in said.out
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
    as_json = ask("records", "show", brightwater.lines()[0]["id"], ledger, "--format", "json")
    assert as_json.json["line"]["text"]["note"] == brightwater.HOSTILE


@pytest.mark.parametrize(
    ("prefix", "code", "found"),
    [
        ("", "field.value", "is not the beginning of an id"),
        ("xyz", "field.value", "is not the beginning of an id"),
        ("0" * 65, "field.value", "is not the beginning of an id"),
        ("0" * 30, "record.unknown", "No record has an id"),
    ],
)
def test_an_id_that_finds_nothing(prefix: str, code: str, found: str, ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("records", "show", prefix, ledger)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert found in said.complaint
    assert f"[{code}]" in said.complaint


def test_an_id_that_finds_several_asks_for_more_digits(ask: Callable[..., Said], ledger: Path) -> None:
    digits = [line["id"][0] for line in brightwater.lines()]
    twice = next(digit for digit in digits if digits.count(digit) > 1)
    said = ask("records", "show", twice, ledger)
    assert said.exit == Exit.USAGE
    assert "Write more digits" in said.complaint


def test_a_record_of_a_faulty_ledger_is_shown_with_a_warning(ask: Callable[..., Said], ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes() + b"{}\n")
    said = ask("records", "show", brightwater.lines()[1]["id"], ledger)
    assert said.exit == Exit.DATA
    assert "licence.held" in said.out
    assert "The ledger has" in said.err


def test_every_kind_is_listed_with_who_reads_it(ask: Callable[..., Said]) -> None:
    said = ask("records", "kinds")
    assert said.exit == Exit.IN_ORDER
    for name in all_kinds():
        assert f"  {name} " in said.out
    assert "read by Z.7(b), Z.11, Z.14(a), Z.14(b), Z.15(a), Z.15(b), Z.16(a)" in said.words


@pytest.mark.parametrize("name", list(all_kinds()))
def test_a_kind_is_shown_with_fields_text_and_example(name: str, ask: Callable[..., Said]) -> None:
    kind = all_kinds()[name]
    words = ask("records", "kinds", name).words
    assert kind.summary in words
    for field in kind.fields:
        assert f"{field.name} {field.says}" in words
    for text, says in kind.text.items():
        assert f"{text} {says}" in words
    for role in kind.by:
        assert role in words
    assert " ".join(json.dumps(dict(kind.example), indent=2).split()) in words


def test_kinds_as_json(ask: Callable[..., Said]) -> None:
    said = ask("records", "kinds", "--format", "json").json
    assert said["format"] == "meterward.kinds/1"
    assert [kind["name"] for kind in said["kinds"]] == list(all_kinds())
    (only,) = ask("records", "kinds", "direction.issued", "--format", "json").json["kinds"]
    inner = next(field for field in only["facts"] if field["name"] == "requirements")
    assert [field["name"] for field in inner["fields"]] == [
        *("name", "act", "due", "within_days", "to", "evidence"),
    ]
    assert {"duty": "Z.19", "field": None, "role": "trigger", "value": None} in only["read_by"]


def test_a_kind_that_is_not_there_is_misuse(ask: Callable[..., Said]) -> None:
    for command in ("kinds", "template"):
        said = ask("records", command, "audit.report")
        assert (said.exit, said.out) == (Exit.USAGE, "")
        assert "[kind.unknown]" in said.complaint
        assert "audit.reported" in said.complaint
