"""Inventories as spreadsheets (XLSX): each sheet that is not empty is a table. No formula is computed."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers.expat import ExpatError

from meterward.adapters.inventories.cell_texts import SAVE
from meterward.adapters.inventories.grid import table
from meterward.adapters.inventories.sheet_cells import SheetCells
from meterward.adapters.inventories.workbook import Book, open_book
from meterward.adapters.inventories.zip_guard import BROKEN, look, reason
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.collect_problems import Problems
from meterward.usecases.ports.inventories import Table, Tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_SHEETS = 20


def read_sheets(file: BinaryIO, name: str) -> Tables | list[Problem]:
    """The tables of a spreadsheet."""
    seen = look(file, name)
    if isinstance(seen, Problem):
        return [seen]
    try:
        with zipfile.ZipFile(file) as archive:
            return _Reading(name, archive, open_book(archive)).read(seen.merged)
    except (ExpatError, LookupError, *BROKEN) as error:
        what = f"It cannot be read as a spreadsheet: {reason(error)}."
        return [Problem(Code.INVENTORY_DAMAGED, what, SAVE, name)]


class _Reading:
    """A spreadsheet as it is read."""

    def __init__(self, name: str, archive: zipfile.ZipFile, book: Book) -> None:
        self.name, self.archive, self.book = name, archive, book
        self.problems = Problems()
        self.where = name

    def read(self, merged: Mapping[str, str]) -> Tables | list[Problem]:
        """Every table, or every problem."""
        sheets = self.book.sheets
        found = [one for sheet in sheets[:_MOST_SHEETS] if (one := self._sheet(*sheet, merged)) is not None]
        self.where = self.name
        if len(sheets) > _MOST_SHEETS:
            self._wrong(Code.INVENTORY_BOUNDS, f"It has {len(sheets)} sheets.", f"Keep at most {_MOST_SHEETS}.", 0)
        if not found and not self.problems.count:
            hint = "It needs a row of headers, and a row for each thing."
            self._wrong(Code.INVENTORY_LAYOUT, "No sheet of it has a table.", hint, 0)
        return self.problems.told() or Tables("xlsx", tuple(found))

    def _sheet(self, title: str, part: str, merged: Mapping[str, str]) -> Table | None:
        self.where = f"{self.name}, {title}"
        if not part.endswith(".xml"):
            what = f"The sheet lies in {short(part)}, and is no XML by its name."
            self._wrong(Code.INVENTORY_DAMAGED, what, SAVE, 0)
            return None
        if cells := merged.get(part):
            hint = "Take the cells apart, and write in each what holds of it."
            self._wrong(Code.INVENTORY_LAYOUT, f"The cells {cells} are merged.", hint, 0)
            return None
        with self.archive.open(part) as opened:
            one, problems = table(self.name, title, SheetCells(self.book, self._wrong).read(opened))
        for problem in problems:
            self.problems.add(problem)
        return one

    def _wrong(self, code: Code, message: str, hint: str, line: int) -> None:
        self.problems.add(Problem(code, message, hint, self.where, line))
