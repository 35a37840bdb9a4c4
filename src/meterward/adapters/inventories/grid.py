"""A grid of cells as a table: one row of headers, and rows beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.collect_problems import Problems
from meterward.usecases.column_words import FIELDS_BY_WORD, plain
from meterward.usecases.ports.inventories import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ROWS = 200_000
"""A table has at most so many rows: sixty thousand is a large system."""
MOST_COLUMNS = 256
_LOOKED_AT = 3
"""So many rows beneath the headers are looked at for a second row of them."""
_KNOWN = {word for words in FIELDS_BY_WORD.values() for word in words}


def table(file: str, title: str, grid: Iterable[tuple[int, list[str]]]) -> tuple[Table | None, list[Problem]]:
    """The table that a grid is, None if it is empty, and what is wrong with it. Cells have no spaces around."""
    reading = _Grid(Table(file, (), (), title).name)
    rows = reading.rows(grid)
    first = next(rows, None)
    if first is None:
        return None, reading.problems.told()
    headers = reading.headers(*first)
    kept = [row for row in (reading.row(line, cells, headers) for line, cells in rows) if row]
    places = [place for place, header in enumerate(headers) if header]
    table = Table(file, tuple(headers[place] for place in places), tuple(kept), title)
    return table, reading.problems.told()


class _Grid:
    """What is wrong with a grid, as it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems = Problems()
        self.looked = 0

    def rows(self, grid: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """The rows that are not empty, as far as a table may go."""
        count = 0
        for line, cells in grid:
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            count += 1
            if count > MOST_ROWS + 1 or len(cells) > MOST_COLUMNS:
                what = (
                    f"It has more than {MOST_ROWS:,} rows." if count > MOST_ROWS else f"It has {len(cells):,} columns."
                )
                hint = (
                    f"A table has at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns: split it, or count alike ones."
                )
                self.add(Code.INVENTORY_BOUNDS, what, hint, line)
                return
            yield line, cells

    def headers(self, line: int, cells: list[str]) -> list[str]:
        """The headers: each once. A row of one cell above others is a title."""
        found = [" ".join(cell.split()) for cell in cells]
        twice = {header for header in found if header and found.count(header) > 1}
        for header in sorted(twice):
            self.add(Code.INVENTORY_LAYOUT, f"Two columns are called {short(header)}.", "Rename one of them.", line)
        return found

    def row(self, line: int, cells: list[str], headers: list[str]) -> Row | None:
        """One row beneath the headers."""
        if self.looked < _LOOKED_AT:
            self.looked += 1
            filled = [cell for cell in cells if cell]
            known = sum(plain(cell) in _KNOWN for cell in filled)
            if known > 1 and 2 * known > len(filled):
                hint = "Leave one row of headers, right above the rows, and nothing above it."
                self.add(Code.INVENTORY_LAYOUT, "This looks like a second row of headers.", hint, line)
                return None
        cells += [""] * (len(headers) - len(cells))
        for place, cell in enumerate(cells):
            if cell and (place >= len(headers) or not headers[place]):
                what = f"{short(cell)} stands in column {letters(place)}, which has no header."
                self.add(Code.INVENTORY_LAYOUT, what, "Give the column a header, or empty it.", line)
                return None
        return Row(tuple(cell for cell, header in zip(cells, headers, strict=False) if header), line)

    def add(self, code: Code, message: str, hint: str, line: int) -> None:
        """Say that something is wrong with a row."""
        self.problems.add(Problem(code, message, hint, self.name, line))


def letters(place: int) -> str:
    """A column as spreadsheets name it, from 0: A, B, … Z, AA."""
    found, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found
