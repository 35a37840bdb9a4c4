"""Inventories as spreadsheets (XLSX): each sheet that is not empty is a table. No formula is computed."""

from __future__ import annotations

import warnings
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

import openpyxl

from meterward.adapters.inventories.grid import MOST_COLUMNS, letters, table
from meterward.adapters.inventories.zip_guard import look, reason
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.collect_problems import Problems
from meterward.usecases.ports.inventories import Table, Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_SHEETS = 20
_LAST_ROW = 2**20


def read_sheets(file: BinaryIO, name: str) -> Tables | list[Problem]:
    """The tables of a spreadsheet."""
    seen = look(file, name)
    if isinstance(seen, Problem):
        return [seen]
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with closing(openpyxl.load_workbook(file, read_only=True, keep_links=False)) as book:
                return _Book(name, seen.merged).read(cast("list[_Sheet]", book.worksheets))
    except Exception as error:  # noqa: BLE001 - what a damaged part makes openpyxl throw is nowhere listed
        what = f"It cannot be read as a spreadsheet: {reason(error)}."
        hint = "Open it in a spreadsheet, and save it again as XLSX."
        return [Problem(Code.INVENTORY_DAMAGED, what, hint, name)]


class _Sheet(Protocol):
    """A sheet as openpyxl reads one row by row."""

    title: str
    _worksheet_path: str

    _get_row: Callable[..., tuple[Any, ...]]

    def reset_dimensions(self) -> None:
        """Forget what size the sheet claims to have."""

    def iter_rows(self) -> Iterator[tuple[Any, ...]]:
        """Each row as far as it has cells."""


class _Book:
    """A spreadsheet as it is read."""

    def __init__(self, name: str, merged: dict[str, str]) -> None:
        self.name, self.merged = name, merged
        self.problems = Problems()
        self.where = name

    def read(self, sheets: list[_Sheet]) -> Tables | list[Problem]:
        """Every table, or every problem."""
        found = [one for sheet in sheets[:_MOST_SHEETS] if (one := self._sheet(sheet)) is not None]
        if len(sheets) > _MOST_SHEETS:
            self._wrong(Code.INVENTORY_BOUNDS, f"It has {len(sheets)} sheets.", f"Keep at most {_MOST_SHEETS}.", 0)
        if not found and not self.problems.count:
            hint = "It needs a row of headers, and a row for each thing."
            self._wrong(Code.INVENTORY_LAYOUT, "No sheet of it has a table.", hint, 0)
        return self.problems.told() or Tables("xlsx", tuple(found))

    def _sheet(self, sheet: _Sheet) -> Table | None:
        self.where = f"{self.name}, {sheet.title}"
        part = sheet._worksheet_path.lstrip("/")  # noqa: SLF001 - read-only sheets do not know their merged cells
        if not part.endswith(".xml"):
            what = f"The sheet lies in {short(part)}, and is no XML by its name."
            self._wrong(Code.INVENTORY_DAMAGED, what, "Open it in a spreadsheet, and save it again as XLSX.", 0)
            return None
        if cells := self.merged.get(part):
            hint = "Take the cells apart, and write in each what holds of it."
            self._wrong(Code.INVENTORY_LAYOUT, f"The cells {cells} are merged.", hint, 0)
            return None
        one, problems = table(self.name, sheet.title, self._grid(sheet))
        for problem in problems:
            self.problems.add(problem)
        return one

    def _grid(self, sheet: _Sheet) -> Iterator[tuple[int, list[str]]]:
        # A sheet may claim any size; what it has is what is read.
        sheet.reset_dimensions()
        whole = sheet._get_row  # noqa: SLF001 - what it gives has the last of several cells of one place alone
        sheet._get_row = lambda cells, *more: whole(cells, *more) if self._in_order(cells) else ()  # noqa: SLF001 - the same
        for line, row in enumerate(sheet.iter_rows(), 1):
            if line > _LAST_ROW:
                self._wrong(Code.INVENTORY_BOUNDS, f"It has rows beyond {_LAST_ROW:,}.", "Remove them.", line)
                return
            if row:
                yield line, [self._cell(cell.value, cell.data_type, line, place) for place, cell in enumerate(row)]

    def _in_order(self, cells: list[dict[str, Any]]) -> bool:
        """Whether the cells of a row come one after the other, each once, and none too far to the right."""
        places = [cell["column"] for cell in cells]
        if not places or (places[-1] <= MOST_COLUMNS and places == sorted({*places})):
            return True
        line = cells[0]["row"]
        if places[-1] > MOST_COLUMNS:
            what = f"It has {places[-1]:,} columns."
            self._wrong(Code.INVENTORY_BOUNDS, what, "Remove what is not of the inventory.", line)
        else:
            what = "A cell of this row stands there twice, or out of order."
            self._wrong(Code.INVENTORY_DAMAGED, what, "Open it in a spreadsheet, and save it again as XLSX.", line)
        return False

    def _cell(self, value: object, kind: str, line: int, place: int) -> str:
        at = f"Cell {letters(place)}{line}"
        if value is None:
            return ""
        if kind in {"f", "e"}:
            what = f"{at} is a formula, {short(str(value))}, and none is computed here."
            if kind == "e":
                what = f"{at} is the error {short(str(value))}."
            self._wrong(Code.INVENTORY_LAYOUT, what, "Put the value in its place (paste as values).", line)
            return ""
        if isinstance(value, float) and not value.is_integer():
            what = f"{at} is the number {value}: as a number, 1.10 and 1.1 are the same."
            self._wrong(Code.INVENTORY_VALUE, what, "Format the cell as text, and write it as it is meant.", line)
            return ""
        return _text(value)

    def _wrong(self, code: Code, message: str, hint: str, line: int) -> None:
        self.problems.add(Problem(code, message, hint, self.where, line))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value))
    if isinstance(value, datetime):
        at_midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if at_midnight else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()
