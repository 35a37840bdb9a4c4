"""Draw an inventory: the system that the tables of a file tell, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds.element_declared import ElementDeclared, unoffered
from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION, LinkRow, PopulationRow
from meterward.core.records.unfit import short
from meterward.core.system.model import Drawn
from meterward.usecases.check_drawn import settled, unsound
from meterward.usecases.collect_problems import Problems
from meterward.usecases.look_alikes import alike_notes, look_alike
from meterward.usecases.map_columns import FIELDS, columns_for
from meterward.usecases.name_things import Names, joined, subject, tail
from meterward.usecases.ports.inventories import Read
from meterward.usecases.read_cells import NAMES
from meterward.usecases.read_rows import Reading, RowRead

if TYPE_CHECKING:
    from collections.abc import Collection

    from meterward.usecases.ports.inventories import ColumnMapping, Columns, Row, Table, Tables

_KINDS = {ELEMENT: ElementDeclared, LINK: LinkRow, POPULATION: PopulationRow}
_ALIKE = ("model", "firmware", "version", "certification", "keys", "region", "state")
"""What makes the devices of a population alike: its name, where a file gives it none."""


def draw(found: Tables, mapping: ColumnMapping | None, known: Collection[str]) -> Read | list[Problem]:
    """The system that the tables of a file tell, or what is wrong with them."""
    drawing = _Drawing()
    drawing.spaces.update(table.space for table in found.tables if table.space)
    chosen = [(table, columns_for(table, mapping)) for table in found.tables if table.headers]
    for table, columns in chosen:
        if isinstance(columns, Problem):
            drawing.problems.add(columns)
        else:
            drawing.take(table, columns)
    if not drawing.problems.count:
        drawn = settled(Drawn(*(drawing.things[space] for space in (ELEMENT, LINK, POPULATION))), known)
        for problem in unsound(drawn, drawing.places, known):
            drawing.problems.add(problem)
        if not drawing.problems.count:
            notes = (*found.notes, *drawing.notes, *alike_notes(drawing.names, known))
            return Read(found.source, drawn, frozenset(drawing.spaces), notes)
    return drawing.problems.told()


class _Drawing:
    """What was understood so far, and where each thing stands."""

    def __init__(self) -> None:
        self.things: dict[str, dict[str, Any]] = {ELEMENT: {}, LINK: {}, POPULATION: {}}
        self.places: dict[str, Problem] = {}
        self.spaces: set[str] = set()
        self.notes: list[str] = []
        self.problems = Problems()
        self.names = Names()

    def take(self, table: Table, columns: Columns) -> None:
        """Understand a table, row by row."""
        space = columns.space
        self.spaces.add(space)
        reading = Reading(table, columns, FIELDS[space], self.problems)
        self.notes.extend(reading.passed_over())
        if not reading.lacks({space} if space != ELEMENT else ()):
            for row in table.rows:
                _Drawn(self, reading, row).take()


class _Drawn(RowRead):
    """One row as it is understood, and drawn."""

    def __init__(self, drawing: _Drawing, reading: Reading, row: Row) -> None:
        super().__init__(reading, row)
        self.drawing, self.space = drawing, reading.columns.space
        self.name = ""

    def take(self) -> None:
        """Understand it, and keep what it tells if nothing is wrong."""
        space, texts = self.space, dict(self.texts())
        for name, (header, text) in texts.items():
            if name != space:
                self._read(name, header, text)
        self.needs(texts, space)
        self.name = self._subject(texts.get(space, ("", "")))
        if self.sound:
            self._keep()

    def _read(self, name: str, header: str, text: str) -> None:
        field, value = FIELDS[self.space][name], self.read(name, header, text)
        if value is not None and (field.shape in NAMES or field.ref):
            self._clash(name if not field.ref else ELEMENT, str(value), text, header)

    def _subject(self, told: tuple[str, str]) -> str:
        space, (header, text) = self.space, told
        found = subject(space, text) if text else self._derived()
        if not found and self.sound:
            what = f"Nothing of {short(text)} can stand in a name." if text else "It has no name."
            self.wrong(Code.INVENTORY_NAME, what, "Give it a name of Latin letters and digits.", header)
        elif found and text:
            self._clash(space, found, text, header)
        return found

    def _derived(self) -> str:
        """The name of what has none of its own, from this row alone, so that no other row can change it."""
        values, space = self.values, self.space
        if space == LINK:
            ends = [tail(values[end]).replace("/", ".") for end in ("source", "target") if end in values]
            return joined(LINK, [*ends, values.get("protocol", "").replace("/", ".")]) if len(ends) > 1 else ""
        if space == POPULATION and ELEMENT in values:
            alike = [values[name].replace("/", ".") for name in _ALIKE if name in values]
            return joined(POPULATION, [tail(values[ELEMENT]).replace("/", "."), *alike])
        return ""

    def _clash(self, space: str, name: str, text: str, header: str) -> None:
        text = text.removeprefix(f"{space}/")
        if other := self.drawing.names.clash(space, name, text):
            what = f"{short(text)} and {short(other)} both become the name “{name}”.{look_alike(text, other)}"
            self.wrong(Code.INVENTORY_NAME, what, "Write both alike if they are the same, else name one apart.", header)

    def _keep(self) -> None:
        space, drawing = self.space, self.drawing
        told = {space: self.name} if space != ELEMENT else {}
        if self.name in drawing.things[space]:
            first = drawing.places[self.name]
            what = f"{self.name} stands there twice; first at {first.where}."
            self.wrong(Code.INVENTORY_NAME, what, "Say all of a thing in one row, and give each a name of its own.")
            return
        thing = _KINDS[space](**told, **self.values)
        if isinstance(thing, ElementDeclared):
            self._holds(thing)
        drawing.things[space][self.name] = thing
        drawing.places[self.name] = self.place()

    def _holds(self, element: ElementDeclared) -> None:
        if not element.categories:
            self.wrong(Code.INVENTORY_VALUE, "It has no category.", "Name at least one: the scope follows from it.")
        if missing := unoffered(element):
            what = f"It does not offer {', '.join(missing)}, and yet uses them."
            self.wrong(Code.INVENTORY_VALUE, what, "Name them among “offers” too.")
