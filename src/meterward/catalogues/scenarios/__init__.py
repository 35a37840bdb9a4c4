"""Scenarios of harm to smart metering, one TOML file each: prose, predicate and worked cases are one unit.

`file_of_scenario` says how a file is written. The files are our own, so a mistake in one is an exception.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from meterward.catalogues.scenarios.file_of_scenario import THEMES, read_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.risk.scenario import Scenario

_HERE = resources.files(__package__)
_SUFFIX = ".toml"


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario of the catalogue, by name."""
    files = sorted(file.name for file in _HERE.iterdir() if file.name.endswith(_SUFFIX))
    return tuple(_scenario(file) for file in files)


@cache
def by_name() -> Mapping[str, Scenario]:
    """Every scenario of the catalogue under its name."""
    return {one.name: one for one in scenarios()}


@cache
def by_theme() -> Mapping[str, tuple[Scenario, ...]]:
    """Every scenario under what it is about, as it is called, in the order in which themes are listed."""
    return {called: tuple(one for one in scenarios() if one.theme == theme) for theme, called in THEMES.items()}


def _scenario(file: str) -> Scenario:
    text = _HERE.joinpath(file).read_text(encoding="utf-8")
    return read_scenario(file.removesuffix(_SUFFIX), tomllib.loads(text))
