"""The files of the example licensee: its system and its risks as its ledger tells them, in every format, and premises.

`python -m tests.builders.example_files` writes them into `examples/northlight/`. The bills of materials there are
not made here: they are what makers delivered, and the ledger has their digests. Nor are the exploited weaknesses.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.adapters.inventories.told import texts, things
from meterward.adapters.inventories.write_register import write_register
from meterward.catalogues.examples import tell
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION
from meterward.core.system.model import system
from meterward.usecases.read_ledger import read_ledger
from meterward.usecases.register_rows import register_told
from tests.builders.example_premises import feed, inventory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meterward.core.system.model import Drawn
    from meterward.usecases.register_rows import Told

NAME = "northlight"
FOLDER = Path(__file__).parents[2] / "examples" / NAME
DAY = date(2014, 11, 10)
"""The day on which the files were taken; the condition is then in force since 4 March 2013."""
SHEETS = f"{NAME}.xlsx"
REGISTER = f"{NAME}-register.xlsx"
"""The register as a spreadsheet, which has another name than an export gives it: that of the system has that one."""
_HEADERS: dict[str, dict[str, str]] = {
    # What a column is called in the files of a supplier, by the field that it tells.
    ELEMENT: {"element": "id", "label": "name", "within": "part_of"},
    LINK: {"link": "id", "label": "name"},
    POPULATION: {"population": "id"},
}
_COLUMNS = {
    ELEMENT: "element label type categories operator party power assurance zone within in_service offers enabled data "
    "supply bill components",
    LINK: "link label source target both_ways protocol network conduit protection",
    POPULATION: "population element devices state model firmware version certification keys region",
}


@cache
def told() -> Drawn:
    """The system of the example licensee on the day of the files."""
    return system(_reader()).on(DAY)


@cache
def register() -> Told:
    """Its risk register on that day."""
    said = [line["text"] for line in tell(NAME, DAY)]
    return register_told(_reader(), lambda record: cast("Mapping[str, str]", said[record.index]), DAY)


@cache
def _reader() -> Reader:
    loaded = read_ledger(json.dumps(line).encode() for line in tell(NAME, DAY))
    assert loaded.problems == [], loaded.problems
    index = Index("electricity")
    for record in loaded.records:
        index.append(record)
    return Reader(index)


def texts_of() -> dict[str, bytes]:
    """Every file of text, by name."""
    drawn = told()
    tables = {f"{space}s.csv": _table(drawn, space) for space in (ELEMENT, LINK, POPULATION)}
    premises = {"feed.csv": _rows(feed()), "inventory.csv": _rows(inventory())}
    return {**tables, **_written(drawn, "otm"), **_written(drawn, "threagile"), **premises, **_register("csv")}


def sheets() -> bytes:
    """The spreadsheet. It says when it was saved, so its bytes are never the same twice; what it tells is."""
    return _written(told(), "xlsx")[SHEETS]


def register_sheets() -> bytes:
    """The spreadsheet of the register, of which the same is true."""
    return _register("xlsx")[SHEETS]


def _register(form: str) -> Mapping[str, bytes]:
    """The register as `meterward risk export` writes it."""
    files = write_register(register(), NAME, form)
    assert isinstance(files, dict), files
    return files


def _written(drawn: Drawn, form: str) -> Mapping[str, bytes]:
    files = AnyFormat().write(drawn, form, NAME)
    assert isinstance(files, dict), files
    return files


def _table(drawn: Drawn, space: str) -> bytes:
    fields = _COLUMNS[space].split()
    rows = [[_HEADERS[space].get(field, field) for field in fields]]
    for name, thing in things(drawn, space).items():
        said = texts(space, name, thing)
        rows.append([said.get(field, "").removeprefix(f"{space}/").removeprefix(f"{ELEMENT}/") for field in fields])
    return _rows(rows)


def _rows(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


if __name__ == "__main__":
    for file_name, content in {**texts_of(), SHEETS: sheets(), REGISTER: register_sheets()}.items():
        (FOLDER / file_name).write_bytes(content)
