"""Models as tables: what a list or a group of a model says of each thing, a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.adapters.inventories.grid import MOST_COLUMNS, MOST_ROWS
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.collect_problems import Problems
from meterward.usecases.ports.inventories import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.adapters.inventories.json_tree import Tree


class Model:
    """A model as it is read: what is wrong with it, and what is to be known of it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = Problems()
        self.notes: list[str] = []

    def group(self, value: Tree, path: str) -> dict[str, Tree]:
        """A group of fields; what is none is a problem, and what is not there is empty."""
        if value is None:
            return {}
        if isinstance(value, dict):
            return value
        self.wrong(path, "It is not a group of fields.", "Write its fields with their names.")
        return {}

    def groups(self, value: Tree, path: str, key: str = "") -> Iterator[tuple[str, dict[str, Tree]]]:
        """Each group of a list, with its path; `key` names what tells it apart in that path."""
        if value is not None and not isinstance(value, list):
            self.wrong(path, "It is not a list.", "Write a list of groups of fields.")
            return
        for place, one in enumerate(value or ()):
            where = f"{path}[{place}]"
            found = self.group(one, where)
            if found:
                named = found.get(key)
                yield f"{where} {short(named)}" if isinstance(named, str) else where, found
            elif isinstance(one, dict):
                self.wrong(where, "It is empty.", "Fill it, or leave it out.")

    def named(self, value: Tree, path: str) -> Iterator[tuple[str, str, dict[str, Tree]]]:
        """Each group of a group, with its path and its title."""
        for title, one in self.group(value, path).items():
            where = f"{path} / {short(title)}"
            yield where, title, self.group(one, where)

    def text(self, value: Tree, path: str) -> str:
        """What a plain value, or a list of such, is as a text; anything else is a problem."""
        found = said(value)
        if found is None:
            self.wrong(path, "It is neither a text nor a list of texts.", "Write one text.")
        return found or ""

    def texts(self, value: Tree, path: str) -> list[str]:
        """The texts of a list."""
        if value is None or isinstance(value, list):
            return [self.text(one, path) for one in value or ()]
        self.wrong(path, "It is not a list.", "Write a list of texts.")
        return []

    def wrong(self, path: str, message: str, hint: str, code: Code = Code.INVENTORY_VALUE) -> None:
        """Say that something is wrong at a path."""
        self.problems.add(Problem(code, message, hint, f"{self.file}, {path}"))

    def table(self, space: str, title: str, rows: list[tuple[str, dict[str, str]]]) -> Table:
        """The table of what was said, each word of it under its header."""
        headers = dict.fromkeys(header for _, cells in rows for header in cells)
        if len(headers) > MOST_COLUMNS or len(rows) > MOST_ROWS:
            what = f"It has {len(rows):,} items with {len(headers):,} different fields."
            hint = f"At most {MOST_ROWS:,} items and {MOST_COLUMNS} fields are read."
            self.wrong(title, what, hint, Code.INVENTORY_BOUNDS)
            return Table(self.file, (), (), title, space)
        kept = [Row(tuple(cells.get(header, "") for header in headers), path=path) for path, cells in rows]
        return Table(self.file, tuple(headers), kept, title, space)


def said(value: Tree) -> str | None:
    """A plain value, or a list of such, as a text; None if it is neither."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value).strip()
    if isinstance(value, list):
        parts = [said(one) for one in value if not isinstance(one, list)]
        whole = [part for part in parts if part is not None]
        return "; ".join(whole) if len(whole) == len(value) else None
    return None
