"""Templates of records: they fit their kind, say what is left to write, and pass the check once it is written."""

from __future__ import annotations

import ast
import json
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

WRITTEN = sorted(kind.name for kind in all_kinds().values() if not kind.worked_out)
"""The kinds that people write."""
_ENDING = {"delegation.given": "2013-09-01", "glass.broken": "2013-09-01"}
"""The kinds of which an example ends soon after its own day."""


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


@pytest.mark.parametrize("name", WRITTEN)
def test_whatever_a_template_leaves_to_write_is_asked_for_at_once(name: str, ask: Callable[..., Said]) -> None:
    line = ask("records", "template", name).json
    said = ask("records", "check", "-", "--format", "json", piped=json.dumps(line).encode())
    assert said.exit == Exit.DATA
    wanted = unwritten(line, "")
    assert {"statement.licensee", "statement.actor.person"} <= set(wanted)
    assert sorted(problem["field"] for problem in said.json["problems"]) == sorted(wanted)
    for problem in said.json["problems"]:
        assert problem["message"].startswith("It is still the placeholder of the template"), problem


@pytest.mark.parametrize("name", sorted(set(all_kinds()) - set(WRITTEN)))
def test_there_is_no_template_of_what_nobody_writes(name: str, ask: Callable[..., Said]) -> None:
    said = ask("records", "template", name)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert "[kind.worked-out]" in said.complaint
    assert "records template" not in ask("records", "kinds", name).out


def test_what_a_template_offers_beside_may_be_left_out(ask: Callable[..., Said]) -> None:
    line = ask("records", "template", "policy.issued").json
    said = ask("records", "check", "-", "--format", "json", piped=json.dumps(line).encode())
    hints = {problem["field"]: problem["hint"] for problem in said.json["problems"]}
    assert hints["facts.assessment"].endswith("Or leave it out.")
    assert hints["facts.statements[0]"].endswith("Or leave it out.")
    assert hints["text.title"].endswith("Or leave it out.")
    assert not hints["facts.effective"].endswith("Or leave it out.")


@pytest.mark.parametrize("name", WRITTEN)
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
    sorted(OURS.intersection(WRITTEN) - {"ledger.opened", "record.ended", "record.withdrawn", "glass.reviewed"}),
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
