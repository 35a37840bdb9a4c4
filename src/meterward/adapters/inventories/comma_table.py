"""Inventories as text with commas, semicolons, tabs or bars between the cells."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from meterward.adapters.inventories.grid import table
from meterward.adapters.inventories.guarded import unguarded
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.ports.inventories import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.adapters.inventories.decoded import Decoded

_BETWEEN = ",;\t|"
_SAMPLE = 30
_LOOKED_AT = 2**16
_SAID = re.compile(r"sep=(.)\r?\n")
_FORMULA = re.compile(r"=|[+@-](?=.*\()")


def read_commas(found: Decoded, name: str) -> Tables | list[Problem]:
    """The table of a text file."""
    text, said = found.text, _SAID.match(found.text)
    between = said[1] if said else _delimiter(text)
    skipped = 1 if said else 0
    reading = _Cells(name, skipped)
    try:
        one, problems = table(name, "", reading.rows(text[said.end() :] if said else text, between))
    except csv.Error as error:
        hint = "A cell that holds quotes or line breaks stands in quotes, and quotes in it are doubled."
        what = f"The table cannot be read any further: {error}."
        return [*reading.problems, Problem(Code.INVENTORY_DAMAGED, what, hint, name, reading.line)]
    if one is None and not problems:
        hint = "It needs a row of headers, and a row for each thing."
        return [Problem(Code.INVENTORY_LAYOUT, "The file has no table.", hint, name)]
    return [*reading.problems, *problems] or Tables("csv", (one,) if one else (), found.notes)


class _Cells:
    """The cells of a text file, with the line on which each row begins."""

    def __init__(self, name: str, skipped: int) -> None:
        self.name, self.skipped = name, skipped
        self.line = 0
        self.problems: list[Problem] = []

    def rows(self, text: str, between: str) -> Iterator[tuple[int, list[str]]]:
        """Each row, cells without spaces around; one that holds a formula is a problem."""
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
        self.line = self.skipped + 1
        for cells in rows:
            yield self.line, [self._cell(cell.strip()) for cell in cells]
            self.line = self.skipped + rows.line_num + 1

    def _cell(self, cell: str) -> str:
        if cell[:1] == "'":
            return unguarded(cell)
        if cell[:1] in "=+@-" and _FORMULA.match(cell) and len(self.problems) < 100:  # noqa: PLR2004 - enough to see
            hint = "Put the value in its place; a text that begins so has an apostrophe before it."
            what = f"{short(cell)} is a formula, and none is computed here."
            self.problems.append(Problem(Code.INVENTORY_LAYOUT, what, hint, self.name, self.line))
        return cell


def _delimiter(text: str) -> str:
    """What stands between the cells: what cuts the first rows into the most columns, and all of them alike."""
    found = {between: _widths(text, between) for between in _BETWEEN}
    even = [between for between in _BETWEEN if found[between] and min(found[between]) == max(found[between]) > 1]
    return max(even or _BETWEEN, key=lambda between: found[between][0] if found[between] else 0)


def _widths(text: str, between: str) -> list[int]:
    begins = text[:_LOOKED_AT]
    rows = csv.reader(io.StringIO(begins, newline=""), delimiter=between)
    try:
        found = [len(row) for row in islice(rows, _SAMPLE) if any(row)]
        return found if len(begins) == len(text) or len(found) < 2 else found[:-1]  # noqa: PLR2004 - the last may be cut
    except csv.Error:
        return []
