"""Premises supplied against the meter inventory, by DuckDB."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

import duckdb

from meterward.adapters.coverage_sql import (
    COMPARE,
    COUNT,
    FEED,
    INVENTORY,
    PARQUET_ROWS,
    PROBLEMS,
    SPELLS,
    UNMATCHED,
    Declared,
    find_wrong,
    read_csv,
    read_parquet,
)
from meterward.adapters.duck import MEMORY, Duck, quoted
from meterward.adapters.table_files import LONGEST_ROW, TableFile, lacking, look_at
from meterward.core.base.problem import Code, Problem
from meterward.usecases.ports.tables import Counted, Coverage, Read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from meterward.usecases.ports.tables import Tables, Tell

T = TypeVar("T")

MOST_ROWS = 100_000_000
"""A Parquet file has at most so many rows: there are some fifty million meters in Great Britain."""
MOST = 51
"""So many problems of one sort are told at most."""
_LISTED = "unmatched.csv"
_SHOWN = 40
_UNQUOTED = "\"'“”"
_REJECTED = {
    "CAST": (Code.FIELD_VALUE, "What stands there cannot be read."),
    "MISSING COLUMNS": (Code.ROW_UNREADABLE, "The row ends before this column."),
    "TOO MANY COLUMNS": (Code.ROW_UNREADABLE, "The row has more columns than the first one names."),
    "UNQUOTED VALUE": (Code.ROW_UNREADABLE, "A quotation mark opens or closes where it does not belong."),
    "LINE SIZE OVER MAXIMUM": (Code.LINE_TOO_LONG, f"The row has more than {LONGEST_ROW // 1024} KiB."),
    "INVALID ENCODING": (Code.LINE_NOT_UTF8, "The row is not UTF-8."),
}
_OTHERWISE = (Code.ROW_UNREADABLE, "The row cannot be read.")


class _RefusedError(Exception):
    """What is wrong with the files, on its way up to the one door where it becomes an answer."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = list(problems)


class _Source(NamedTuple):
    declared: Declared
    file: TableFile


class DuckComparing:
    """See `Comparing`."""

    def __init__(self) -> None:
        self._left = ExitStack()
        self.listed = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.close()

    def compare(self, tables: Tables, tell: Tell) -> Coverage | list[Problem]:
        """See `Comparing.compare`."""
        sources, problems = [], []
        for declared, path in ((FEED, tables.feed), (INVENTORY, tables.inventory)):
            found = look_at(declared.name, path, tuple(declared.columns))
            if isinstance(found, TableFile):
                sources.append(_Source(declared, found))
            else:
                problems += found
        if problems:
            return problems
        try:
            files = {source.declared.name: source.file.path for source in sources}
            duck = self._left.enter_context(Duck(files))
            self.listed = duck.place(_LISTED)
            return _Comparison(duck, tell).compared(tables, sources)
        except _RefusedError as refused:
            return refused.problems
        except duckdb.OutOfMemoryException:
            return [Problem(Code.FILE_TOO_LARGE, f"Comparing them takes more than {MEMORY}.", "Divide them by fuel.")]
        except (duckdb.Error, OSError) as error:
            return [_not_compared(error)]


