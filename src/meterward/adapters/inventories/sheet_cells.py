"""The rows of a sheet, one after the other, as texts: each cell in its place, once and in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Final

from meterward.adapters.inventories.cell_texts import PASTE, SAVE, CellTexts, NoTextError
from meterward.adapters.inventories.grid import MOST_COLUMNS, letters
from meterward.adapters.inventories.workbook import plain, tags, walk
from meterward.core.base.problem import Code
from meterward.core.records.unfit import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.adapters.inventories.workbook import Book

Wrong = Callable[[Code, str, str, int], None]
"""Hears what is wrong: its code, what was found, what to do, and in which row."""

_LAST_ROW = 2**20
_LONGEST_NUMBER = 9
_TAGS: Final = tags("row", "c", "v", "t", "f", "rPh")
_COLUMNS: Final = {letters(place): place for place in range(MOST_COLUMNS)}


class SheetCells:
    """The rows of a sheet that were walked through since they were last asked for, and the one where the walk is."""

    def __init__(self, book: Book, wrong: Wrong) -> None:
        self.meaning, self.wrong = CellTexts(book), wrong
        self.rows: list[tuple[int, list[str]]] = []
        self.pieces: list[str] = []
        self.cells: list[str] = []
        self.own: list[str] = []
        self.line, self.at = 0, -1
        self.tail = self.kind = self.style = ""
        """The number of the row that is open, and the kind of the cell that is: empty if none is."""
        self.values: list[str] = []
        self.formula: str | None = None
        self.sound = self.ended = self.spoken = False
        self._begins = {"c": self._begin_cell, "row": self._begin_row, "rPh": self._begin_spoken}
        self._ends = {"v": self._end_value, "c": self._end_cell, "row": self._end_row}
        self._ends |= {"t": self._end_text, "f": self._end_formula, "rPh": self._end_spoken}

    def read(self, part: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
        """Each row that has cells, with its number."""
        for _ in walk(part, self._start, self._end, self.pieces):
            yield from self.rows
            self.rows.clear()
            if self.ended:
                return

    def _start(self, name: str, told: dict[str, str]) -> None:
        self.pieces.clear()
        if begin := self._begins.get(_TAGS.get(name, "")):
            begin(told)

    def _end(self, name: str) -> None:
        if end := self._ends.get(_TAGS.get(name, "")):
            end()

    def _begin_row(self, told: dict[str, str]) -> None:
        number = told.get("r", str(self.line + 1))
        line = int(number) if number.isdecimal() and len(number) <= _LONGEST_NUMBER else 0
        self.sound = False
        if self.ended:
            return
        if line > _LAST_ROW:
            self.ended = True
            self.wrong(Code.INVENTORY_BOUNDS, f"It has rows beyond {_LAST_ROW:,}.", "Remove them.", line)
        elif line <= self.line or self.tail:
            self.wrong(Code.INVENTORY_DAMAGED, f"It has rows out of order after row {self.line:,}.", SAVE, self.line)
        else:
            self.cells, self.at, self.sound = [], -1, True
            self.line, self.tail = line, str(line)

    def _end_row(self) -> None:
        if self.sound and self.cells:
            self.rows.append((self.line, self.cells))
        self.cells, self.sound, self.tail = [], False, ""

    def _begin_cell(self, told: dict[str, str]) -> None:
        place = told.get("r")
        at = self.at + 1
        if place is not None:
            at = _COLUMNS.get(place[: -len(self.tail)], -1) if place.endswith(self.tail) else -1
        if self.sound and not (self.at < at < MOST_COLUMNS and not self.kind):
            self.sound = False
            self._misplaced(place, at)
        self.at, self.style, self.kind = at, told.get("s", ""), told.get("t") or "n"
        self.values.clear()
        self.own.clear()
        self.formula = None

    def _misplaced(self, place: str | None, at: int) -> None:
        if at >= MOST_COLUMNS:
            what = f"It has more than {MOST_COLUMNS} columns."
            self.wrong(Code.INVENTORY_BOUNDS, what, "Remove what is not of the inventory.", self.line)
            return
        what = "A cell of this row stands there twice, or out of order."
        if at < 0:
            what = f"A cell that stands in this row says that it is {short(place or '')}."
        self.wrong(Code.INVENTORY_DAMAGED, what, SAVE, self.line)

    def _end_cell(self) -> None:
        if self.sound:
            try:
                text = self._text()
            except NoTextError as error:
                message = f"Cell {letters(self.at)}{self.line} {error.what}."
                self.wrong(error.code, message, error.hint, self.line)
                text = ""
            if text:
                self.cells.extend([""] * (self.at - len(self.cells)))
                self.cells.append(text)
        self.kind = ""

    def _text(self) -> str:
        if self.formula is not None:
            what = f"is a formula, {short(f'={self.formula}')}, and none is computed here"
            raise NoTextError(what, PASTE, Code.INVENTORY_LAYOUT)
        if len(self.values) > 1 or (self.own and (self.values or self.kind != "inlineStr")):
            raise NoTextError("has two values")
        if self.own:
            return plain("".join(self.own))
        return self.meaning.text(self.kind, self.style, self.values[0]) if self.values and self.values[0] else ""

    def _end_value(self) -> None:
        self.values.append("".join(self.pieces).strip())

    def _end_text(self) -> None:
        if not self.spoken:
            self.own.append("".join(self.pieces))

    def _end_formula(self) -> None:
        self.formula = "".join(self.pieces)

    def _begin_spoken(self, _: dict[str, str]) -> None:
        self.spoken = True

    def _end_spoken(self) -> None:
        self.spoken = False
