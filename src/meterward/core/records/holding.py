"""Who holds which role on a day, by the records of a ledger that grant roles and what acts on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import DAY, NEVER, after
from meterward.core.records.effective import effective
from meterward.core.records.kinds import access_granted, delegation_given, glass_broken, role_appointed
from meterward.core.records.record import Record
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

GRANTING = tuple(one.KIND.name for one in (role_appointed, access_granted, delegation_given, glass_broken))
"""The kinds of record that roles are read from."""
_OWN = (role_appointed.KIND, access_granted.KIND)
"""Those by which somebody holds a role of their own."""


class Held(NamedTuple):
    """A role that somebody holds on a day."""

    person: str
    organisation: str
    role: Role
    by: Record[Any]
    """The record that gives it."""
    since: date
    until: date
    """The first day on which it is over, as far as is recorded; NEVER if it has no end."""

    @property
    def is_own(self) -> bool:
        """Whether it was given by an appointment or an access, and not for a while by another, or taken."""
        return self.by.kind in _OWN

    @property
    def is_taken(self) -> bool:
        """Whether it was taken, by broken glass."""
        return self.by.kind is glass_broken.KIND

    @property
    def last(self) -> date | None:
        """The last day on which it is held, if it has an end."""
        return None if self.until == NEVER else self.until - DAY


def roles_on(
    records: Iterable[Record[Any]], person: str, organisation: str, licensee: str, day: date
) -> frozenset[Role]:
    """The roles that a person of an organisation has on a day."""
    return frozenset(one.role for one in held_by(held_on(records, licensee, day), person, organisation))


def held_by(held: Iterable[Held], person: str, organisation: str) -> tuple[Held, ...]:
    """What one person of an organisation holds."""
    return tuple(one for one in held if (one.person, one.organisation) == (person, organisation))


def held_on(records: Iterable[Record[Any]], licensee: str, day: date) -> list[Held]:
    """Every role that is held on a day, by records that grant roles and what acts on them.

    A delegation counts while its giver holds the role of their own, and broken glass while the person is one of the
    organisation's own people: neither gives rise to another.
    """
    granted = [*_granted(records, licensee, day)]
    own = [one for one in granted if one.is_own]
    lent = (one._replace(until=min(one.until, until)) for one in granted if (until := _lent_until(one, own)) > day)
    return [*own, *lent]


def acting(there: Iterable[Record[Any]], more: Iterable[Record[Any]], kinds: Container[str]) -> Iterator[Record[Any]]:
    """Those of further records, in their order, that are of some kinds, act on what is there, or on each other."""
    known = {one.id for one in there}
    for one in more:
        if one.id not in known and (one.kind.name in kinds or not known.isdisjoint(one.links)):
            known.add(one.id)
            yield one


def _granted(records: Iterable[Record[Any]], licensee: str, day: date) -> Iterator[Held]:
    """What each record gives by itself, whoever said it."""
    said = effective(records)
    for one in said.records:
        if one.kind.name in GRANTING and one.facts is not None:
            held = _held(one, said.until(one), licensee)
            if held.since <= day < held.until:
                yield held


def _held(one: Record[Any], end: date, licensee: str) -> Held:
    facts, role = one.facts, Role(one.facts.role)
    if one.kind is role_appointed.KIND:
        return Held(facts.person, licensee, role, one, one.occurred, end)
    until = min(end, after(facts.valid_to))
    if one.kind is access_granted.KIND:
        return Held(facts.person, facts.organisation, role, one, one.occurred, until)
    if one.kind is glass_broken.KIND:
        return Held(one.actor.person, one.actor.organisation, role, one, one.occurred, until)
    return Held(facts.person, one.actor.organisation, role, one, delegation_given.begins(facts, one.occurred), until)


def _lent_until(held: Held, own: Iterable[Held]) -> date:
    """Until when what a delegation or broken glass gives rests on somebody's own role; its own day if on none."""
    if held.is_own:
        return held.by.occurred
    actor, ends = held.by.actor, [held.by.occurred]
    for one in own:
        rests = one.by.kind is role_appointed.KIND if held.is_taken else one.role == held.role
        if rests and (one.person, one.organisation) == (actor.person, actor.organisation):
            ends.append(one.until)
    return max(ends)
