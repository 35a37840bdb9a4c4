"""Read rows: what each row of a table tells, by field, and at which place whatever is wrong with it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.nearest import listed
from meterward.core.base.problem import Code, Problem
from meterward.core.records.fields import Field
from meterward.core.records.unfit import short
from meterward.usecases.collect_problems import Problems
from meterward.usecases.ports.inventories import Columns, Table
from meterward.usecases.read_cells import CellError, read_cell

if TYPE_CHECKING:
    from collections.abc import Collection

    from meterward.usecases.ports.inventories import Row


class Reading(NamedTuple):
    """A table as it is read: how its columns are, the fields that there are, and what is wrong so far."""

    table: Table
    columns: Columns
    fields: Mapping[str, Field]
    problems: Problems

    @property
    def given(self) -> frozenset[str]:
        """The fields that a column, or the mapping for all rows, gives."""
        return frozenset(field for fields in self.columns.columns.values() for field in fields) | {*self.columns.fill}

    def passed_over(self) -> tuple[str, ...]:
        """A note of the columns that no field has, if there are any."""
        ignored = [header for header in self.table.headers if not self.columns.columns.get(header)]
        if not ignored:
            return ()
        said = listed([short(header) for header in ignored])
        return (f"{self.table.name}: not taken, because no field has it: {said}.",)

    def lacks(self, derived: Collection[str] = ()) -> bool:
        """Whether no column gives something that each row needs, which then is a problem."""
        needed = [name for name, field in self.fields.items() if field.required]
        missing = [name for name in needed if name not in self.given and name not in derived]
        if missing and self.table.rows:
            hint = "Add a column for each, or say in the mapping under “fill” what holds of all rows."
            what = f"Nothing tells, of each {self.columns.space}: {', '.join(missing)}."
            self.problems.add(Problem(Code.INVENTORY_MAPPING, what, hint, self.table.name))
        return bool(missing and self.table.rows)


class RowRead:
    """One row as it is understood."""

    def __init__(self, reading: Reading, row: Row) -> None:
        self.reading, self.row = reading, row
        self.sound = True
        self.values: dict[str, Any] = {}

    def texts(self) -> dict[str, tuple[str, str]]:
        """For each field that is told: its header and its text; the mapping fills what is empty."""
        columns = self.reading.columns
        found = {name: ("", text) for name, text in columns.fill.items() if text}
        for header, cell in zip(self.reading.table.headers, self.row.cells, strict=True):
            if cell:
                found.update(dict.fromkeys(columns.columns.get(header, ()), (header, cell)))
        return found

    def read(self, name: str, header: str, text: str) -> object:
        """The value of a field, which is kept; None if there is none."""
        field = self.reading.fields[name]
        try:
            value = read_cell(field, text, self.reading.columns.words.get(name, {}) if header else {})
        except CellError as error:
            hint = "" if self.reading.problems.is_full else error.hint
            self.wrong(error.code, error.message, hint, header or f"“fill” of {name}")
            return None
        if value is not None:
            self.values[name] = value
        return value

    def needs(self, texts: Collection[str], space: str) -> None:
        """Say what is missing; the name of the row is asked for elsewhere."""
        for name, field in self.reading.fields.items():
            if field.required and name != space and name not in texts:
                hint = "Fill the cell, or say in the mapping under “fill” what holds where it is empty."
                self.wrong(Code.INVENTORY_VALUE, f"Nothing tells its “{name}”.", hint)

    def place(self, header: str = "") -> Problem:
        """Where it stands, as a problem that says nothing yet."""
        table = self.reading.table.file if self.row.path else self.reading.table.name
        parts = (table, self.row.path, f"column {short(header)}" if header and self.row.line else header)
        where = ", ".join(part for part in parts if part)
        return Problem(Code.INVENTORY_VALUE, "", "", where, self.row.line)

    def wrong(self, code: Code, message: str, hint: str, header: str = "") -> None:
        """Say that something is wrong with it."""
        self.sound = False
        place = self.place(header)
        self.reading.problems.add(Problem(code, message, hint, place.field, place.line))
