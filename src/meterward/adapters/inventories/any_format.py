"""Inventories of any format that is read here: what a file is, its content says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from meterward.adapters.inventories.comma_table import read_commas
from meterward.adapters.inventories.cyclonedx import MARK, read_bill
from meterward.adapters.inventories.decoded import Decoded, decode
from meterward.adapters.inventories.json_tree import read_json
from meterward.adapters.inventories.otm import read_otm
from meterward.adapters.inventories.sheet_table import read_sheets
from meterward.adapters.inventories.threagile import read_threagile
from meterward.adapters.inventories.write_otm import write_otm
from meterward.adapters.inventories.write_tables import write_commas, write_sheets
from meterward.adapters.inventories.write_threagile import write_threagile
from meterward.adapters.inventories.yaml_tree import read_yaml
from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.system.model import Drawn
from meterward.usecases.draw_inventory import draw
from meterward.usecases.ports.inventories import Bill, Read, Tables

if TYPE_CHECKING:
    from collections.abc import Collection

    from meterward.usecases.ports.inventories import ColumnMapping

LARGEST = 64 * 2**20
"""A file has at most so many bytes."""
WRITERS = {"csv": write_commas, "xlsx": write_sheets, "otm": write_otm, "threagile": write_threagile}
_MODEL = re.compile(r"^(?:otmVersion|threagile_version|technical_assets|trustZones)['\"]?\s*:", re.MULTILINE)
_ARCHIVE, _OLD = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = "a table (CSV, XLSX), an Open Threat Model, a Threagile model or a CycloneDX bill of materials in JSON"


class AnyFormat(NamedTuple):
    """See `Inventories`."""

    largest: int = LARGEST

    def tables(self, file: BinaryIO, name: str) -> Tables | list[Problem]:
        """See `Inventories.tables`."""
        found = self._understood(file, name)
        if isinstance(found, Bill):
            return Tables("cyclonedx", (), _told(name, found))
        return found

    def read(
        self, file: BinaryIO, name: str, mapping: ColumnMapping | None = None, known: Collection[str] = ()
    ) -> Read | list[Problem]:
        """See `Inventories.read`."""
        found = self._understood(file, name)
        if isinstance(found, Bill):
            return Read("cyclonedx", Drawn({}), frozenset(), _told(name, found), found)
        return draw(found, mapping, known) if isinstance(found, Tables) else found

    def write(self, drawn: Drawn, source: str, name: str) -> dict[str, bytes] | list[Problem]:
        """See `Inventories.write`."""
        writer = WRITERS.get(source)
        if writer is None:
            hint = f"{nearest(source, WRITERS)}Choose one of: {', '.join(WRITERS)}."
            return [Problem(Code.INVENTORY_UNKNOWN, f"No system is written as “{source}”.", hint)]
        return writer(drawn, name)

    def _understood(self, file: BinaryIO, name: str) -> Tables | Bill | list[Problem]:
        size = file.seek(0, 2)
        file.seek(0)
        if size > self.largest:
            return [too_large(size, name, self.largest)]
        begins = file.read(len(_OLD))
        file.seek(0)
        if not begins:
            return [Problem(Code.FILE_EMPTY, "The file is empty.", f"Give {_KINDS}.", name)]
        if begins.startswith(_ARCHIVE):
            return read_sheets(file, name)
        if begins == _OLD:
            what = "It is a spreadsheet of the old kind (XLS), or one with a password."
            return [Problem(Code.INVENTORY_UNKNOWN, what, "Save it as XLSX, without a password.", name)]
        raw = file.read(self.largest + 1)
        text = decode(raw, name)
        return [text] if isinstance(text, Problem) else _of_text(raw, text, name)


def too_large(size: int, name: str, most: int = LARGEST) -> Problem:
    """Why a file of so many bytes is not read."""
    what = f"It has {size / 2**20:,.0f} MiB; an inventory has at most {most // 2**20}. It was not read."
    return Problem(Code.FILE_TOO_LARGE, what, "Take out what is not of the inventory, or split it.", name)


def _of_text(raw: bytes, found: Decoded, name: str) -> Tables | Bill | list[Problem]:
    begins = found.text[:1000].lstrip()
    if begins.startswith("<"):
        what = "It is XML, or a page of the web."
        return [Problem(Code.INVENTORY_UNKNOWN, what, f"Give {_KINDS}.", name)]
    if begins.startswith("{"):
        if MARK.search(found.text):
            return read_bill(raw, found.text, name)
        return _of_model(found, name, yaml=False)
    if _MODEL.search(found.text) or name.casefold().endswith((".yaml", ".yml", ".otm")):
        return _of_model(found, name, yaml=True)
    return read_commas(found, name)


def _of_model(found: Decoded, name: str, *, yaml: bool) -> Tables | list[Problem]:
    model = read_yaml(found.text, name) if yaml else read_json(found.text, name)
    if isinstance(model, Problem):
        return [model]
    if isinstance(model, dict) and "otmVersion" in model:
        return read_otm(model, name)
    if isinstance(model, dict) and "technical_assets" in model:
        return read_threagile(model, name)
    what = "It is a model of a kind that is not read here: neither “otmVersion” nor “technical_assets” stands in it."
    return [Problem(Code.INVENTORY_UNKNOWN, what, f"Give {_KINDS}.", name)]


def _told(name: str, bill: Bill) -> tuple[str, ...]:
    return (f"{name}: {len(bill.components):,} components; SHA-256 {bill.digest}.",)
