"""Draw an inventory: the system that the tables of a file tell, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.nearest import listed
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
from meterward.usecases.read_cells import NAMES, CellError, read_cell

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
        self.spaces.add(columns.space)
        ignored = [header for header in table.headers if not columns.columns.get(header)]
        if ignored:
            self.notes.append(
                f"{table.name}: not taken, because no field has it: {listed([short(header) for header in ignored])}."
            )
        needed = [name for name, field in FIELDS[columns.space].items() if field.required]
        given = {field for fields in columns.columns.values() for field in fields} | set(columns.fill)
        derived = {columns.space} if columns.space != ELEMENT else set()
        missing = [name for name in needed if name not in given and name not in derived]
        if missing and table.rows:
            hint = "Add a column for each, or say in the mapping under “fill” what holds of all rows."
            what = f"Nothing tells, of each {columns.space}: {', '.join(missing)}."
            self.problems.add(Problem(Code.INVENTORY_MAPPING, what, hint, table.name))
            return
        for row in table.rows:
            _Reading(self, table, columns, row).take()


class _Reading:
    """One row as it is understood."""

    def __init__(self, drawing: _Drawing, table: Table, columns: Columns, row: Row) -> None:
        self.drawing, self.table, self.columns, self.row = drawing, table, columns, row
        self.sound = True
        self.values: dict[str, Any] = {}
        self.name = ""

    def take(self) -> None:
        """Understand it, and keep what it tells if nothing is wrong."""
        space, texts = self.columns.space, dict(self._texts())
        for name, (header, text) in texts.items():
            if name != space:
                self._read(name, header, text)
        lacking = [
            name for name, field in FIELDS[space].items() if field.required and name != space and name not in texts
        ]
        for name in lacking:
            hint = "Fill the cell, or say in the mapping under “fill” what holds where it is empty."
            self._wrong(Code.INVENTORY_VALUE, f"Nothing tells its “{name}”.", hint)
        self.name = self._subject(texts.get(space, ("", "")))
        if self.sound:
            self._keep()

    def _texts(self) -> dict[str, tuple[str, str]]:
        """For each field that is told: its header and its text; the mapping fills what is empty."""
        found = {name: ("", text) for name, text in self.columns.fill.items() if text}
        for header, cell in zip(self.table.headers, self.row.cells, strict=True):
            if cell:
                found.update(dict.fromkeys(self.columns.columns.get(header, ()), (header, cell)))
        return found

    def _read(self, name: str, header: str, text: str) -> None:
        field = FIELDS[self.columns.space][name]
        try:
            value = read_cell(field, text, self.columns.words.get(name, {}) if header else {})
        except CellError as error:
            hint = "" if self.drawing.problems.is_full else error.hint
            self._wrong(error.code, error.message, hint, header or f"“fill” of {name}")
            return
        if value is None:
            return
        self.values[name] = value
        if field.shape in NAMES or field.ref:
            self._clash(name if not field.ref else ELEMENT, value, text, header)

    def _subject(self, told: tuple[str, str]) -> str:
        space, (header, text) = self.columns.space, told
        found = subject(space, text) if text else self._derived()
        if not found and self.sound:
            what = f"Nothing of {short(text)} can stand in a name." if text else "It has no name."
            self._wrong(Code.INVENTORY_NAME, what, "Give it a name of Latin letters and digits.", header)
        elif found and text:
            self._clash(space, found, text, header)
        return found

    def _derived(self) -> str:
        """The name of what has none of its own, from this row alone, so that no other row can change it."""
        values, space = self.values, self.columns.space
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
            self._wrong(
                Code.INVENTORY_NAME, what, "Write both alike if they are the same, else name one apart.", header
            )

    def _keep(self) -> None:
        space, drawing = self.columns.space, self.drawing
        told = {space: self.name} if space != ELEMENT else {}
        if self.name in drawing.things[space]:
            first = drawing.places[self.name]
            what = f"{self.name} stands there twice; first at {first.where}."
            self._wrong(Code.INVENTORY_NAME, what, "Say all of a thing in one row, and give each a name of its own.")
            return
        thing = _KINDS[space](**told, **self.values)
        if isinstance(thing, ElementDeclared):
            self._holds(thing)
        drawing.things[space][self.name] = thing
        drawing.places[self.name] = self._place()

    def _holds(self, element: ElementDeclared) -> None:
        if not element.categories:
            self._wrong(Code.INVENTORY_VALUE, "It has no category.", "Name at least one: the scope follows from it.")
        if missing := unoffered(element):
            what = f"It does not offer {', '.join(missing)}, and yet uses them."
            self._wrong(Code.INVENTORY_VALUE, what, "Name them among “offers” too.")

    def _place(self, header: str = "") -> Problem:
        table = self.table.file if self.row.path else self.table.name
        parts = (table, self.row.path, f"column {short(header)}" if header and self.row.line else header)
        where = ", ".join(part for part in parts if part)
        return Problem(Code.INVENTORY_VALUE, "", "", where, self.row.line)

    def _wrong(self, code: Code, message: str, hint: str, header: str = "") -> None:
        self.sound = False
        place = self._place(header)
        self.drawing.problems.add(Problem(code, message, hint, place.field, place.line))
