"""What a file tells otherwise of the system, thing by thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION
from meterward.core.system.difference import Difference, row_of
from meterward.core.system.model import Drawn
from meterward.present.import_rows import Differing, Place
from meterward.present.kind_words import words
from meterward.present.system_changes import Field, called, fields_between, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SORTS = {ELEMENT: "Elements", LINK: "Links", POPULATION: "Populations"}
_SAID_ELSEWHERE = (ELEMENT, LINK, POPULATION, "label")


class SystemDiffers(NamedTuple):
    """See `Differs`."""

    found: Difference
    before: Drawn

    @property
    def sorts(self) -> Mapping[str, str]:
        """See `Differs.sorts`."""
        return _SORTS

    def places(self) -> Iterator[Place]:
        """See `Differs.places`."""
        yield from (_place("changed", one.name) for one in self.found.changed)
        yield from (_place("added", name) for name in self.found.added)
        yield from (_place("gone", name) for name in self.found.gone)

    def text(self, place: Place) -> str:
        """See `Differs.text`."""
        return f"{place.key} {_called(place.key, self._there(place))}"

    def row(self, place: Place) -> Differing:
        """See `Differs.row`."""
        way, _, name = place
        row = self._there(place)
        if way == "changed":
            fields = fields_between(row_of(self.before, name), row)
        else:
            fields = tuple(_told(row)) if way == "added" else ()
        return Differing(way, name, _called(name, row), fields)

    def _there(self, place: Place) -> Any:  # noqa: ANN401 - a row of any of the three
        return row_of(self.before if place.way == "gone" else self.found.now, place.key)


def _place(way: str, name: str) -> Place:
    return Place(way, name.partition("/")[0], name)


def _called(name: str, row: Any) -> str:  # noqa: ANN401 - a row of any of the three
    if name.startswith(f"{ELEMENT}/"):
        return row.label or name.partition("/")[2]
    return called(row)


def _told(row: Any) -> Iterator[Field]:  # noqa: ANN401 - a row of any of the three
    """What is said of something new, beside its name; what is as nobody said it is left out."""
    usual: Mapping[str, object] = row._field_defaults
    for name, value in row._asdict().items():
        if name not in _SAID_ELSEWHERE and (name not in usual or value != usual[name]):
            yield Field(words(name).capitalize(), "", said(value))
