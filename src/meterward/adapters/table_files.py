"""Files that hold a table: looked at before an engine reads them, so that it is told all and need not guess."""

from __future__ import annotations

import csv
import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from meterward.usecases.ports.tables import Tell

LONGEST_ROW = 65_536
"""A row of such a table has a hundred bytes; one that is so long is none."""
_DELIMITERS = ",;\t|"
_PIECE = 1 << 22
_PARQUET = b"PAR1"
_MARK = b"\xef\xbb\xbf"
_OTHERS = {
    b"PK\x03\x04": "a spreadsheet or an archive",
    b"\x1f\x8b": "compressed",
    b"\x28\xb5\x2f\xfd": "compressed",
    b"\xd0\xcf\x11\xe0": "a spreadsheet of an old form",
}
_SAVE = "Save it as CSV in UTF-8, or as Parquet."


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file with a table, as it was when it was looked at."""

    name: str
    """What the table is called in messages."""
    path: Path
    seen: tuple[int, ...]
    columns: tuple[str, ...] = ()
    """The columns of a CSV, in their order and lower case."""
    delimiter: str = ""
    """What stands between them; empty for Parquet, which says itself what it holds."""

    def digest(self, tell: Tell) -> str | Problem:
        """The SHA-256 of its bytes."""
        done, whole, found = 0, max(self.seen[2], 1), hashlib.sha256()
        try:
            with self.path.open("rb") as file:
                while piece := file.read(_PIECE):
                    found.update(piece)
                    done += len(piece)
                    tell(f"Looking at the {self.name}", done / whole)
        except OSError as error:
            return _unreadable(self.name, self.path, error.strerror or str(error))
        return found.hexdigest()

    def changed(self) -> Problem | None:
        """What is said if it is no longer what it was: its digest would be of other rows than those counted."""
        try:
            same = _signs(self.path.stat()) == self.seen
        except OSError:
            same = False
        hint = "Nothing was kept. Wait until it is written, and count again."
        return None if same else Problem(Code.FILE_UNREADABLE, f"The {self.name} changed while it was read.", hint)


def look_at(name: str, path: str, needed: Sequence[str]) -> TableFile | list[Problem]:
    """What lies under a path, if that is a file with a table that has the columns needed."""
    place = Path(path)
    try:
        found = place.stat()
        if not stat.S_ISREG(found.st_mode):
            return [_unreadable(name, place, "it is no file")]
        with place.open("rb") as file:
            return _looked(TableFile(name, place.absolute(), _signs(found)), file, needed)
    except FileNotFoundError:
        return [Problem(Code.FILE_MISSING, f"There is no {name} “{path}”.", "Check the path.")]
    except (OSError, ValueError) as error:
        return [_unreadable(name, place, getattr(error, "strerror", None) or str(error))]


def lacking(name: str, columns: Sequence[str], needed: Iterable[str]) -> list[Problem]:
    """What is wrong with the names of columns: one that is needed is not there, or stands there twice."""
    found = []
    for column in needed:
        if not columns.count(column):
            hint = f"{nearest(column, columns)}Name it so in the first row."
            found.append(Problem(Code.FIELD_MISSING, f"The {name} has no column “{column}”.", hint, column, 1))
        elif columns.count(column) > 1:
            message = f"The {name} has the column “{column}” twice."
            found.append(Problem(Code.FIELD_VALUE, message, "Leave one of them.", column, 1))
    return found


def _looked(table: TableFile, file: BinaryIO, needed: Sequence[str]) -> TableFile | list[Problem]:
    head = file.read(LONGEST_ROW)
    other = next((says for magic, says in _OTHERS.items() if head.startswith(magic)), "")
    if other:
        return [_unreadable(table.name, table.path, f"it is {other}", _SAVE)]
    if not head:
        return [Problem(Code.FILE_EMPTY, f"The {table.name} is empty.", "Give the whole of it.")]
    if head.startswith(_PARQUET):
        return table
    return _with_header(table, head.removeprefix(_MARK), needed)


def _with_header(table: TableFile, head: bytes, needed: Sequence[str]) -> TableFile | list[Problem]:
    first, ended, _ = head.replace(b"\r", b"\n").partition(b"\n")
    if not ended and len(head) >= LONGEST_ROW - len(_MARK):
        message = f"The first row of the {table.name} does not end within {LONGEST_ROW // 1024} KiB."
        return [Problem(Code.LINE_TOO_LONG, message, "It names the columns, and nothing else.", "", 1)]
    try:
        text = first.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        message = f"The first row of the {table.name} is not UTF-8."
        return [Problem(Code.LINE_NOT_UTF8, message, "Save it as CSV in UTF-8.", "", 1)]
    rows = {mark: _names(text, mark) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: len(set(rows[mark]) & set(needed)))
    problems = lacking(table.name, rows[best], needed)
    return problems or TableFile(table.name, table.path, table.seen, tuple(rows[best]), best)


def _names(text: str, delimiter: str) -> list[str]:
    try:
        return [one.strip().lower() for one in next(csv.reader([text], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _signs(found: os.stat_result) -> tuple[int, ...]:
    """What changes when anybody writes to a file, or puts another in its place."""
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _unreadable(name: str, path: Path, why: str, hint: str = "Give a file of CSV in UTF-8, or of Parquet.") -> Problem:
    return Problem(Code.FILE_UNREADABLE, f"The {name} “{path}” cannot be read: {why}.", hint)
