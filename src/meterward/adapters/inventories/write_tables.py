"""Tables as files with commas, or as sheets of one spreadsheet; and a system as such, a table for each namespace."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.cell import WriteOnlyCell

from meterward.adapters.inventories.guarded import guarded
from meterward.adapters.inventories.told import SPACES, rows, things

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meterward.core.system.model import Drawn

_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - a spreadsheet's properties have no zone


def write_commas(drawn: Drawn, name: str) -> dict[str, bytes]:
    """A file for each namespace that is told of."""
    return {
        f"{name}-{title.casefold()}.csv": commas(rows(drawn, space))
        for space, title in SPACES.items()
        if things(drawn, space)
    }


def write_sheets(drawn: Drawn, name: str) -> dict[str, bytes]:
    """One spreadsheet."""
    return {f"{name}.xlsx": sheets({title: rows(drawn, space) for space, title in SPACES.items()})}


def commas(table: Iterable[Sequence[str]]) -> bytes:
    """A table in UTF-8 with a mark, which spreadsheets need."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in table:
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def sheets(tables: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A spreadsheet of tables by title; every cell is a text: nothing is computed, shortened or taken for an escape."""
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator, book.properties.created = "Meterward", _LONG_AGO
    for title, table in tables.items():
        sheet = book.create_sheet(title)
        for row in table:
            cells = []
            for told in row:
                text = _LIKE_ESCAPED.sub("_x005F_", told)
                cell = WriteOnlyCell(sheet, text or None)
                if text:
                    cell.data_type, cell.number_format = "s", "@"
                cells.append(cell)
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
