"""What an import would change, as a page shows it: found, filtered, and a hundred rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from meterward.present.paged import Paged, paged
from meterward.present.system_changes import Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_ROWS = 100
"""So many rows are shown at a time."""
WAYS = {"added": "Added", "changed": "Changed", "gone": "Gone"}
MARKS = {"added": "+", "changed": "~", "gone": "-"}


class Sought(NamedTuple):
    """Which rows somebody wants to see; all where nothing is said."""

    way: str = ""
    sort: str = ""
    words: str = ""
    page: int = 1


class Place(NamedTuple):
    """One thing that differs: how, of which sort it is, and by what it is found again."""

    way: str
    sort: str
    key: str


class Differing(NamedTuple):
    """One thing that differs: how, what it is called, and what is said of it, before and after."""

    way: str
    name: str
    called: str
    fields: tuple[Field, ...]


class Differs(Protocol):
    """What differs between a file and what was told, thing by thing; each importer has its own."""

    @property
    def sorts(self) -> Mapping[str, str]:
        """The sorts of things, and what many of each are called; the one that matters most comes first."""

    def places(self) -> Iterator[Place]:
        """Everything that differs, in the order in which it is shown."""

    def text(self, place: Place) -> str:
        """By what a thing is looked for."""

    def row(self, place: Place) -> Differing:
        """A thing as it is shown."""


def sought_in(said_of: Mapping[str, str], sorts: Mapping[str, str]) -> Sought:
    """What an address asks for; what it cannot mean is left out."""
    way, sort, page = said_of.get("way", ""), said_of.get("sort", ""), said_of.get("page", "")
    place = int(page) if page.isdecimal() and len(page) < 7 else 1  # noqa: PLR2004 - there are fewer pages by far
    return Sought(
        way if way in WAYS else "", sort if sort in sorts else "", said_of.get("words", "")[:80], max(1, place)
    )


def counts_of(found: Differs) -> dict[str, dict[str, int]]:
    """How many things of each sort were added, changed and are gone."""
    counts = {sort: dict.fromkeys(WAYS, 0) for sort in found.sorts}
    for place in found.places():
        counts[place.sort][place.way] += 1
    return counts


def rows_of(found: Differs, sought: Sought) -> Paged[Differing]:
    """The rows that are looked for, those of one page."""
    wanted = sought.words.casefold().split()
    fits = [
        place
        for place in found.places()
        if sought.way in ("", place.way)
        and sought.sort in ("", place.sort)
        and (not wanted or _has(found.text(place).casefold(), wanted))
    ]
    there = paged(fits, sought.page, MOST_ROWS)
    return Paged([found.row(place) for place in there.rows], *there[1:])


def _has(text: str, wanted: list[str]) -> bool:
    return all(word in text for word in wanted)
