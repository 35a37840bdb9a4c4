"""Head columns: what somebody has to see of a table to say how it is read, and what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Problem
from meterward.usecases.column_words import plain
from meterward.usecases.map_columns import SYSTEM, Layout, columns_for
from meterward.usecases.ports.inventories import ColumnMapping, Columns
from meterward.usecases.read_cells import CellError, read_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.records.fields import Field
    from meterward.usecases.ports.inventories import Table

MOST_SAMPLES = 3
MOST_WORDS = 25
"""So many unknown words of a column are asked about at a time."""


class Heading(NamedTuple):
    """A column: its header, the fields that it is read as, and what stands in it."""

    header: str
    fields: tuple[str, ...]
    samples: tuple[str, ...]
    words: tuple[str, ...] = ()
    """Words that its field does not know, or of which somebody said what they mean."""


class Headed(NamedTuple):
    """A table as far as one must see it to say how it is read."""

    title: str
    space: str
    fixed: bool
    """Whether the format itself says what a row is."""
    rows: int
    headings: tuple[Heading, ...]
    columns: Columns
    lacking: tuple[str, ...]
    """Fields that each row needs and that no column gives."""
    layout: Layout = SYSTEM


def headed(table: Table, mapping: ColumnMapping, layout: Layout = SYSTEM) -> Headed:
    """What is shown of a table, as a mapping has it, or as its headers suggest."""
    found = columns_for(table, mapping, layout)
    if isinstance(found, Problem):
        given = next((one for one in mapping.tables if one.table == table.title), None)
        found = given or Columns(table.space or next(iter(layout.fields)), table=table.title)
    fields = layout.fields[found.space]
    headings = tuple(_heading(table, place, found, fields) for place in range(len(table.headers)))
    given_by = {field for one in headings for field in one.fields}
    lacking = tuple(
        name for name, field in fields.items() if field.required and name not in given_by and name != found.space
    )
    return Headed(table.title, found.space, bool(table.space), len(table.rows), headings, found, lacking, layout)


def fitting(tables: Sequence[Table], kept: Sequence[Columns]) -> ColumnMapping:
    """What was kept of earlier files, as far as it fits these tables; the others are guessed."""
    found = []
    for table in tables:
        for one in kept:
            titled = not one.table or plain(one.table) == plain(table.title)
            same = one.columns and all(header in table.headers for header in one.columns)
            if titled and same and table.space in ("", one.space):
                found.append(one._replace(table=table.title))
                break
    return ColumnMapping(tuple(found))


def _heading(table: Table, place: int, columns: Columns, known: Mapping[str, Field]) -> Heading:
    header = table.headers[place]
    fields = tuple(columns.columns.get(header, ()))
    samples = dict.fromkeys(_first(table, place, MOST_SAMPLES))
    return Heading(
        header, fields, tuple(samples), tuple(_words(table, place, [known[name] for name in fields], columns))
    )


def _first(table: Table, place: int, most: int) -> Iterator[str]:
    found = 0
    for row in table.rows:
        if row.cells[place]:
            yield row.cells[place]
            found += 1
            if found == most:
                return


def _words(table: Table, place: int, fields: Sequence[Field], columns: Columns) -> Iterator[str]:
    """The words of a column that its field does not know; those that the mapping knows come first."""
    chosen = next((field for field in fields if field.choices), None)
    if chosen is None:
        return
    meant = columns.words.get(chosen.name, {})
    yield from meant
    known, asked = {plain(word) for word in meant}, 0
    for cell in dict.fromkeys(row.cells[place] for row in table.rows):
        for word in _unknown(chosen, cell):
            if plain(word) not in known and asked < MOST_WORDS:
                known.add(plain(word))
                asked += 1
                yield word


def _unknown(field: Field, cell: str) -> Iterator[str]:
    parts = cell.replace("|", ";").replace(",", ";").replace("\n", ";").split(";") if field.many else [cell]
    for part in (one.strip() for one in parts):
        try:
            if part:
                read_cell(field, part, {})
        except CellError:
            yield part
