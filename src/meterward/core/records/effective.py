"""Which of a few records count: what was withdrawn or corrected was never true, and what ended or was replaced is over.

For ledgers over which no law is evaluated, and pages about a handful of records. What the law reads is sorted out by
`core.facts.index`, which remembers it.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from meterward.core.records.record import Record

_ORDER = attrgetter("order")


@dataclass(frozen=True, slots=True)
class Effective:
    """Some records of a ledger, and what they do to each other."""

    records: Sequence[Record[Any]]
    """Those that count, in the order in which records are read."""
    there: Mapping[bytes, Record[Any]]
    """All of them, by id."""
    over: Mapping[bytes, Record[Any]]
    """The first that ends a record, by the id of that record."""
    replaced: Mapping[bytes, Record[Any]]
    """The first that takes its place, the same way."""

    def end(self, record: Record[Any]) -> Record[Any] | None:
        """What ends a record, if anything does."""
        return self._after(record, self.over)

    def successor(self, record: Record[Any]) -> Record[Any] | None:
        """What takes its place, if anything does."""
        return self._after(record, self.replaced)

    def until(self, record: Record[Any]) -> date:
        """The first day on which a record has no effect any more; NEVER if nothing ends or replaces it."""
        after = (self.end(record), self.successor(record))
        return min((one.occurred for one in after if one), default=NEVER)

    def _after(self, record: Record[Any], acting: Mapping[bytes, Record[Any]]) -> Record[Any] | None:
        found = (acting[one.id] for one in _said(record, self.there) if one.id in acting)
        return min(found, key=_ORDER, default=None)


def effective(records: Iterable[Record[Any]]) -> Effective:
    """Sort out some records: withdrawals and corrections count back to the beginning.

    What ended or replaced another stays so when it is corrected itself, and not when it is withdrawn.
    """
    there = {one.id: one for one in sorted(records, key=_ORDER)}
    withdrawn = {one.links.withdraws for one in there.values()}
    standing = [one for one in there.values() if one.id not in withdrawn]
    corrected = {one.links.corrects for one in standing}
    kept = [one for one in standing if one.id not in corrected]
    over: dict[bytes, Record[Any]] = {}
    replaced: dict[bytes, Record[Any]] = {}
    for one in kept:
        for said in _said(one, there):
            over.setdefault(said.links.ends, one)
            replaced.setdefault(said.links.replaces, one)
    return Effective(kept, there, over, replaced)


def _said(record: Record[Any], there: Mapping[bytes, Record[Any]]) -> Iterator[Record[Any]]:
    """A record, and what it corrects."""
    said: Record[Any] | None = record
    while said:
        yield said
        said = there.get(said.links.corrects)
