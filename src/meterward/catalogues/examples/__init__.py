"""Example licensees: to look around in, for the guide and for tests.

One folder each: a story, which `plot` says how to write, and the tables of its system, of which `tables` tells.
Everybody in them is invented. Their clock is simulated, and the first record of each ledger says so.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from meterward.catalogues.examples.plot import Plot
from meterward.catalogues.examples.tables import Acts, acts

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.base.canonical import Json

_HERE = resources.files(__package__)
_STORY = "story.toml"


def names() -> list[str]:
    """The examples there are."""
    return sorted(folder.name for folder in _HERE.iterdir() if folder.joinpath(_STORY).is_file())


def tell(name: str, today: date) -> list[dict[str, Json]]:
    """The ledger lines of an example, as it stands on a day. An example with fixed days is the same on every day."""
    return plot(name, today).tell()


def plot(name: str, today: date) -> Plot:
    """An example before it is told: the records that its file comes to on a day."""
    return Plot.of(_source(name), today, seed=name, acts=_acts(name))


@cache
def _source(name: str) -> dict[str, object]:
    return tomllib.loads(_HERE.joinpath(name, _STORY).read_text(encoding="utf-8"))


@cache
def _acts(name: str) -> Acts:
    return acts(_HERE.joinpath(name))
