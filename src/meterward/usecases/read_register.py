"""Read a register: the rows that the tables of a file tell, each whole, or everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.collect_problems import Problems
from meterward.usecases.column_words import plain
from meterward.usecases.map_columns import columns_for
from meterward.usecases.read_rows import Reading, RowRead
from meterward.usecases.register_columns import FIELDS, LAYOUT, TREATMENT, amount_in, unit_in
from meterward.usecases.register_rows import CONTEXT_HEADERS, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.risk.scales import Scales
    from meterward.usecases.ports.inventories import ColumnMapping, Columns, Table, Tables

_TABLES = ("csv", "xlsx")


class RowGiven(NamedTuple):
    """A row of a file: what it is of, what it tells, and which of its columns are there."""

    space: str
    name: str
    values: Mapping[str, Any]
    given: frozenset[str]
    place: Problem
    """Where it stands, as a problem that says nothing yet."""


class RegisterRead(NamedTuple):
    """What a file tells of a register."""

    rows: tuple[RowGiven, ...]
    spaces: frozenset[str]
    notes: tuple[str, ...]


def read_register(found: Tables, mapping: ColumnMapping | None, scales: Scales | None) -> RegisterRead | list[Problem]:
    """Every row of the tables of a file; amounts are in the units of the scales."""
    if found.source not in _TABLES:
        what = "It is a model of a system, or a bill of materials, and no table."
        return [Problem(Code.INVENTORY_LAYOUT, what, "Give a register as CSV or XLSX.")]
    reading = _Register(scales)
    for table in found.tables:
        reading.take(table, mapping)
    notes = (*found.notes, *reading.notes)
    return reading.problems.told() or RegisterRead(tuple(reading.rows), frozenset(reading.spaces), notes)


def shows_context(table: Table) -> bool:
    """Whether a table shows the scales to people."""
    return tuple(plain(header) for header in table.headers) == CONTEXT_HEADERS


class _Register:
    """What was understood so far."""

    def __init__(self, scales: Scales | None) -> None:
        self.scales = scales
        self.rows: list[RowGiven] = []
        self.places: dict[str, Problem] = {}
        self.spaces: set[str] = set()
        self.notes: list[str] = []
        self.problems = Problems()

    def take(self, table: Table, mapping: ColumnMapping | None) -> None:
        """Understand a table, row by row."""
        if shows_context(table):
            self.notes.append(f"{table.name}: it shows the scales to people, and is not read back.")
            return
        columns = columns_for(table, mapping, LAYOUT)
        if isinstance(columns, Problem):
            self.problems.add(columns)
            return
        self.spaces.add(columns.space)
        reading = Reading(table, columns, FIELDS[columns.space], self.problems)
        self.notes.extend(reading.passed_over())
        for problem in self._units(table, columns):
            self.problems.add(problem)
        if not reading.lacks():
            for row in table.rows:
                self._row(reading, RowRead(reading, row))

    def _units(self, table: Table, columns: Columns) -> Iterator[Problem]:
        """What is counted in another unit than that of the scales: nothing is converted."""
        for header in table.headers:
            word = LAYOUT.words[columns.space].get(LAYOUT.name(header), "")
            fields = columns.columns.get(header) or (word,)
            amounts = [amount for field in fields if (amount := amount_in(field))]
            for _, what in amounts if (unit := unit_in(header)) else ():
                meant = unit_of(self.scales, what)
                if plain(unit) != plain(meant):
                    counts = f"is counted in {short(meant)}" if meant else "has no scale in the context"
                    text = f"The column {short(header)} is in {short(unit)}, and “{what}” {counts}."
                    hint = "Write the amounts in the unit of the context, and that unit in the header; or leave it out."
                    yield Problem(Code.INVENTORY_LAYOUT, text, hint, table.name)

    def _row(self, reading: Reading, row: RowRead) -> None:
        space, texts = reading.columns.space, row.texts()
        for name, (header, text) in texts.items():
            row.read(name, header, text)
        first = next(iter(FIELDS[space]))
        if first not in texts:
            row.wrong(Code.INVENTORY_NAME, "It has no name.", "Give it a name of Latin letters and digits.")
        name = str(row.values.get(first, ""))
        if row.sound and space != TREATMENT and name in self.places:
            what = f"{name} stands there twice; first at {self.places[name].where}."
            row.wrong(Code.INVENTORY_NAME, what, "Say all of it in one row, and give each a name of its own.")
        if row.sound:
            self.places[name] = row.place()
            self.rows.append(RowGiven(space, name, row.values, reading.given, row.place()))
