"""Between lines of a ledger and rows: what a statement says lies in its body, its place in a ledger in the entry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meterward.core.records.record import LINKS
from meterward.core.records.stored import stored_record
from meterward.storage import models

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Written

_PARTS = ("statement", "facts", "files", "salts", "text", "erased")
RECORD = ("body_id", "index", "recorded", "body__statement", "body__facts", "body__files")
"""The columns of which a record is made."""
LINE = ("recorded", "body_id", *(f"body__{part}" for part in _PARTS))
"""The columns of which a line is made."""


def body_of(written: Written) -> models.Body:
    """The row of what a statement says."""
    line = written.line
    parts = {part: _dump(line[part]) for part in _PARTS if part in line}
    return models.Body(id=written.record.id.hex(), **parts)


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


def acts_of(ledger: str, written: Sequence[Written]) -> Iterator[models.Act]:
    """The rows of what records do to others."""
    for one in written:
        for verb, target in zip(LINKS, one.record.links, strict=True):
            if target:
                yield models.Act(ledger_id=ledger, verb=verb, target=target.hex(), by=one.record.id.hex())


def subjects_of(ledger: str, written: Sequence[Written]) -> Iterator[models.Subject]:
    """The rows of the subjects that records introduce."""
    for one in written:
        if one.record.kind.introduces and not one.record.links.corrects:
            yield models.Subject(ledger_id=ledger, name=one.record.subject, by=one.record.id.hex())


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
