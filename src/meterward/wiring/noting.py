"""Who read what: it is written in a ledger of its own before anything sensitive is given, or nothing is given."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from meterward.adapters import clock
from meterward.adapters.salts import fresh_salt
from meterward.core.records.keeper import Keeper, reads_of
from meterward.core.records.kinds import evidence_read, ledger_opened
from meterward.core.records.roles import Role
from meterward.core.records.terms import EVERY_LICENCE
from meterward.usecases.operator_statement import operator_statement
from meterward.wiring.entering import enter
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from meterward.core.access import Caller
    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem

_MOST_NOTED = 10_000
_OPENING = "opening"


class Read(NamedTuple):
    """What somebody is about to read."""

    what: str
    """A choice of `evidence.read`."""
    named: str
    entry: int | None = None


def note_record(caller: Caller, ledger: str, identity: str, index: int) -> list[Problem]:
    """Note that a record is read, as `note_seen` does."""
    return note_seen(caller, ledger, Read("record", identity, index + 1))


def note_seen(caller: Caller, ledger: str, read: Read) -> list[Problem]:
    """Note what is sensitive only where somebody of another organisation reads it, or anybody by broken glass."""
    return [] if caller.home and not caller.taken else note_read(caller, ledger, read)


def note_read(caller: Caller, ledger: str, read: Read) -> list[Problem]:
    """Note that something sensitive is read: once for each person, thing and day. With a problem nothing may be given.

    In a bundle that somebody opened nobody signs in, and nothing is kept.
    """
    if settings.OPENED or caller.visitor:
        return []
    head, day = installation().ledgers.head(ledger), clock.today()
    if head is None:
        return []
    said = f"{head.keeper}\n{caller.organisation}\n{caller.person}\n{read.what}\n{read.named}\n{day}"
    key, noted = sha256(said.encode()).hexdigest(), installation().noted
    if key in noted:
        return []
    there = reads_of(head.keeper)
    if problems := _open(there, head.keeper):
        return problems
    done = enter(there, [_line(caller, head.keeper, read)], key)
    if isinstance(done, list):
        return done
    if len(noted) >= _MOST_NOTED:
        noted.clear()
    noted.add(key)
    return []


def _open(there: str, organisation: str) -> list[Problem]:
    """Open the ledger of who read what, where nobody has read anything yet."""
    ledgers = installation().ledgers
    head = ledgers.head(there)
    if head and head.size:
        return []
    ledgers.open(there)
    statement = operator_statement(ledger_opened.KIND, organisation, (EVERY_LICENCE,), clock.today())
    facts: dict[str, Json] = {"clock": "system", "purpose": "live", "keeper": Keeper.READS.value}
    if settings.EXAMPLE:
        facts["purpose"] = "example"
    done = enter(there, [{"statement": statement, "facts": facts, "salts": {"facts": fresh_salt()}}], _OPENING)
    again = ledgers.head(there)
    return done if isinstance(done, list) and not (again and again.size) else []


def _line(caller: Caller, organisation: str, read: Read) -> dict[str, Json]:
    """What is read by broken glass is read in the role that was taken."""
    roles = {one.role for one in caller.taken} or caller.roles
    role = next(one for one in Role if one in roles)
    facts: dict[str, Json] = {"what": read.what, "named": read.named}
    if read.entry is not None:
        facts["entry"] = read.entry
    statement: dict[str, Json] = {
        "kind": evidence_read.KIND.name,
        "version": evidence_read.KIND.version,
        "licensee": organisation,
        "licences": [EVERY_LICENCE],
        "occurred": clock.today().isoformat(),
        "actor": {"person": caller.person, "role": role.value, "organisation": caller.organisation},
    }
    return {"statement": statement, "facts": facts, "salts": {"facts": fresh_salt()}}
