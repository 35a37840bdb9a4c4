"""Between lines of a ledger and rows: what a statement says lies in its body, its place in a ledger in the entry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meterward.core.records.statement import Entry
from meterward.core.records.stored import stored_record
from meterward.usecases.ports import Hit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Written

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PARTS = ("statement", "facts", "files", "salts", "text", "erased")
RECORD = ("body_id", "index", "recorded", "body__statement", "body__facts", "body__files")
"""The columns of which a record is made."""
RECORDS = (
    'SELECT body_id, "index", recorded, statement, facts, files '
    "FROM storage_entry JOIN storage_body ON storage_body.id = body_id"
)
"""The same, asked of all entries of all ledgers."""
LEAVES = (
    'SELECT licensee, "index", recorded, kind, counter, body_id '
    "FROM storage_entry JOIN storage_ledger ON storage_ledger.name = ledger_id "
    'WHERE ledger_id = %s AND "index" >= %s AND "index" < %s ORDER BY "index"'
)
"""The query of what leaves are made of."""
LINE = ("recorded", "body_id", "signatures", *(f"body__{part}" for part in _PARTS))
"""The columns of which a line is made."""
HIT = ("index", "body_id", "recorded", "occurred", "kind", "subject", "person", "role")
"""The columns of which a hit is made."""


BODY = ("id", *_PARTS)
"""The columns of a statement."""
ENTRY = (
    *("ledger_id", "index", "recorded", "recorded_day", "counter", "body_id", "kind", "subject", "occurred"),
    *("person", "role", "root", "signatures"),
)
"""The columns of an entry, but for its key."""


def body_row(identity: str, line: Mapping[str, Json]) -> tuple[object, ...]:
    """The row of what a statement says, by the columns `BODY`."""
    return (identity, *(_dump(line.get(part, {})) for part in _PARTS))


def entry_row(ledger: str, written: Written) -> tuple[object, ...]:
    """The row of an entry, by the columns `ENTRY`."""
    entry, record = written.entry, written.record
    return (
        ledger,
        entry.index,
        entry.recorded,
        record.recorded,
        entry.counter,
        record.id.hex(),
        record.kind.name,
        record.subject,
        record.occurred,
        record.actor.person,
        record.actor.role.value,
        written.root.hex(),
        _dump(written.line.get("signatures", {})),
    )


def _dump(part: Json) -> str:
    return _encode(part) if part else "{}"


def hit_of(record: Record[Any], recorded: str) -> Hit:
    """The entry of a record as a list shows it."""
    actor, identity = record.actor, record.id.hex()
    shown = (record.kind.name, record.subject, actor.person, actor.role.value)
    return Hit(record.index, identity, recorded, record.occurred, *shown)


def record_of(row: tuple[Any, ...]) -> Record[Any]:
    """The record of an entry, from the columns `RECORD`."""
    identity, index, recorded, statement, facts, files = row
    attached = 0 if files == "{}" else len(json.loads(files))
    return stored_record(bytes.fromhex(identity), index, recorded, json.loads(statement), json.loads(facts), attached)


def leaf_of(row: tuple[Any, ...]) -> bytes:
    """The leaf of an entry, from a row of `LEAVES`."""
    licensee, index, recorded, kind, counter, identity = row
    stream = f"{licensee}/{kind.partition('.')[0]}"
    return Entry(index, recorded, stream, counter, bytes.fromhex(identity)).leaf()


def line_of(row: tuple[Any, ...]) -> dict[str, Json]:
    """The line of an entry, from the columns `LINE`: as a ledger file has it."""
    recorded, identity, signatures, *parts = row
    said = {name: json.loads(part) for name, part in zip(_PARTS, parts, strict=True)}
    said["signatures"] = json.loads(signatures)
    kept = {name: part for name, part in said.items() if part or name in ("statement", "facts")}
    return {"id": identity, "recorded": recorded, **kept}
