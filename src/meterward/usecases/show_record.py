"""Show one record of a ledger in a store: what it says, what acts on it, what refers to it, and which duties read it.

What records do to each other is indexed once for a ledger as it is followed, entry by entry, so that a page costs the
same whether the ledger has a hundred records or a hundred thousand.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from meterward.core.ledger.tree import leaf_hash
from meterward.core.records.record import LINKS, NO_LINKS
from meterward.core.records.statement import Entry
from meterward.usecases.find_record import Found, Link
from meterward.usecases.index_kinds import uses_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record

MOST_LINKED = 200
"""So many records that act on another, are about it or refer to it are looked up; a page says when there are more."""


@dataclass(slots=True)
class Ties:
    """What the records of a ledger do to each other, by their places in it."""

    records: Sequence[Record[Any]] = ()
    by_id: dict[bytes, int] = field(default_factory=dict)
    introduced: dict[str, int] = field(default_factory=dict)
    """By which record a subject came about."""
    about: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    acting: defaultdict[bytes, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    referring: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    counters: array[int] = field(default_factory=lambda: array("L"))
    """The place of each record in its stream."""
    _streams: Counter[str] = field(default_factory=Counter)

    def follow(self, records: Sequence[Record[Any]]) -> None:
        """Take in what came since, where `records` are all that there are."""
        self.records = records
        for record in islice(records, len(self.counters), None):
            self._take(record)

    def subjects(self) -> list[tuple[str, int]]:
        """Every subject with the place of the record that introduced it, as they are now: others may go on reading."""
        return list(self.introduced.items())

    def _take(self, record: Record[Any]) -> None:
        family = record.kind.family
        self.counters.append(self._streams[family])
        self._streams[family] += 1
        self.by_id[record.id] = record.index
        if record.subject:
            self.about[record.subject].append(record.index)
        if record.links is not NO_LINKS:
            for verb, target in zip(LINKS, record.links, strict=True):
                if target:
                    self.acting[target].append((verb, record.index))
        for name in record.introduced:
            self.introduced.setdefault(name, record.index)
        for name in record.named:
            self.referring[name].append(record.index)


def show_record(ties: Ties, index: int, size: int, line: Mapping[str, Json], pack: Pack) -> Found:
    """A record by its place, with everything that was known of it when the ledger had `size` entries."""
    record = ties.records[index]
    stream = f"{record.kind.family}"
    licensee = str(_statement(line)["licensee"])
    entry = Entry(index, str(line["recorded"]), f"{licensee}/{stream}", ties.counters[index], record.id)
    return Found(
        record,
        line,
        entry,
        leaf_hash(entry.leaf()).hex(),
        _once(_links(ties, record), record),
        _once(_linked(ties, record, size), record),
        tuple(use for use in uses_of(pack, record.kind) if use.reads(record)),
    )


def _statement(line: Mapping[str, Json]) -> Mapping[str, Json]:
    statement = line["statement"]
    return statement if isinstance(statement, dict) else {}


def _once(links: Iterator[Link], record: Record[Any]) -> tuple[Link, ...]:
    """Each other record once: a correction is about the same thing, which goes without saying."""
    found: dict[bytes, Link] = {}
    for link in links:
        if link.other is not record:
            found.setdefault(link.other.id, link)
        if len(found) == MOST_LINKED:
            break
    return tuple(found.values())


def _links(ties: Ties, record: Record[Any]) -> Iterator[Link]:
    for verb, target in zip(LINKS, record.links, strict=True):
        if target in ties.by_id:
            yield Link(verb, ties.records[ties.by_id[target]])
    for verb, subject in (("is about", record.subject), *(("refers to", name) for name in record.named)):
        if subject in ties.introduced:
            yield Link(verb, ties.records[ties.introduced[subject]])


def _linked(ties: Ties, record: Record[Any], size: int) -> Iterator[Link]:
    for verb, index in ties.acting.get(record.id, ()):
        if index < size:
            yield Link(verb, ties.records[index])
    for name in record.introduced:
        if ties.introduced.get(name) == record.index:
            for verb, there in (("is about", ties.about), ("refers to", ties.referring)):
                for index in reversed(there.get(name, ())):
                    if index < size:
                        yield Link(verb, ties.records[index])
