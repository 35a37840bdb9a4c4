"""The example licensee before it has a register, for tests that tell one of their own."""

from __future__ import annotations

import json
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from meterward import wiring
from meterward.catalogues.examples.plot import Plot
from meterward.catalogues.examples.tables import acts
from meterward.wiring.example_store import make_example

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.base.problem import Problem


def make_unassessed(day: date) -> list[Problem]:
    """Fill an empty store with the example licensee as its story has it, without what a further file tells of risks."""
    with patch.object(wiring, "example", _without_risks):
        return make_example(day)


def _without_risks(name: str, day: date) -> str:
    folder = resources.files("meterward.catalogues.examples").joinpath(name)
    story = tomllib.loads(folder.joinpath("story.toml").read_text(encoding="utf-8"))
    story["record"] = [_unscaled(record) for record in story["record"]]
    lines = Plot.of(story, day, seed=name, acts=acts(folder)).tell()
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _unscaled(record: dict[str, Any]) -> dict[str, Any]:
    """A record without the scales that it used."""
    facts = record.get("facts", {})
    return {**record, "facts": {name: value for name, value in facts.items() if name != "context"}} if facts else record
