"""List who may do what in a ledger on a day: each person's roles, what is delegated, and where glass was broken."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import DAY, after
from meterward.core.records.effective import effective
from meterward.core.records.holding import GRANTING, Held, held_on
from meterward.core.records.kinds import delegation_given, glass_broken, glass_reviewed
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RIGHTS = (*GRANTING, glass_reviewed.KIND.name)
"""The kinds of record that rights are listed from."""


class Person(NamedTuple):
    """Somebody with every role that they hold."""

    person: str
    organisation: str
    held: tuple[Held, ...]


class Delegated(NamedTuple):
    """A delegation that is not over."""

    given: Record[Any]
    since: date
    last: date
    counts: bool
    """Whether it counts on the day: it has begun, and its giver holds the role of their own."""


class Broken(NamedTuple):
    """Glass that was broken, with what others said of it."""

    broken: Record[Any]
    last: date
    """The last day on which it counted: the day before it was broken if it was ended on that day."""
    reviews: tuple[Record[Any], ...]


class Rights(NamedTuple):
    """Who may do what."""

    people: list[Person]
    """The organisation's own, each with their roles."""
    guests: list[Person]
    """Those of other organisations."""
    delegated: list[Delegated]
    broken: list[Broken]
    """Newest first, but before those what nobody has reviewed."""


def list_rights(records: Iterable[Record[Any]], licensee: str, day: date) -> Rights:
    """Who may do what on a day, by the records that are known."""
    known = list(records)
    held = held_on(known, licensee, day)
    people = _people(held)
    said = effective(known)
    there = [(one, said.until(one)) for one in said.records if one.occurred <= day and one.facts is not None]
    return Rights(
        [one for one in people if one.organisation == licensee],
        [one for one in people if one.organisation != licensee],
        _delegated(there, held, day),
        _broken(there),
    )


def _people(held: Iterable[Held]) -> list[Person]:
    ordered = sorted(held, key=lambda one: (one.organisation, one.person, one.since, one.by.index))
    grouped = groupby(ordered, key=lambda one: (one.organisation, one.person))
    return [Person(person, organisation, tuple(some)) for (organisation, person), some in grouped]


def _delegated(there: Iterable[tuple[Record[Any], date]], held: Iterable[Held], day: date) -> list[Delegated]:
    counting = {one.by.id for one in held}
    return [
        Delegated(one, delegation_given.begins(one.facts, one.occurred), until - DAY, one.id in counting)
        for one, end in there
        if one.kind is delegation_given.KIND and day < (until := min(end, after(one.facts.valid_to)))
    ]


def _broken(there: Sequence[tuple[Record[Any], date]]) -> list[Broken]:
    reviews = defaultdict(list)
    for one, _ in there:
        if one.kind is glass_reviewed.KIND:
            reviews[one.subject].append(one)
    found = [
        Broken(one, min(end, after(one.facts.valid_to)) - DAY, tuple(reviews[one.subject]))
        for one, end in there
        if one.kind is glass_broken.KIND
    ]
    return sorted(found, key=lambda one: (bool(one.reviews), -one.broken.occurred.toordinal(), -one.broken.index))
