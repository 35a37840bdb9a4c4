"""Reading law packs: TOML into the shapes of `core.obligations.law`."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.base.working_days import WorkingDays
from meterward.core.facts.owed import Source
from meterward.core.facts.reference import Period, Question, Reference, StateRule
from meterward.core.obligations.law import (
    Due,
    Duty,
    DutyKind,
    Force,
    ForceWhere,
    Inputs,
    Limit,
    Pack,
    Parameter,
    Provision,
    Reading,
)
from meterward.core.records.kinds import all_kinds
from meterward.core.records.story import with_usual

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

DEFAULT = "condition_z_2012"
"""The pack that is meant where none is named."""
_HERE = resources.files("meterward.law")
_CALENDAR = "england_and_wales.toml"
DOCUMENTS = "*document"
"""The selector that stands for every kind of record that makes a document."""
_SOLE = {"id": "plain", "says": "The clause read plainly."}


def names() -> list[str]:
    """The packs there are."""
    return sorted(folder.name for folder in _HERE.iterdir() if folder.joinpath("pack.toml").is_file())


@cache
def load(name: str) -> Pack | Problem:
    """Read a pack by name."""
    if name not in names():
        return Problem(Code.PACK_UNKNOWN, f"There is no law pack “{name}”.", f"The packs are: {', '.join(names())}.")
    sources = [_HERE.joinpath(name, "pack.toml"), _HERE.joinpath("calendars", _CALENDAR)]
    texts = [_text(source) for source in sources]
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    law, calendar = (tomllib.loads(text) for text in texts)
    try:
        return _pack(law, calendar, digest)
    except (KeyError, TypeError, ValueError) as error:
        return Problem(Code.PACK_INVALID, f"The law pack {name} does not read: {error!r}.", "Mend its pack.toml.")


def cases(name: str) -> Mapping[str, Any]:
    """The worked cases of a pack: its `cases.toml`, and after it every file in its folder `cases`, by name.

    What a file calls usual holds for its own records; bases and cases are everybody's, so each id is used once.
    """
    folder = _HERE.joinpath(name, "cases")
    files = sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else []
    merged = tomllib.loads(_text(_HERE.joinpath(name, "cases.toml")))
    for file in files:
        if file.name.endswith(".toml"):
            _merge(merged, tomllib.loads(_text(file)), file.name)
    return merged


def kinds_of(selector: str) -> list[str]:
    """The kinds of record that a selector of a duty's inputs names: one, or all that make a document."""
    if selector == DOCUMENTS:
        return [name for name, kind in all_kinds().items() if kind.document]
    return [selector.partition("?")[0]]


def _merge(merged: dict[str, Any], more: Mapping[str, Any], file: str) -> None:
    """Take in one more file of cases. The cases are ours, so what is wrong with one is a `ValueError`."""
    bases, cases = more.get("base", {}), more.get("case", [])
    if unknown := more.keys() - {"usual", "base", "case"}:
        raise ValueError(f"{file} has {', '.join(sorted(unknown))}; a file of cases has usual, base and case.")
    known = {*merged["base"], *(case["id"] for case in merged["case"])}
    for identity in (*bases, *(case["id"] for case in cases)):
        if identity in known:
            raise ValueError(f"{file} uses the id {identity}, which is used already.")
        known.add(identity)
    for owner in (*bases.values(), *cases):
        owner["record"] = [with_usual(more.get("usual", {}), record) for record in owner.get("record", ())]
    merged["base"].update(bases)
    merged["case"].extend(cases)


def _text(source: Traversable) -> str:
    return source.read_text(encoding="utf-8").replace("\r\n", "\n")


def _pack(law: Mapping[str, Any], calendar: Mapping[str, Any], digest: str) -> Pack:
    head = law["pack"]
    return Pack(
        head["name"],
        head["version"],
        head["title"],
        head["source"],
        digest,
        law["parts"],
        tuple(_provision(item) for item in law["provision"]),
        tuple(_duty(item) for item in law["duty"]),
        tuple(_parameter(item) for item in law["parameter"]),
        _reference(law["reference"]),
        WorkingDays(calendar["first"], calendar["last"], frozenset(calendar["holidays"])),
    )


def _parameter(item: Mapping[str, Any]) -> Parameter:
    values = tuple(item["values"])
    words = dict(zip(values, item.get("words", values), strict=True))
    return Parameter(item["name"], item["says"], values, item["title"], words)


def _provision(item: Mapping[str, Any]) -> Provision:
    kind = DutyKind(item["kind"])
    return Provision(item["clause"], item["part"], item["title"], kind, item["says"], tuple(item.get("shapes", ())))


def _duty(item: Mapping[str, Any]) -> Duty:
    inputs = {name: tuple(selectors) for name, selectors in item.get("inputs", {}).items()}
    return Duty(
        id=item["id"],
        clause=item["clause"],
        part=item["part"],
        title=item["title"],
        kind=DutyKind(item["kind"]),
        force=Force(item["force"]),
        bearer=item.get("bearer", "licensee"),
        says=item["says"],
        trigger=item["trigger"],
        proof=item["proof"],
        facts=tuple(item.get("facts", ())),
        readings=tuple(_reading(reading) for reading in item.get("reading", [_SOLE])),
        inputs=Inputs(**inputs),
        due=_due(item.get("due")),
        force_where=tuple(
            ForceWhere(one["parameter"], one["value"], Force(one["force"])) for one in item.get("force_where", ())
        ),
        recurs=item.get("recurs", False),
        children=tuple(item.get("children", ())),
        parameters=tuple(item.get("parameters", ())),
    )


def _reading(item: Mapping[str, Any]) -> Reading:
    return Reading(
        item["id"],
        item["says"],
        item.get("settings", {}),
        _due(item.get("due")),
        tuple(item.get("mixed", ())),
        item.get("supposes", ""),
    )


def _due(item: Mapping[str, Any] | None) -> Due | None:
    if item is None:
        return None
    if "parameter" in item:
        return Due(0, Limit(item["unit"]), Source(item["source"]), item["parameter"])
    unit = next(unit for unit in Limit if unit in item)
    return Due(item[unit], unit, Source(item["source"]))


def _reference(item: Mapping[str, Any]) -> Reference:
    return Reference(
        editions={name: Period(**period) for name, period in item["editions"].items()},
        schemes={name: Period(**period) for name, period in item["schemes"].items()},
        audit_coverage=tuple(item["audit_coverage"]),
        states={name: StateRule(**rule) for name, rule in item["states"].items()},
        questions={
            name: Question(rule["says"], tuple(rule["roles"]), tuple(rule.get("grounds", ())))
            for name, rule in item["questions"].items()
        },
        limits=item["limits"],
        judged_equivalent=tuple(item["judged_equivalent"]),
        instruments=tuple(item["instruments"]),
    )
