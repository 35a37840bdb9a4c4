"""A register of risks as tables: a file with commas for each, or one spreadsheet; the context stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.adapters.inventories.write_tables import commas, sheets
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.register_columns import TITLES
from meterward.usecases.register_rows import CONTEXT_TITLE, context_table, tables_of

if TYPE_CHECKING:
    from meterward.usecases.register_rows import Told

FORMS = ("csv", "xlsx")
_LONGEST_CELL = 32_767
"""A cell of a spreadsheet holds at most so many characters."""


def write_register(told: Told, name: str, form: str) -> dict[str, bytes] | Problem:
    """The files that tell a register, by name."""
    tables = {TITLES[space]: [*table] for space, table in tables_of(told).items()}
    tables[CONTEXT_TITLE] = context_table(told.scales)
    if form == "csv":
        found = {f"{name}-{title.casefold()}.csv": table for title, table in tables.items()}
        return {file: commas(table) for file, table in found.items() if len(table) > 1}
    long = [
        (table[0][place], row)
        for table in tables.values()
        for row in table
        for place, cell in enumerate(row)
        if len(cell) > _LONGEST_CELL
    ]
    if long:
        header, row = long[0]
        what = f"The {short(header)} of {row[0]} has more than {_LONGEST_CELL:,} characters, and a cell holds no more."
        return Problem(Code.FILE_UNWRITABLE, what, "Write the register as CSV: --to csv.")
    return {f"{name}.xlsx": sheets(tables)}
