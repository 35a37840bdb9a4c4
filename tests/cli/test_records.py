"""`meterward records`: showing a record, the kinds there are, and lines to fill in."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from meterward.adapters.clock import today
from meterward.cli.exits import Exit
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.story import usual_organisation
from meterward.usecases.make_template import subject_of
from tests.builders import brightwater
from tests.builders.brightwater import one

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said

STAMPED = "checkpoint.stamped"
"""Needs the reply of an authority, which no template has."""


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


_ENDING = {"delegation.given": "2013-09-01", "glass.broken": "2013-09-01"}
"""The kinds of which an example ends soon after its own day."""
_SHOWN = ("bundle.taken", "delivery.confirmed")
"""The kinds that are shown by a file, though the act makes no document."""


def filled(line: dict[str, Any]) -> dict[str, Any]:
    """A template with everything written that it asks for."""
    kind = all_kinds()[line["statement"]["kind"]]
    organisation = usual_organisation(kind.usual_role, kind.example, "northlight")
    statement = {
        **line["statement"],
        "licensee": "northlight",
        "licences": ["electricity"],
        "actor": {"person": "p-01", "role": kind.usual_role.value, "organisation": organisation},
        **({"subject": subject_of(kind)} if "subject" in line["statement"] else {}),
        **({kind.needs_link: "0" * 64} if kind.needs_link else {}),
    }
    if kind.name in _ENDING:
        statement["occurred"] = _ENDING[kind.name]
    if kind.name in _SHOWN:
        line = {**line, "files": {"proof": ""}}
    return {
        **line,
        "statement": statement,
        "facts": dict(kind.example),
        **({"text": dict.fromkeys(line["text"], "In a few words.")} if "text" in line else {}),
        **({"files": dict.fromkeys(line["files"], "5" * 64)} if "files" in line else {}),
    }


def unwritten(value: object, path: str) -> list[str]:
    """The places that a template leaves to write."""
    if isinstance(value, dict):
        return [place for name, inner in value.items() for place in unwritten(inner, f"{path}.{name}".lstrip("."))]
    if isinstance(value, list):
        return [place for number, inner in enumerate(value) for place in unwritten(inner, f"{path}[{number}]")]
    return [path] if isinstance(value, str) and (value.startswith("(") or value == "0" * 64) else []


@pytest.mark.parametrize("name", list(all_kinds()))
def test_whatever_a_template_leaves_to_write_is_asked_for_at_once(name: str, ask: Callable[..., Said]) -> None:
    line = ask("records", "template", name).json
    said = ask("records", "check", "-", "--format", "json", piped=json.dumps(line).encode())
    assert said.exit == Exit.DATA
    wanted = unwritten(line, "")
    assert {"statement.licensee", "statement.actor.person"} <= set(wanted)
    assert sorted(problem["field"] for problem in said.json["problems"]) == sorted(wanted)
    for problem in said.json["problems"]:
        assert problem["message"].startswith("It is still the placeholder of the template"), problem


def test_what_a_template_offers_beside_may_be_left_out(ask: Callable[..., Said]) -> None:
    line = ask("records", "template", "policy.issued").json
    said = ask("records", "check", "-", "--format", "json", piped=json.dumps(line).encode())
    hints = {problem["field"]: problem["hint"] for problem in said.json["problems"]}
    assert hints["facts.assessment"].endswith("Or leave it out.")
    assert hints["facts.statements[0]"].endswith("Or leave it out.")
    assert hints["text.title"].endswith("Or leave it out.")
    assert not hints["facts.effective"].endswith("Or leave it out.")


@pytest.mark.parametrize("name", sorted(set(all_kinds()) - {STAMPED}))
def test_a_template_fits_its_kind(name: str, ask: Callable[..., Said]) -> None:
    said = ask("records", "template", name)
    assert said.exit == Exit.IN_ORDER
    assert said.out.count("\n") == 1
    assert list(said.json["facts"]) == [field.name for field in all_kinds()[name].fields]
    sealed = read_object(filled(said.json))
    assert isinstance(sealed, Sealed), sealed
    assert set(said.json.get("text", {})) == set(all_kinds()[name].text)
    assert said.json["statement"]["occurred"] == today().isoformat()


def test_salts_are_fresh(ask: Callable[..., Said]) -> None:
    salts = [json.dumps(ask("records", "template", "policy.issued").json["salts"]) for _ in range(3)]
    parts = [part for salt in salts for part in json.loads(salt).values()]
    assert len(set(parts)) == 6


def around(name: str) -> list[dict[str, Any]]:
    """A ledger that has everything that the template of any kind refers to."""
    scope = {"scope": brightwater.SCOPE, "risks": 1}
    needed: dict[str, dict[str, Any]] = {
        "licence.held": {"fuel": "electricity", "held_from": "2013-03-04"},
        "assessment.completed": scope,
    }
    subjects = {"licence.held": "licence/electricity"}
    story = [one("ledger.opened", "2012-12-01", facts={"clock": "system", "purpose": "live"})]
    here = (each for each in all_kinds().values() if Keeper.LICENSEE in each.homes and each.name not in without(name))
    for kind in (each for each in here if each.introduces and each.name not in _ENDING):
        facts = needed.get(kind.name, dict(kind.example))
        facts = {**facts, "of": "audit/1"} if kind.name == "action.planned" else facts
        story.append(one(kind.name, "2013-03-04", subjects.get(kind.name, f"{kind.introduces}/1"), facts=facts))
    if name == "match.settled":
        told = str(all_kinds()["threats.matched"].example).replace("match/CVE-2021-44228/head-end", "match/1")
        story.append(one("threats.matched", "2013-03-04", "system", facts=ast.literal_eval(told)))
    return sorted(story, key=lambda record: _rank(str(record["kind"])))


def without(name: str) -> set[str]:
    """The kind itself, and those whose examples name what it would introduce, or what these would."""
    out = {name}
    while True:
        names = [repr(f"{all_kinds()[gone].introduces}/1") for gone in out]
        more = {kind.name for kind in all_kinds().values() if any(each in str(kind.example) for each in names)}
        if more <= out:
            return out
        out |= more


OURS = {kind.name for kind in all_kinds().values() if Keeper.LICENSEE in kind.homes}
"""The kinds that are said in a licensee's ledger."""
_FIRST = (
    *("ledger.opened", "licence.held", "assessment.completed", "audit.engaged", "element.declared"),
    *("context.established", "risk.identified", "measure.planned"),
)


