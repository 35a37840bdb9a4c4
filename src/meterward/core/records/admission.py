"""Admission to a ledger: what only the records before a record can decide, and the entry that comes of it."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.tree import Frontier, leaf_hash
from meterward.core.records.belonging import Place, check_belonging, check_opening, sort_of
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import ledger_opened, role_appointed
from meterward.core.records.links import Acts, check_links
from meterward.core.records.record import NO_LINKS, Record
from meterward.core.records.statement import Entry, stream_of
from meterward.core.records.terms import EVERY_LICENCE, LICENSEE, SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from meterward.core.records.kind import Actor, Kind
    from meterward.core.records.line import Sealed

_CONSTANTS = frozenset((SYSTEM, LICENSEE))
ANY = ("any",)


@dataclass(slots=True)
class Admission:
    """A ledger as it grows: what it must remember of its records to admit the next one."""

    keeper: str = ""
    """The organisation whose ledger it is."""
    sort: Keeper = Keeper.LICENSEE
    last_recorded: str = ""
    tree: Frontier = field(default_factory=Frontier)
    acts: Acts = field(default_factory=Acts)
    subjects: dict[str, bytes] = field(default_factory=dict)
    """Every subject that a record introduced, and by which record."""
    licences: set[str] = field(default_factory=set)
    counters: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    excused: bool = False
    """Whether somebody was told already that the opening is missing, so that the rest can be looked at without it."""
    _licences: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    _actors: dict[Actor, Actor] = field(default_factory=dict)

    def admit(self, sealed: Sealed) -> Record[Any] | list[Problem]:
        """Make a record of a statement, or say everything that stands against it. A refused one leaves no trace."""
        identity = sealed.statement.digest()
        problems: list[Problem] = []
        if sealed.header.occurred > sealed.recorded_day or sealed.recorded < self.last_recorded:
            problems.extend(self._time(sealed))
        if identity in self.acts.known or sealed.claimed_id not in (None, identity.hex()):
            problems.extend(self._identity(sealed, identity))
        header, kind = sealed.header, sealed.kind
        usual = header.licensee == self.keeper and header.actor in self._actors and self.sort in kind.homes
        if not usual or kind is ledger_opened.KIND or kind is role_appointed.KIND:
            problems.extend(self._belonging(sealed))
        if wrong := self._subject(sealed):
            problems.append(wrong)
        if sealed.kind.references and sealed.facts is not None:
            problems.extend(self._references(sealed))
        if kind.introduces == "licence" or not self.licences.issuperset(header.licences):
            problems.extend(self._licence(sealed))
        if sealed.links is not NO_LINKS:
            problems.extend(check_links(self.acts, sealed))
        return problems or self._enter(sealed, identity)

    def stream(self, kind: Kind[Any]) -> str:
        """The stream in which records of a kind are counted."""
        return stream_of(self.keeper, kind.name)

    def _enter(self, sealed: Sealed, identity: bytes) -> Record[Any]:
        header, kind = sealed.header, sealed.kind
        if not self.keeper:
            self.keeper, self.sort = header.licensee, sort_of(sealed)
        stream = self.stream(kind)
        entry = Entry(self.tree.size, sealed.recorded, stream, self.counters[stream], identity)
        record = Record(
            identity,
            kind,
            header.occurred,
            sealed.recorded_day,
            entry.index,
            header.subject or "",
            self._licences.setdefault(header.licences, header.licences),
            self._actors.setdefault(header.actor, header.actor) if header.licensee == self.keeper else header.actor,
            sealed.facts,
            len(sealed.statement.files),
            sealed.links,
            sys.intern(header.licensee),
        )
        self.tree.append(leaf_hash(entry.leaf()))
        self.counters[stream] += 1
        self.last_recorded = sealed.recorded
        self.acts.remember(record)
        for name in record.introduced:
            self.subjects.setdefault(name, identity)
            if kind.introduces == "licence":
                self.licences.add(name.partition("/")[2])
        return record

    def _time(self, sealed: Sealed) -> Iterator[Problem]:
        occurred: date = sealed.header.occurred
        if occurred > sealed.recorded_day:
            yield Problem(
                Code.OCCURRED_LATER,
                f"It occurred on {occurred} but was recorded on {sealed.recorded_day}.",
                "A record is of something done; days that lie ahead belong in its facts.",
                "statement.occurred",
            )
        if sealed.recorded < self.last_recorded:
            yield Problem(
                Code.RECORDED_BACKWARDS,
                f"It was recorded at {sealed.recorded}, before the entry above it ({self.last_recorded}).",
                "A ledger only goes forward: keep its entries in their order.",
                "recorded",
            )

    def _identity(self, sealed: Sealed, identity: bytes) -> Iterator[Problem]:
        if sealed.claimed_id not in (None, identity.hex()):
            yield Problem(
                Code.COMMITMENT_MISMATCH,
                f"What the record says gives the id {identity.hex()[:12]}…, not the one that stands here.",
                "It was changed since it was sealed: restore it, or leave out the id of a record not yet entered.",
                "id",
            )
        if identity in self.acts.known:
            yield Problem(
                Code.RECORD_DUPLICATE,
                f"The same statement is entry {self.acts.known[identity].index + 1:,} already.",
                "Leave it out: one act is one record.",
            )

    def _belonging(self, sealed: Sealed) -> Iterator[Problem]:
        opened = self.keeper != ""
        keeper, sort = (self.keeper, self.sort) if opened else (sealed.header.licensee, sort_of(sealed))
        place = Place(keeper, sort, self.tree.size)
        if (wrong := check_opening(sealed, place)) and not (self.excused and not self.tree.size):
            yield wrong
        yield from check_belonging(sealed, place)

    def _subject(self, sealed: Sealed) -> Problem | None:
        kind, subject = sealed.kind, sealed.header.subject or ""
        space, _, rest = subject.partition("/")
        if kind.introduces:
            if space != kind.introduces or not rest:
                return _wrong_subject(subject, f"Name a new one, such as {kind.introduces}/1.")
            if subject in self.subjects and not sealed.links.corrects and not self._may_share(sealed):
                hint = "Give it a name of its own; a new version has a new name and replaces the old one."
                return Problem(Code.SUBJECT_TAKEN, f"{subject} is there already.", hint, "statement.subject")
        elif kind.about:
            if not subject or (space not in kind.about and kind.about != ANY):
                return _wrong_subject(subject, _allowed(kind))
            if subject not in self.subjects and subject not in _CONSTANTS:
                return _unknown(subject, "statement.subject")
        elif subject:
            return _wrong_subject(subject, f"{kind.name} has no subject.")
        return None

    def _may_share(self, sealed: Sealed) -> bool:
        """Whether it may have a name that is taken: it tells the subject of the record that it replaces anew.

        Beside that, licensees that know nothing of each other may call two things by one name.
        """
        old = self.acts.known.get(sealed.links.replaces)
        renews = sealed.kind.renewed and old is not None and old.subject == sealed.header.subject
        return renews or (self.sort is not Keeper.LICENSEE and sealed.kind.shared is not None)

    def _licence(self, sealed: Sealed) -> Iterator[Problem]:
        """Once a licence is recorded, records are about recorded ones; before, the ledger is only being set up.

        What another organisation says, which holds none, may be about every one.
        """
        own = (sealed.header.subject or "").partition("/")[2]
        if sealed.kind.introduces == "licence":
            if own and own not in sealed.header.licences:
                message = f"It is about licence/{own}, but counts for {', '.join(sealed.header.licences)} only."
                hint = f"Name {own} among the licences, or correct the subject."
                yield Problem(Code.FIELD_VALUE, message, hint, "statement.licences")
        elif self.licences:
            every = {sealed.header.licensee, sealed.header.actor.organisation} != {self.keeper}
            for place, licence in enumerate(sealed.header.licences):
                if licence not in self.licences and not (every and licence == EVERY_LICENCE):
                    yield _unknown(f"licence/{licence}", f"statement.licences[{place}]")

    def _references(self, sealed: Sealed) -> Iterator[Problem]:
        own = frozenset(sealed.kind.names(sealed.facts)) if sealed.kind.names else frozenset()
        for where, name, spaces in sealed.kind.refers(sealed.facts):
            known = name in self.subjects or name in own
            if not known or (spaces and name.partition("/")[0] not in spaces):
                yield _unknown(name, where)


def _allowed(kind: Kind[Any]) -> str:
    if kind.about == ANY:
        return f"{kind.name} names what the record that it acts on is about."
    allowed = ", ".join(name if name in _CONSTANTS else f"{name}/…" for name in kind.about)
    return f"{kind.name} is about one of: {allowed}."


def _wrong_subject(subject: str, hint: str) -> Problem:
    return Problem(Code.FIELD_VALUE, f"It is “{subject}”." if subject else "It is missing.", hint, "statement.subject")


def _unknown(name: str, where: str) -> Problem:
    return Problem(
        Code.REFERENCE_UNKNOWN,
        f"No earlier record of this ledger introduces {name}.",
        "Record that first, or correct the name.",
        where,
    )
