"""A system as tables: one file with commas for each namespace, or one spreadsheet with a sheet for each."""

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
    from meterward.core.system.model import Drawn

_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - a spreadsheet's properties have no zone


def write_commas(drawn: Drawn, name: str) -> dict[str, bytes]:
    """A file for each namespace that is told of, in UTF-8 with a mark, which spreadsheets need."""
    return {
        f"{name}-{title.casefold()}.csv": _commas(drawn, space)
        for space, title in SPACES.items()
        if things(drawn, space)
    }


def _commas(drawn: Drawn, space: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows(drawn, space):
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def write_sheets(drawn: Drawn, name: str) -> dict[str, bytes]:
    """One spreadsheet; every cell is a text, so that nothing is computed, shortened or taken for an escape."""
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator, book.properties.created = "Meterward", _LONG_AGO
    for space, title in SPACES.items():
        sheet = book.create_sheet(title)
        for row in rows(drawn, space):
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
    return {f"{name}.xlsx": out.getvalue()}
