"""What waits to be imported: kept in the draft of whoever chose it, with how columns were read before."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings

from meterward.adapters.files import make_folders, write_whole
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import system_described
from meterward.usecases.map_columns import mapping_of, read_mapping
from meterward.usecases.ports.inventories import ColumnMapping
from meterward.wiring.importers import IMPORTERS
from meterward.wiring.importers.importer import Importing
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import DraftKept
    from meterward.usecases.ports.inventories import Columns
    from meterward.wiring.installed import Installation

PART = "import"
"""Where a draft keeps what is imported."""
ABANDONED = timedelta(days=7)
"""What nobody touched for so long is cleared, and its file with it."""
_FOLDER = "mappings"
_MOST_KEPT = 30


def importing_in(draft: DraftKept) -> Importing | None:
    """What a draft imports; None if it is no import."""
    found = draft.content.get(PART)
    if not isinstance(found, dict) or draft.kind not in IMPORTERS:
        return None
    said = cast("dict[str, Any]", found)
    mapping = _mapping(said["mapping"], draft.kind) if said.get("mapping") else None
    return Importing(
        said["file"],
        said["name"],
        date.fromisoformat(said["day"]),
        tuple(said["licences"]),
        said["role"],
        said["element"],
        said["leaves"],
        said["note"],
        mapping,
        _mapping(said["kept"], draft.kind) or ColumnMapping(()),
        said.get("typed") or {},
    )


def keep_import(draft: DraftKept, wanted: Importing) -> DraftKept | Problem:
    """Keep what somebody wants to import, for them alone; the file waits as long as this is kept."""
    said = {**wanted._asdict(), "day": wanted.day.isoformat(), "licences": [*wanted.licences]}
    said["mapping"] = _json(wanted.mapping) if wanted.mapping else None
    said["kept"] = _json(wanted.kept)
    said["typed"] = dict(wanted.typed)
    anew = replace(draft, content={PART: cast("Json", said)})
    return installation().drafts.keep(anew) or anew


def clear_abandoned(store: Installation, now: datetime) -> None:
    """Discard the imports that nobody went on with; their files wait for nothing any more."""
    for ledger in store.ledgers.names():
        for draft in store.drafts.all(ledger):
            if PART in draft.content and draft.changed and draft.changed < now - ABANDONED:
                store.drafts.discard(draft.id)


def columns_kept(ledger: str, kind: str) -> ColumnMapping:
    """How columns of earlier files of a licensee were read, the last first."""
    try:
        found = read_mapping(_place(ledger, kind).read_bytes(), IMPORTERS[kind].layout)
    except OSError:
        return ColumnMapping(())
    return found if isinstance(found, ColumnMapping) else ColumnMapping(())


def keep_columns(ledger: str, kind: str, tables: Sequence[Columns]) -> Problem | None:
    """Keep how columns were read, in the place of what was kept for the same headers; or why that cannot be."""
    same = {(one.space, one.table, frozenset(one.columns)) for one in tables}
    others = [
        one for one in columns_kept(ledger, kind).tables if (one.space, one.table, frozenset(one.columns)) not in same
    ]
    place = _place(ledger, kind)
    told = mapping_of((*tables, *others)[:_MOST_KEPT]).decode()
    if wrong := make_folders(place.parent) or write_whole(place, told):
        return Problem(Code.FILE_UNWRITABLE, f"The columns cannot be kept: {wrong}.", "Tell whoever runs this server.")
    return None


def _place(ledger: str, kind: str) -> Path:
    """Those of the system have the ledger's name alone, as they always had."""
    name = ledger if kind == system_described.KIND.name else f"{ledger}.{IMPORTERS[kind].says.section}"
    return Path(settings.HOME) / _FOLDER / f"{name}.json"


def _json(mapping: ColumnMapping) -> Json:
    return cast("Json", json.loads(mapping_of(mapping.tables)))


def _mapping(said: Json, kind: str) -> ColumnMapping | None:
    found = read_mapping(json.dumps(said).encode(), IMPORTERS[kind].layout)
    return found if isinstance(found, ColumnMapping) else None
