"""The system of an example as tables beside its story: which act told which element, link or population, and how.

`elements.csv`, `links.csv` and `populations.csv` have a column for each field of `system.described`, and before them
`act`: the word by which a record of the story tells its rows. A row says the whole of a thing from that act on; one
with nothing but a name says that the thing is gone. Lists have spaces between their words, and a day is written as
anywhere in a story. An example without these files has no tables.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

Acts: TypeAlias = "Mapping[str, Mapping[str, list[Any]]]"
"""The rows of each act, by the field of `system.described` that they belong to."""

_SPACES = ("element", "link", "population")
_REFERENCES = {
    "element": ("element", "within"),
    "link": ("link", "source", "target"),
    "population": ("population", "element"),
}
_LISTS = frozenset(("categories", "offers", "enabled", "data", "protection"))
_NUMBERS = frozenset(("components", "devices"))
_YES = {"yes": True, "no": False}


def acts(folder: Traversable) -> Acts:
    """What each act of an example tells."""
    found: defaultdict[str, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for space in _SPACES:
        for row in _rows(folder.joinpath(f"{space}s.csv")):
            act, name = row.pop("act"), f"{space}/{row[space]}"
            if any(text for field, text in row.items() if field != space):
                found[act][f"{space}s"].append(_told(space, row))
            else:
                found[act]["gone"].append(name)
    return found


def _rows(file: Traversable) -> Iterator[dict[str, str]]:
    if file.is_file():
        yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _told(space: str, row: Mapping[str, str]) -> dict[str, Any]:
    told = {field: _value(space, field, text) for field, text in row.items() if text}
    return {"element": told.pop("element"), "told": told} if space == "element" else told


def _value(space: str, field: str, text: str) -> str | int | bool | list[str]:
    if field in _LISTS:
        return text.split()
    if field in _NUMBERS:
        return int(text)
    if field in _REFERENCES[space]:
        return f"{space if field == space else 'element'}/{text}"
    return _YES[text] if field == "both_ways" else text
