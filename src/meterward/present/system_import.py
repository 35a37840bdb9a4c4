"""What an import would change, as a page shows it: found, filtered, and a hundred rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION
from meterward.core.system.difference import row_of
from meterward.present.kind_words import words
from meterward.present.paged import Paged, paged
from meterward.present.system_changes import Field, called, fields_between, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.system.difference import Difference
    from meterward.core.system.model import Drawn

MOST_ROWS = 100
"""So many rows are shown at a time."""
WAYS = {"added": "Added", "changed": "Changed", "gone": "Gone"}
SORTS = {ELEMENT: "Elements", LINK: "Links", POPULATION: "Populations"}
MARKS = {"added": "+", "changed": "~", "gone": "-"}
_SAID_ELSEWHERE = (ELEMENT, LINK, POPULATION, "label")


class Sought(NamedTuple):
    """Which rows somebody wants to see; all where nothing is said."""

    way: str = ""
    sort: str = ""
    words: str = ""
    page: int = 1


class Differing(NamedTuple):
    """One thing that differs: how, what it is called, and what is said of it, before and after."""

    way: str
    name: str
    called: str
    fields: tuple[Field, ...]


def sought_in(said_of: Mapping[str, str]) -> Sought:
    """What an address asks for; what it cannot mean is left out."""
    way, sort, page = said_of.get("way", ""), said_of.get("sort", ""), said_of.get("page", "")
    place = int(page) if page.isdecimal() and len(page) < 7 else 1  # noqa: PLR2004 - there are fewer pages by far
    return Sought(
        way if way in WAYS else "", sort if sort in SORTS else "", said_of.get("words", "")[:80], max(1, place)
    )


def counts_of(found: Difference) -> dict[str, dict[str, int]]:
    """How many things of each sort were added, changed and are gone."""
    counts = {sort: dict.fromkeys(WAYS, 0) for sort in SORTS}
    for way, name in _every(found):
        counts[name.partition("/")[0]][way] += 1
    return counts


def rows_of(found: Difference, before: Drawn, sought: Sought) -> Paged[Differing]:
    """The rows that are looked for, those of one page."""
    wanted = sought.words.casefold().split()
    fits = [
        (way, name)
        for way, name in _every(found)
        if sought.way in ("", way)
        and sought.sort in ("", name.partition("/")[0])
        and all(word in _text(way, name, found, before) for word in wanted)
    ]
    there = paged(fits, sought.page, MOST_ROWS)
    return Paged([_row(way, name, found, before) for way, name in there.rows], *there[1:])


def _every(found: Difference) -> Iterator[tuple[str, str]]:
    yield from (("changed", one.name) for one in found.changed)
    yield from (("added", name) for name in found.added)
    yield from (("gone", name) for name in found.gone)


def _there(way: str, name: str, found: Difference, before: Drawn) -> Any:  # noqa: ANN401 - a row of any of the three
    return row_of(before if way == "gone" else found.now, name)


def _text(way: str, name: str, found: Difference, before: Drawn) -> str:
    return f"{name} {_called(name, _there(way, name, found, before))}".casefold()


def _called(name: str, row: Any) -> str:  # noqa: ANN401 - a row of any of the three
    if name.startswith(f"{ELEMENT}/"):
        return row.label or name.partition("/")[2]
    return called(row)


def _row(way: str, name: str, found: Difference, before: Drawn) -> Differing:
    row = _there(way, name, found, before)
    if way == "changed":
        fields = fields_between(row_of(before, name), row)
    else:
        fields = tuple(_told(row)) if way == "added" else ()
    return Differing(way, name, _called(name, row), fields)


def _told(row: Any) -> Iterator[Field]:  # noqa: ANN401 - a row of any of the three
    """What is said of something new, beside its name; what is as nobody said it is left out."""
    usual: Mapping[str, object] = row._field_defaults
    for name, value in row._asdict().items():
        if name not in _SAID_ELSEWHERE and (name not in usual or value != usual[name]):
            yield Field(words(name).capitalize(), "", said(value))
