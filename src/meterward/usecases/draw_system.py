"""Draw the system of some licences on a day: its elements, links and populations, and how each cell of Z.6 stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.facts.reader import Reader
from meterward.core.facts.reference import Reference
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
from meterward.core.records.terms import SYSTEM
from meterward.core.system.cells import EMPTY, INSTEAD, Cell, Standing, cell, together, worst
from meterward.core.system.elements import PROCESS
from meterward.core.system.model import Drawn, Span, System, system
from meterward.core.system.security import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any


ASPECTS = tuple(CELLS)
"""The cells of a row of the matrix, in order."""


class Row(NamedTuple):
    """A row of the matrix: of an element, or of the whole. `apart` has each licence's cells where they differ."""

    cells: tuple[Cell, ...]
    instead: Cell
    standing: Standing
    apart: tuple[tuple[str, tuple[Cell, ...]], ...] = ()


class Element(NamedTuple):
    """An element on a day: what is told of it, since when and by which record, for which licences, and its row."""

    span: Span[ElementDeclared]
    licences: tuple[str, ...]
    row: Row

    @property
    def name(self) -> str:
        """Its name, element/…."""
        return self.span.name

    @property
    def told(self) -> ElementDeclared:
        """What is told of it."""
        return self.span.told

    @property
    def called(self) -> str:
        """What it is called; its name, where nobody called it anything."""
        return self.told.label or self.name.partition("/")[2]

    @property
    def is_process_alone(self) -> bool:
        """Whether only the reading takes it in that adds the business processes of Z.1."""
        return set(self.told.categories) == {PROCESS}


class Chart(NamedTuple):
    """The system on a day, drawn from the records of some licences."""

    day: date
    licences: tuple[str, ...]
    elements: Mapping[str, Element]
    links: Mapping[str, LinkRow]
    populations: Mapping[str, PopulationRow]
    whole: Row
    systems: tuple[System, ...]
    """What was told on all days, of each licence."""

    def history(self, name: str) -> list[Span[ElementDeclared]]:
        """What was told of an element on all days, each once, in the order of days."""
        found = (span for one in self.systems for span in one.elements.get(name, ()))
        return sorted({(one.first, one.until, one.record.order): one for one in found}.values(), key=_order)


class Side(NamedTuple):
    """A licence, and what its records are read by."""

    licence: str
    read: Reader
    reference: Reference


def draw(sides: Sequence[Side], day: date) -> Chart:
    """The system of some licences on a day. What is told of an element for one licence holds for the chart."""
    systems = tuple(system(one.read) for one in sides)
    drawn = [one.on(day) for one in systems]
    spans: dict[str, Span[Any]] = {}
    for there in systems:
        for name, told in there.elements.items():
            for span in told:
                if span.is_on(day) and (name not in spans or spans[name].record.order < span.record.order):
                    spans[name] = span
    elements = {name: _element(spans[name], sides, drawn, day) for name in sorted(spans)}
    licences = tuple(one.licence for one in sides)
    links, populations = _joined(one.links for one in drawn), _joined(one.populations for one in drawn)
    whole = _row(sides, SYSTEM, day, limited=False)
    return Chart(day, licences, elements, links, populations, whole, systems)


def _element(span: Span[Any], sides: Sequence[Side], drawn: Sequence[Drawn], day: date) -> Element:
    there = [side for side, one in zip(sides, drawn, strict=True) if span.name in one.elements]
    row = _row(there, span.name, day, limited=span.told.power == "limited")
    return Element(span, tuple(one.licence for one in there), row)


def _row(sides: Sequence[Side], subject: str, day: date, *, limited: bool) -> Row:
    """The row over all licences: of each cell the worst, since the duty is owed under each."""
    each = [tuple(cell(one.read, one.reference, day, subject, aspect) for aspect in ASPECTS) for one in sides]
    done = [cell(one.read, one.reference, day, subject, "", INSTEAD) if limited else EMPTY for one in sides]
    cells, instead = tuple(map(_worst, zip(*each, strict=True))) or (EMPTY,) * len(ASPECTS), _worst(done)
    standing = worst([together(*one, limited=limited) for one in zip(each, done, strict=True)])
    differ = any([one.standing for one in other] != [one.standing for one in each[0]] for other in each[1:])
    apart = tuple(zip([one.licence for one in sides], each, strict=True)) if differ else ()
    return Row(cells, instead, standing, apart)


def _worst(cells: Sequence[Cell]) -> Cell:
    lowest = worst([one.standing for one in cells])
    return next((one for one in cells if one.standing is lowest), EMPTY)


def _joined(drawn: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in drawn:
        found |= one
    return dict(sorted(found.items()))


def _order(span: Span[Any]) -> tuple[date, bytes]:
    return (span.first, span.record.id)
