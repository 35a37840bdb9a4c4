"""Which records count, worked out plainly: what was corrected or withdrawn was never there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from meterward.core.records.record import Links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.records.record import Record


def resolved(records: Sequence[Record[Any]]) -> list[Record[Any]]:
    """The records that count, as if each had been right from the first: none of them corrects or withdraws another.

    What replaces or ends a record that was corrected since, replaces or ends its correction; and a correction of what
    replaces or ends another does so in its place.
    """
    known = {record.id: record for record in records}
    withdrawn = {record.links.withdraws for record in records if record.links.withdraws}
    stands_for: dict[bytes, Record[Any]] = {}
    for record in records:
        if record.links.corrects and record.id not in withdrawn:
            stands_for[record.links.corrects] = record
    return [
        replace(record, links=_links(record, known, stands_for))
        for record in records
        if record.id not in withdrawn and record.id not in stands_for
    ]


def _links(record: Record[Any], known: dict[bytes, Record[Any]], stands_for: dict[bytes, Record[Any]]) -> Links:
    first = record
    while first.links.corrects:
        first = known[first.links.corrects]
    replaces, ends = (_latest(target, stands_for) for target in (first.links.replaces, first.links.ends))
    return Links(replaces=replaces, ends=ends)


def _latest(target: bytes, stands_for: dict[bytes, Record[Any]]) -> bytes:
    while target in stands_for:
        target = stands_for[target].id
    return target
