"""Between lines of a ledger and rows: what a statement says lies in its body, its place in a ledger in the entry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meterward.core.records.stored import stored_record
from meterward.storage import models
from meterward.usecases.find_terms import terms_of
from meterward.usecases.ports import Hit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Written

_PARTS = ("statement", "facts", "files", "salts", "text", "erased")
RECORD = ("body_id", "index", "recorded", "body__statement", "body__facts", "body__files")
"""The columns of which a record is made."""
LINE = ("recorded", "body_id", *(f"body__{part}" for part in _PARTS))
"""The columns of which a line is made."""
HIT = ("index", "body_id", "recorded", "occurred", "kind", "subject", "person", "role")
"""The columns of which a hit is made."""


def body_of(identity: str, line: Mapping[str, Json]) -> models.Body:
    """The row of what a statement says."""
    return models.Body(id=identity, **{part: _dump(line[part]) for part in _PARTS if part in line})


def entry_of(ledger: str, written: Written) -> models.Entry:
    """The row of an entry."""
    entry, record = written.entry, written.record
    return models.Entry(
        ledger_id=ledger,
        index=entry.index,
        recorded=entry.recorded,
        recorded_day=record.recorded,
        counter=entry.counter,
        body_id=record.id.hex(),
        kind=record.kind.name,
        subject=record.subject,
        occurred=record.occurred,
        person=record.actor.person,
        role=record.actor.role.value,
        root=written.root.hex(),
    )


def found_by(entry: models.Entry, line: Mapping[str, Json]) -> tuple[int, list[str]]:
    """The key of an entry, and the terms that it is found by."""
    hit = Hit(*(getattr(entry, name) for name in HIT))
    return entry.pk, terms_of(hit, line)


def record_of(row: tuple[Any, ...]) -> Record[Any]:
    """The record of an entry, from the columns `RECORD`."""
    identity, index, recorded, statement, facts, files = row
    attached = 0 if files == "{}" else len(json.loads(files))
    return stored_record(bytes.fromhex(identity), index, recorded, json.loads(statement), json.loads(facts), attached)


def line_of(row: tuple[Any, ...]) -> dict[str, Json]:
    """The line of an entry, from the columns `LINE`: as a ledger file has it."""
    recorded, identity, *parts = row
    said = {name: json.loads(part) for name, part in zip(_PARTS, parts, strict=True)}
    kept = {name: part for name, part in said.items() if part or name in ("statement", "facts")}
    return {"id": identity, "recorded": recorded, **kept}


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
