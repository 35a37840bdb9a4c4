"""Importers of files in the browser, each a file here, by the kind that whoever imports may append."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.wiring.importers.register import RegisterImporter
from meterward.wiring.importers.system import SystemImporter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.wiring.importers.importer import Importer

_ALL: tuple[Importer, ...] = (SystemImporter(), RegisterImporter())
IMPORTERS: Mapping[str, Importer] = {one.kind.name: one for one in _ALL}
