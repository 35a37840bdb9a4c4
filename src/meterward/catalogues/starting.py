"""Where the form and the template of a kind may begin, by `starting.toml`; it counts for nothing by itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from meterward.core.base.canonical import Json

_FILE = resources.files(__package__).joinpath("starting.toml")


class Starting(NamedTuple):
    """What a form begins with, what that is called, and what is to be known of it."""

    title: str
    says: str
    facts: Mapping[str, Json]


@cache
def _every() -> Mapping[str, Starting]:
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: Starting(**one) for name, one in read.items()}


def starting(kind: str) -> Starting | None:
    """Where a kind may begin; None if nothing is known to begin with."""
    return _every().get(kind)


def kinds_with_starting() -> tuple[str, ...]:
    """The kinds that have something to begin with."""
    return tuple(_every())
