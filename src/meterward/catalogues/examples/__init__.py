"""Example licensees: to look around in, for the guide and for tests.

One folder each: a story, which `plot` says how to write, and the tables of its system, of which `tables` tells. What is
long to tell, such as risks, can stand in further files beside the story, and is told as if it stood at the end of it.
Everybody in them is invented. Their clock is simulated, and the first record of each ledger says so.
"""

from __future__ import annotations

import tomllib
from functools import cache, reduce
from importlib import resources
from typing import TYPE_CHECKING, Any

from meterward.catalogues.examples.plot import Plot
from meterward.catalogues.examples.tables import Acts, acts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from importlib.resources.abc import Traversable

    from meterward.core.base.canonical import Json

_HERE = resources.files(__package__)
_STORY = "story.toml"
_WORKINGS = "workings"


def names() -> list[str]:
    """The examples there are."""
    return sorted(folder.name for folder in _HERE.iterdir() if folder.joinpath(_STORY).is_file())


def tell(name: str, today: date) -> list[dict[str, Json]]:
    """The ledger lines of an example, as it stands on a day. An example with fixed days is the same on every day."""
    return plot(name, today).tell()


def plot(name: str, today: date) -> Plot:
    """An example before it is told: the records that its file comes to on a day."""
    return Plot.of(source(name), today, seed=name, acts=_acts(name))


def workings(auditor: str, today: date) -> Plot:
    """What the auditors of an example keep to themselves, before it is told."""
    return Plot.of(_read(_HERE.joinpath(_WORKINGS, f"{auditor}.toml")), today, seed=auditor)


@cache
def source(name: str) -> dict[str, Any]:
    """What the files of an example say, as one story."""
    folder = _HERE.joinpath(name)
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    story, *more = sorted(files, key=lambda file: (file.name != _STORY, file.name))
    return reduce(_joined, map(_read, more), _read(story))


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _joined(story: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """A story with what a further file of it tells: more lists, more of what is usual, more records."""
    joined = {part: {**story.get(part, {}), **more.get(part, {})} for part in ("days", "words", "cast", "usual")}
    return {**story, **joined, "record": [*story["record"], *more["record"]]}


@cache
def _acts(name: str) -> Acts:
    return acts(_HERE.joinpath(name))
