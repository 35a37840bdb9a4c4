"""Example licensees: to look around in, for the guide and for tests. One TOML file each; `plot` says how to write one.

Everybody in them is invented. Their clock is simulated, and the first record of each ledger says so.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from meterward.catalogues.examples.plot import Plot

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.base.canonical import Json

_HERE = resources.files(__package__)
_SUFFIX = ".toml"


def names() -> list[str]:
    """The examples there are."""
    return sorted(file.name.removesuffix(_SUFFIX) for file in _HERE.iterdir() if file.name.endswith(_SUFFIX))


def tell(name: str, today: date) -> list[dict[str, Json]]:
    """The ledger lines of an example, as it stands on a day. An example with fixed days is the same on every day."""
    return plot(name, today).tell()


def plot(name: str, today: date) -> Plot:
    """An example before it is told: the records that its file comes to on a day."""
    return Plot.of(_source(name), today, seed=name)


@cache
def _source(name: str) -> dict[str, object]:
    return tomllib.loads(_HERE.joinpath(f"{name}{_SUFFIX}").read_text(encoding="utf-8"))
