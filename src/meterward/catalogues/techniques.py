"""Techniques of MITRE ATT&CK for ICS that the catalogue names, by id; `techniques.toml` says whose they are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

_FILE = resources.files(__package__).joinpath("techniques.toml")


class Techniques(NamedTuple):
    """Names of techniques by id, the edition that they are taken from, and the attribution that its owner asks for."""

    edition: str
    attribution: str
    names: Mapping[str, str]


@cache
def techniques() -> Techniques:
    """Those that scenarios of the catalogue name."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Techniques(read["edition"], read["attribution"], read["techniques"])
