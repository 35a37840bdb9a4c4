"""Find a record of a ledger by the first digits of its id, with its texts, its entry, and its links both ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.tree import leaf_hash
from meterward.core.records.record import LINKS
from meterward.core.records.statement import Entry
from meterward.core.records.strict_json import parse_json
from meterward.usecases.index_kinds import Use, uses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record

_WHOLE = 64
_HINT = "“meterward records check FILE” says how many there are; explain and position name them by their first digits."


@dataclass(slots=True)
class Search:
    """Looks at records as they are read, and keeps those whose id begins as wanted."""

    wanted: str
    seen: list[tuple[Record[Any], bytes]] = field(default_factory=list)

    def see(self, record: Record[Any], line: bytes) -> None:
        """Look at a record."""
        if record.id.hex().startswith(self.wanted):
            self.seen.append((record, line))


@dataclass(frozen=True, slots=True)
class Link:
    """That one record acts on another (`corrects`, `replaces` …), is about it, or refers to it."""

    verb: str
    other: Record[Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A record with everything that is known of it."""

    record: Record[Any]
    line: Mapping[str, Json]
    entry: Entry
    leaf: str
    """The leaf hash of the entry, in hex."""
    links: tuple[Link, ...]
    """Records that this one acts on, is about or refers to."""
    linked: tuple[Link, ...]
    """Records that act on this one, are about what it introduced or refer to it."""
    uses: tuple[Use, ...]


def begin_search(prefix: str) -> Search | Problem:
    """A search for ids that begin with some hex digits."""
    wanted = prefix.lower()
    if not wanted or len(wanted) > _WHOLE or wanted.strip("0123456789abcdef"):
        hint = "Write the first digits of a record's id, such as 7849352063f2."
        return Problem(Code.FIELD_VALUE, f"“{prefix}” is not the beginning of an id.", hint)
    return Search(wanted)


def find_record(search: Search, records: Sequence[Record[Any]], pack: Pack) -> Found | Problem:
    """The one record that was found, among all those of its ledger."""
    if not search.seen:
        return Problem(Code.RECORD_UNKNOWN, f"No record has an id that begins with {search.wanted}.", _HINT)
    if len(search.seen) > 1:
        some = ", ".join(record.id.hex()[: len(search.wanted) + 4] for record, _ in search.seen[:5])
        hint = f"Write more digits: {some}{' …' if len(search.seen) > 5 else ''}"  # noqa: PLR2004 - as many as are shown
        message = f"{len(search.seen):,} records have an id that begins with {search.wanted}."
        return Problem(Code.RECORD_UNKNOWN, message, hint)
    ((record, raw),) = search.seen
    line = cast("Mapping[str, Json]", parse_json(raw))
    entry = _entry(record, line, records)
    return Found(
        record,
        line,
        entry,
        leaf_hash(entry.leaf()).hex(),
        _once(_links(record, records)),
        _once(_linked(record, records)),
        tuple(use for use in uses_of(pack, record.kind) if use.reads(record)),
    )


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    """Each other record once: a correction is about the same thing, which goes without saying."""
    found: dict[bytes, Link] = {}
    for link in links:
        found.setdefault(link.other.id, link)
    return tuple(found.values())


def _entry(record: Record[Any], line: Mapping[str, Json], records: Sequence[Record[Any]]) -> Entry:
    family = record.kind.family
    counter = sum(1 for one in records[: record.index] if one.kind.family == family)
    statement = cast("Mapping[str, Json]", line["statement"])
    return Entry(record.index, str(line["recorded"]), f"{statement['licensee']}/{family}", counter, record.id)


def _links(record: Record[Any], records: Sequence[Record[Any]]) -> Iterator[Link]:
    named = set(record.named)
    for other in records:
        for verb, target in zip(LINKS, record.links, strict=True):
            if target == other.id:
                yield Link(verb, other)
        if other is not record and other.introduced:
            if record.subject in other.introduced:
                yield Link("is about", other)
            if not named.isdisjoint(other.introduced):
                yield Link("refers to", other)


def _linked(record: Record[Any], records: Sequence[Record[Any]]) -> Iterator[Link]:
    introduced = set(record.introduced)
    for other in records:
        for verb, target in zip(LINKS, other.links, strict=True):
            if target == record.id:
                yield Link(verb, other)
        if introduced and other is not record:
            if other.subject in introduced:
                yield Link("is about", other)
            if not introduced.isdisjoint(other.named):
                yield Link("refers to", other)
