"""Who holds which role on a day, by the records of a ledger that grant roles and what acts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.days import NEVER, after
from meterward.core.records.kinds import access_granted, role_appointed
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from datetime import date

    from meterward.core.records.record import Record

GRANTING = (role_appointed.KIND.name, access_granted.KIND.name)
"""The kinds of record that roles are read from."""


def roles_on(
    records: Iterable[Record[Any]], person: str, organisation: str, licensee: str, day: date
) -> frozenset[Role]:
    """The roles that a person of an organisation has on a day, by records that grant roles and what acts on them.

    Only what is recorded in order counts: corrected and withdrawn records do not, nor does what has ended. What ended
    stays so when either side is corrected, and counts again when its end is withdrawn.
    """
    there = {one.id: one for one in records}
    withdrawn = {one.links.withdraws for one in there.values()}
    gone = withdrawn | {one.links.corrects for one in there.values() if one.id not in withdrawn}
    standing = [one for one in there.values() if one.id not in gone]
    over = {
        target
        for one in standing
        if one.occurred <= day
        for said in _said(one, there)
        for target in (said.links.ends, said.links.replaces)
    }
    lasting = (one for one in standing if not any(said.id in over for said in _said(one, there)))
    found = (_role(one, person, organisation, licensee, day) for one in lasting)
    return frozenset(role for role in found if role)


def acting(there: Iterable[Record[Any]], more: Iterable[Record[Any]], kinds: Container[str]) -> Iterator[Record[Any]]:
    """Those of further records, in their order, that are of some kinds, act on what is there, or on each other."""
    known = {one.id for one in there}
    for one in more:
        if one.id not in known and (one.kind.name in kinds or not known.isdisjoint(one.links)):
            known.add(one.id)
            yield one


def _said(record: Record[Any], there: Mapping[bytes, Record[Any]]) -> Iterator[Record[Any]]:
    """A record, and what it corrects."""
    said: Record[Any] | None = record
    while said:
        yield said
        said = there.get(said.links.corrects)


def _role(record: Record[Any], person: str, organisation: str, licensee: str, day: date) -> Role | None:
    facts = record.facts
    if record.occurred > day or record.kind.name not in GRANTING or facts.person != person:
        return None
    if record.kind is role_appointed.KIND:
        return Role(facts.role) if organisation == licensee else None
    until = after(facts.valid_to) if facts.valid_to else NEVER
    return Role(facts.role) if facts.organisation == organisation and day < until else None
