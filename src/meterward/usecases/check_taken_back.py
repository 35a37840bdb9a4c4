"""Check that nobody takes back or ends what is not theirs to: keys, and what is said by a few and with care.

As the separation of duties is, this is asked once, at the append; what is in a ledger already is never refused by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.records.keyring import TELLING, Keyring
from meterward.core.records.kinds import key_introduced
from meterward.core.records.roles import Role
from meterward.usecases.revoke_key import only_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.records.record import Record
    from meterward.usecases.check_appended import Earlier, Further


def check_taken_back(owner: str, further: Further, earlier: Earlier) -> Iterator[tuple[int, Problem]]:
    """What stands against some further records of an organisation's ledger, each problem with the record's place."""
    for place, record in enumerate(further.records):
        old = _acted_on(record, further)
        if old is None:
            continue
        if old.kind is key_introduced.KIND:
            problem = _not_theirs(record, old) or _last(owner, record, old, (further, earlier))
        else:
            problem = _not_entitled(record, old)
        if problem:
            yield place, problem


def _acted_on(record: Record[Any], further: Further) -> Record[Any] | None:
    """What a record takes back or ends."""
    if not record.kind.needs_link:
        return None
    there = {one.id: one for one in further.records}
    found = (further.targets.get(target) or there.get(target) for target in filter(None, record.links))
    return next((one for one in found if one), None)


def _not_theirs(record: Record[Any], old: Record[Any]) -> Problem | None:
    """A passkey is taken back by its holder or by the operator, a key of an organisation by the operator."""
    actor, facts = record.actor, old.facts
    if actor.role is Role.OPERATOR or facts is None:
        return None
    if (facts.organisation, facts.holder) == (actor.organisation, actor.person):
        return None
    whose = f"a passkey of {facts.holder}" if facts.holder else f"a key of {facts.organisation}"
    message = f"It would take back {old.subject}, {whose}."
    hint = (
        "Everybody ends their own passkeys; whoever operates the installation ends any key, by “meterward ledger key”."
    )
    return Problem(Code.ROLE_NOT_ENTITLED, message, hint, "statement.actor.role")


def _last(owner: str, record: Record[Any], old: Record[Any], known: tuple[Further, Earlier]) -> Problem | None:
    """The last key by which the owner of a ledger signs is not taken back: nothing could be signed after it."""
    if old.facts is None or old.facts.holder or old.facts.organisation != owner:
        return None
    further, earlier = known
    there = {one.id: one for one in earlier(TELLING, ())} | {one.id: one for one in further.records}
    ring = Keyring(owner).take(sorted(there.values(), key=lambda one: one.index))
    return None if ring.key_of(owner, record.index + 1) else only_key(owner)


def _not_entitled(record: Record[Any], old: Record[Any]) -> Problem | None:
    """What is decided or approved is taken back by those who may decide or approve it, or by who did."""
    if not old.kind.weighty or record.actor.role in old.kind.by or record.actor.person == old.actor.person:
        return None
    message = f"It would act on entry {old.index + 1:,}, {old.kind.name}, which no {record.actor.role} says."
    hint = f"Let one of those who may say that do it: {', '.join(old.kind.by)}."
    return Problem(Code.ROLE_NOT_ENTITLED, message, hint, "statement.actor.role")