def _rank(kind: str) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


@pytest.mark.parametrize(
    "name",
    sorted(
        OURS - {"ledger.opened", "record.ended", "record.withdrawn", "delivery.confirmed", "glass.reviewed", STAMPED}
    ),
)
def test_a_template_passes_the_check_in_a_ledger_that_fits(name: str, ask: Callable[..., Said], tmp_path: Path) -> None:
    from meterward.core.records.story import Teller  # noqa: PLC0415 - another licensee than that of the others

    told = Teller("northlight", ("electricity",), seed="around").tell(around(name))
    line = ask("records", "template", name).json
    said = ask("records", "check", brightwater.write(tmp_path / "around.jsonl", [*told, filled(line)]))
    assert said.exit == Exit.IN_ORDER, said.out


@pytest.mark.parametrize(("name", "link"), [("record.ended", "ends"), ("record.withdrawn", "withdraws")])
def test_a_template_that_acts_on_a_record_passes_once_it_names_one(
    name: str, link: str, ask: Callable[..., Said], tmp_path: Path
) -> None:
    from meterward.core.records.story import Teller  # noqa: PLC0415 - as above

    told = Teller("northlight", ("electricity",), seed="around").tell(around(name))
    element = next(record for record in told if record["statement"]["kind"] == "element.declared")  # type: ignore[index,call-overload]  # lines are JSON
    line = filled(ask("records", "template", name).json)
    line["statement"][link] = element["id"]
    said = ask("records", "check", brightwater.write(tmp_path / "around.jsonl", [*told, line]))
    assert said.exit == Exit.IN_ORDER, said.out
