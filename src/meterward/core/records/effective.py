"""Which of a few records count: what was withdrawn or corrected was never true, and what ended or was replaced is over.

For ledgers over which no law is evaluated, and pages about a handful of records. What the law reads is sorted out by
`core.facts.index`, which remembers it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meterward.core.records.record import Record


@dataclass(frozen=True, slots=True)
class Effective:
    """Some records of a ledger, and what they do to each other."""

    records: Sequence[Record[Any]]
    """Those that count, in the order in which records are read."""
    over: Mapping[bytes, Record[Any]]
    """What ends a record, by the id of what was said first of it."""
    replaced: Mapping[bytes, Record[Any]]
    """What takes its place, the same way."""
    first: Mapping[bytes, bytes]
    """For a correction, the id of what was said first."""

    def origin(self, record: Record[Any]) -> bytes:
        """The id of what was said first, where a record corrects it."""
        return self.first.get(record.id, record.id)

    def end(self, record: Record[Any]) -> Record[Any] | None:
        """What ends a record, if anything does."""
        return self.over.get(self.origin(record))

    def successor(self, record: Record[Any]) -> Record[Any] | None:
        """What takes its place, if anything does."""
        return self.replaced.get(self.origin(record))


def effective(records: Iterable[Record[Any]]) -> Effective:
    """Sort out some records: withdrawals and corrections count back to the beginning."""
    there = sorted(records, key=lambda one: one.order)
    withdrawn = {one.links.withdraws for one in there} - {b""}
    standing = [one for one in there if one.id not in withdrawn]
    before = {one.id: one.links.corrects for one in standing if one.links.corrects}
    gone = set(before.values())
    kept = [one for one in standing if one.id not in gone and not one.links.withdraws]
    first = {identity: _first(identity, before) for identity in before}
    over = {first.get(one.links.ends, one.links.ends): one for one in reversed(kept) if one.links.ends}
    replaced = {first.get(one.links.replaces, one.links.replaces): one for one in reversed(kept) if one.links.replaces}
    return Effective(kept, over, replaced, first)


def _first(identity: bytes, before: Mapping[bytes, bytes]) -> bytes:
    while identity in before:
        identity = before[identity]
    return identity
