"""What the value of a cell is as a text: nothing is computed, and what is no plain value is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from meterward.adapters.inventories.workbook import plain
from meterward.core.base.problem import Code
from meterward.core.records.unfit import short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meterward.adapters.inventories.workbook import Book

SAVE = "Open it in a spreadsheet, and save it again as XLSX."
PASTE = "Put the value in its place (paste as values)."
_NUMBER = re.compile(r"-?[0-9]{1,300}(?:\.[0-9]{0,300})?(?:[eE][-+]?[0-9]{1,3})?")
_LONGEST_INDEX = 9
_DAY = 86_400_000
_LEAP = 60
"""Spreadsheets take 1900 for a leap year: the days before its 29 February are one further."""


class NoTextError(Exception):
    """A cell holds no plain value: what it is, as a sentence goes on about it, and what to do."""

    def __init__(self, what: str, hint: str = SAVE, code: Code = Code.INVENTORY_DAMAGED) -> None:
        super().__init__(what)
        self.what, self.hint, self.code = what, hint, code


class CellTexts:
    """The values of the cells of a spreadsheet, by their kind."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._last = (date.max - book.epoch).days
        self._kinds: Mapping[str, Callable[[str, str], str]] = {
            "s": self._shared,
            "n": self._number,
            "b": _flag,
            "str": _plain,
            "d": _plain,
            "e": _error,
        }

    def text(self, kind: str, style: str, value: str) -> str:
        """A value of a kind, in a style, as a text."""
        if kind not in self._kinds:
            raise NoTextError(f"holds {short(value)}, which is no value of the kind {short(kind)}")
        return self._kinds[kind](value, style)

    def _shared(self, value: str, _: str) -> str:
        shared = self.book.shared
        if value.isascii() and value.isdecimal() and len(value) <= _LONGEST_INDEX and int(value) < len(shared):
            return shared[int(value)]
        raise NoTextError(f"names the shared text {short(value)}; there are {len(shared):,}, counted from 0")

    def _number(self, value: str, style: str) -> str:
        if style in self.book.days:
            return self._day(value)
        if value.isascii() and value.isdecimal() and value[0] != "0":
            return value
        if not _NUMBER.fullmatch(value):
            raise NoTextError(f"holds {short(value)}, which is no number")
        if value.lstrip("-").isdecimal():
            return str(int(value))
        number = float(value)
        if number.is_integer():
            return str(int(number))
        what = f"is the number {number}: as a number, 1.10 and 1.1 are the same"
        raise NoTextError(what, "Format the cell as text, and write it as it is meant.", Code.INVENTORY_VALUE)

    def _day(self, value: str) -> str:
        number = float(value) if _NUMBER.fullmatch(value) else -1
        if not 0 <= number < self._last:
            what = f"is shown as a day, and {short(value)} is none"
            raise NoTextError(what, "Format the cell as text, and write the day.", Code.INVENTORY_VALUE)
        days, rest = divmod(number, 1)
        found = datetime.combine(self.book.epoch, time()) + timedelta(milliseconds=round(rest * _DAY))
        if not days and found.date() == self.book.epoch:
            return found.time().isoformat()
        # Where 1904 is the first year, no day was counted that never was.
        days += number < _LEAP and self.book.epoch < date(1900, 1, 1)
        found += timedelta(days=days)
        return found.date().isoformat() if found.time() == time() else found.isoformat()


def _plain(value: str, _: str) -> str:
    return plain(value)


def _flag(value: str, _: str) -> str:
    if value not in ("0", "1"):
        raise NoTextError(f"holds {short(value)}, which is neither yes nor no")
    return "yes" if value == "1" else "no"


def _error(value: str, _: str) -> str:
    raise NoTextError(f"is the error {short(value)}", PASTE, Code.INVENTORY_LAYOUT)