class _Comparison:
    """One comparison, by an engine, of which `tell` hears."""

    def __init__(self, duck: Duck, tell: Tell) -> None:
        self._duck = duck
        self._tell = tell

    def compared(self, tables: Tables, sources: list[_Source]) -> Coverage:
        """Read both tables, and compare them."""
        digests = [_or_refused(source.file.digest(self._tell)) for source in sources]
        rows = [self._read(source) for source in sources]
        # Whoever writes to a file meanwhile would have us name the digest of other rows than those counted.
        for source in sources:
            _or_refused(source.file.changed())
        asked = {"day": tables.as_at, "fuels": list(tables.fuels)}
        for step in COMPARE:
            self._ask("Comparing", step, {name: one for name, one in asked.items() if f"${name}" in step})
        counted = [Counted(fuel, *self._ask("Counting", COUNT, {"fuel": fuel})[0]) for fuel in tables.fuels]
        doubled, overlapping = self._ask("Counting", SPELLS)[0]
        feed, inventory = (Read(digest, count) for digest, count in zip(digests, rows, strict=True))
        found = Coverage(
            tables.as_at, tuple(counted), feed, inventory, "duckdb", duckdb.__version__, doubled, overlapping
        )
        return found._replace(unmatched=self._list()) if tables.unmatched else found

    def _ask(self, what: str, sql: str, given: Mapping[str, object] | None = None) -> list[Any]:
        return self._duck.run(what, sql, self._tell, given)

    def _list(self) -> Read:
        path = Path(self._duck.place(_LISTED))
        rows = self._ask("Listing what does not match", UNMATCHED.format(file=quoted(str(path))))[0][0]
        listed = TableFile("list of what does not match", path, (0, 0, path.stat().st_size))
        return Read(_or_refused(listed.digest(self._tell)), rows)

    def _read(self, source: _Source) -> int:
        """Read a table; how many rows it has, none of them wrong."""
        table, file = source
        given: dict[str, object] = {"path": self._duck.place(table.name)}
        if file.delimiter:
            more = {"delimiter": file.delimiter, "longest": LONGEST_ROW, "most": MOST}
            rows = self._ask(f"Reading the {table.name}", read_csv(table, file.columns), given | more)[0][0]
            problems = self._rejected(table)
        else:
            rows, problems = self._read_parquet(table, given)
        # A row that could not be read would shift the places of those after it, so it is told first, and alone.
        if problems := problems or self._wrong(table):
            raise _RefusedError(*problems)
        if not rows:
            raise _RefusedError(Problem(Code.FILE_EMPTY, f"The {table.name} has no rows.", "Give the whole of it."))
        return int(rows)

    def _read_parquet(self, table: Declared, given: Mapping[str, object]) -> tuple[int, list[Problem]]:
        try:
            if problems := self._misshapen(table, given) or self._too_long(table, given):
                return 0, problems
            return self._ask(f"Reading the {table.name}", read_parquet(table), given)[0][0], []
        except (duckdb.InvalidInputException, duckdb.SerializationException, duckdb.IOException):
            message = f"The {table.name} begins as Parquet does, and cannot be read to its end."
            return 0, [Problem(Code.FILE_UNREADABLE, message, "Write it again, and see that the copy is whole.")]

    def _too_long(self, table: Declared, given: Mapping[str, object]) -> list[Problem]:
        """Whether a Parquet file has more rows than are read: a few bytes can say that a row stands there often."""
        rows = self._ask("Looking", PARQUET_ROWS, given)[0][0]
        if rows <= MOST_ROWS:
            return []
        message = f"The {table.name} has {rows:,} rows; at most {MOST_ROWS:,} are compared. Nothing of it was read."
        return [Problem(Code.FILE_TOO_LARGE, message, "Divide it, by fuel or by region.", table.name)]

    def _misshapen(self, table: Declared, given: Mapping[str, object]) -> list[Problem]:
        """In what a Parquet file does not fit: it has the columns needed, names as text and days as dates."""
        shape = self._ask("Looking", "DESCRIBE SELECT * FROM read_parquet($path)", given)
        types = {str(name).lower(): str(kind) for name, kind, *_ in shape}
        problems = lacking(table.name, [str(row[0]).lower() for row in shape], table.columns)
        for column, kind in table.columns.items():
            wanted = "DATE" if kind == "DATE" else "VARCHAR"
            if types.get(column, wanted) != wanted:
                message = f"The {table.name} has “{column}” as {types[column][:_SHOWN]}."
                hint = "Keep days as dates." if wanted == "DATE" else "Keep it as text: a number loses its zeros."
                problems.append(Problem(Code.FIELD_TYPE, message, hint, f"{table.name}.{column}"))
        return problems

    def _rejected(self, table: Declared) -> list[Problem]:
        """What the engine could not read, by line and column."""
        found = []
        for line, column, kind in self._ask("Checking", PROBLEMS.format(table=table.name, most=MOST)):
            code, message = _REJECTED.get(kind, _OTHERWISE)
            hint = table.hints.get(column, "") if kind == "CAST" else "Mend the row."
            found.append(Problem(code, message, hint, f"{table.name}.{column}" if column else table.name, line))
        return found

    def _wrong(self, table: Declared) -> list[Problem]:
        """What can be read and will not do. The first row below the names of the columns is that of line 2."""
        return [
            Problem(
                Code.FIELD_VALUE,
                wrong.message.format(_clipped(value)),
                wrong.hint,
                f"{table.name}.{wrong.column}",
                place + 2,
            )
            for wrong in table.wrong
            for place, value in self._ask(f"Checking the {table.name}", find_wrong(table, wrong), {"most": MOST})
        ]


def _or_refused(found: T | Problem) -> T:
    if isinstance(found, Problem):
        raise _RefusedError(found)
    return found


def _clipped(value: str | None) -> str:
    """What stands in a place, as far as a sentence can quote it."""
    text = value or ""
    sound = next((place for place, one in enumerate(text) if one in _UNQUOTED or not one.isprintable()), len(text))
    end = min(sound, _SHOWN)
    return text if end == len(text) else f"{text[:end]}…"


def _not_compared(error: Exception) -> Problem:
    """What is said of what nobody foresaw: a file of bytes that are none of its form, or no room to put them aside."""
    said = (str(error).splitlines() or [""])[0][:200].rstrip(".")
    room = f"{shutil.disk_usage(tempfile.gettempdir()).free // 10**6:,} MB"
    hint = f"See that they are sound; there is room for {room} in “{tempfile.gettempdir()}”, and TMPDIR names another."
    return Problem(Code.FILE_UNREADABLE, f"The files cannot be compared: {said}.", hint)
