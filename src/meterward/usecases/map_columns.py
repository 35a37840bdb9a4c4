"""Map columns: which column of an inventory is which field, guessed from usual names, or as somebody said and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.base.nearest import listed, nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.fields import Field, fields_of
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION, LinkRow, PopulationRow
from meterward.core.records.strict_json import parse_json
from meterward.core.records.unfit import short
from meterward.usecases.column_words import FIELDS_BY_WORD, plain
from meterward.usecases.ports.inventories import ColumnMapping, Columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports.inventories import Table

FORMAT = "meterward.mapping/1"
ANY_WORD = "*"
"""In `words`: every word that is not named."""
_Fields: TypeAlias = Mapping[str, Mapping[str, Field]]
_SUBJECT = Field(ELEMENT, str, "Its name.", "name", required=True)
FIELDS: Mapping[str, Mapping[str, Field]] = {
    ELEMENT: {ELEMENT: _SUBJECT, **{field.name: field for field in fields_of(ElementDeclared)}},
    LINK: {field.name: field for field in fields_of(LinkRow)},
    POPULATION: {field.name: field for field in fields_of(PopulationRow)},
}
"""The fields of each namespace, by name; the first one names the thing."""


Guesses: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]
"""For each namespace, what its headers would be: the fields of each."""


class Layout(NamedTuple):
    """How tables of one sort are laid out: the fields of each namespace, and what else their columns are called."""

    fields: Mapping[str, Mapping[str, Field]]
    words: Mapping[str, Mapping[str, str]]
    row_is: Callable[[Guesses], str]
    """Which namespace a row is of, by what its headers would be in each; empty if in none."""
    name: Callable[[str], str] = plain
    """What of a header tells its field."""


def _row_of_system(known: Guesses) -> str:
    """What a row is: a link has two ends, a population is counted; what has a name else is an element."""
    fields = {space: {field for fields in known[space].values() for field in fields} for space in FIELDS}
    if {"source", "target"} <= fields[LINK]:
        return LINK
    if {"devices", "element"} <= fields[POPULATION] and len(known[POPULATION]) > len(known[ELEMENT]):
        return POPULATION
    return ELEMENT if ELEMENT in fields[ELEMENT] else ""


SYSTEM = Layout(FIELDS, FIELDS_BY_WORD, _row_of_system)
"""Inventories of the system."""


def columns_for(table: Table, mapping: ColumnMapping | None, layout: Layout = SYSTEM) -> Columns | Problem:
    """How a table is read: as the mapping says, and as its headers suggest where that says nothing."""
    given = mapping.tables if mapping else ()
    titled = [one for one in given if one.table and plain(one.table) == plain(table.title)]
    for one in titled or [one for one in given if not one.table]:
        if table.space in ("", one.space) and all(header in table.headers for header in one.columns):
            return one if one.columns else one._replace(columns=_guessed(table, one.space, layout))
    if titled:
        return _absent(table, titled[0])
    return _guess(table, given, layout)


def mapping_of(columns: tuple[Columns, ...]) -> bytes:
    """A mapping as a JSON file."""
    tables = [
        {name: _plain(value) for name, value in one._asdict().items() if value or name == "space"} for one in columns
    ]
    return (json.dumps({"format": FORMAT, "tables": tables}, indent=2, ensure_ascii=False) + "\n").encode()


def read_mapping(raw: bytes, layout: Layout = SYSTEM) -> ColumnMapping | list[Problem]:
    """Read a mapping that was kept, or say everything that is wrong with it."""
    found = parse_json(raw)
    if isinstance(found, Problem):
        return [found]
    tables = found.get("tables")
    if found.get("format") != FORMAT or not isinstance(tables, list):
        return [_wrong("This is not a mapping.", f"It has “format”: “{FORMAT}”, and a list of “tables”.", "")]
    problems = [
        problem for place, one in enumerate(tables) for problem in _faults(one, f"tables[{place}]", layout.fields)
    ]
    return problems or ColumnMapping(tuple(_columns(one) for one in tables if isinstance(one, dict)))


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _columns(one: Mapping[str, Any]) -> Columns:
    """What `_faults` found nothing wrong with."""
    columns = {header: tuple(fields) for header, fields in one.get("columns", {}).items()}
    return Columns(one["space"], columns, one.get("fill", {}), one.get("words", {}), str(one.get("table", "")))


def _faults(one: Json, where: str, known: _Fields) -> Iterator[Problem]:
    if not isinstance(one, dict) or one.get("space") not in known:
        yield _wrong("It does not say what a row is.", f"Write “space”: one of {', '.join(known)}.", where)
        return
    space = str(one["space"])
    for name in one:
        if name not in Columns._fields:
            yield _wrong(f"“{name}” is nothing that a mapping says.", f"Say: {', '.join(Columns._fields)}.", where)
    for name in ("columns", "fill", "words"):
        part = one.get(name, {})
        if not isinstance(part, dict):
            yield _wrong("It is not a group.", "Write it in curly brackets.", f"{where}.{name}")
            continue
        for key, value in part.items():
            yield from _fault((space, known[space]), name, key, value, f"{where}.{name}")


def _fault(of: tuple[str, Mapping[str, Field]], part: str, key: str, value: Json, where: str) -> Iterator[Problem]:
    space, fields = of
    shapes = {"columns": "a list of fields", "fill": "a text", "words": "a group of texts"}
    fits = {
        "columns": isinstance(value, list) and all(isinstance(one, str) for one in value),
        "fill": isinstance(value, str),
        "words": isinstance(value, dict) and all(isinstance(one, str) for one in value.values()),
    }
    if not fits[part]:
        yield _wrong(f"“{key}” is not {shapes[part]}.", f"Write {shapes[part]}.", where)
        return
    named = value if part == "columns" and isinstance(value, list) else [key]
    for field in named:
        if field not in fields:
            hint = f"{nearest(str(field), fields)}The fields are: {', '.join(fields)}."
            yield _wrong(f"“{field}” is no field of {space}.", hint, where)


def _wrong(message: str, hint: str, where: str) -> Problem:
    return Problem(Code.INVENTORY_MAPPING, message, hint, f"mapping.{where}" if where else "mapping")


def _absent(table: Table, one: Columns) -> Problem:
    missing = [header for header in one.columns if header not in table.headers]
    what = f"The mapping names columns that are not there: {listed([*map(short, missing)])}."
    if not missing:
        what = f"The mapping says that its rows are of “{one.space}”, and the file that they are of “{table.space}”."
    return Problem(
        Code.INVENTORY_MAPPING, what, f"The columns are: {listed([*map(short, table.headers)])}.", table.name
    )


def _guess(table: Table, given: tuple[Columns, ...], layout: Layout) -> Columns | Problem:
    space = table.space or _space(table, layout)
    columns = _guessed(table, space, layout) if space else {}
    if not columns:
        hint = (
            "Name the columns as the documents do, or give a mapping that says which column is which field."
            if not given
            else "Mend the mapping, so that every column that it names is there."
        )
        what = f"None of its headers tells what its rows are: {listed([*map(short, table.headers)])}."
        return Problem(Code.INVENTORY_MAPPING, what, hint, table.name)
    return Columns(space, columns, table=table.title)


def _space(table: Table, layout: Layout) -> str:
    return layout.row_is({space: _guessed(table, space, layout) for space in layout.fields})


def _guessed(table: Table, space: str, layout: Layout) -> dict[str, tuple[str, ...]]:
    """The field of each header, each field once; the headers that are the very names of fields come first."""
    words, taken, name = layout.words[space], dict[str, str](), layout.name
    for header in sorted(table.headers, key=lambda one: name(one) != plain(words.get(name(one), ""))):
        field = words.get(name(header))
        if field and field not in taken:
            taken[field] = header
    if space == ELEMENT and ELEMENT not in taken and "label" in taken:
        taken[ELEMENT] = taken["label"]
    found: dict[str, tuple[str, ...]] = {}
    for field, header in taken.items():
        found[header] = (*found.get(header, ()), field)
    return found
