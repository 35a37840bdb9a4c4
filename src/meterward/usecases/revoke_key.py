"""End a key by a record, so that nothing that is signed by it later counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.records.keyring import KeySpan
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import record_ended
from meterward.usecases.operator_statement import actor_said, licences_of, operator_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Head, Ledgers


class Revocation(NamedTuple):
    """A key that is to count no longer, why, and who says so; None if it is whoever runs the installation."""

    span: KeySpan
    reason: str
    by: Actor | None = None


def find_key(spans: Sequence[KeySpan], named: str, head: Head) -> KeySpan | Problem:
    """The key that counts now whose id begins so, if it may be revoked: its organisation has another one."""
    counting = [one for one in spans if one.counts_at(head.size)]
    found = [one for one in counting if one.key.id.startswith(named.lower())] if named else []
    if len(found) != 1:
        ended = any(named and one.key.id.startswith(named.lower()) for one in spans)
        said = f"{'Several keys begin' if found else 'No key begins'} with “{named}”."
        message = f"The key “{named}” counts no longer." if ended and not found else said
        hint = "“meterward ledger show” lists the keys: write as many digits of one as tell it apart."
        return Problem(Code.FIELD_VALUE, message, hint, "key")
    one = found[0]
    if one.is_of(head.keeper) and sum(other.is_of(head.keeper) for other in counting) == 1:
        return only_key(one.organisation)
    return one


def only_key(organisation: str) -> Problem:
    """What is said to whoever would end the last key of the organisation whose ledger it is."""
    message = f"It is the only key by which {organisation} signs: nothing could be appended without it."
    hint = "“meterward ledger key rotate” puts a new one in its place, and ends it."
    return Problem(Code.KEY_ONLY, message, hint, "key")


def revocation_line(
    ledgers: Ledgers, head: Head, ended: Revocation, day: date, salt: Callable[[], str]
) -> dict[str, Json]:
    """The line that ends a key."""
    acts = {"subject": ended.span.subject, "ends": ended.span.record.hex()}
    statement = operator_statement(record_ended.KIND, head.keeper, licences_of(ledgers, head), day, **acts)
    if ended.by:
        statement["actor"] = actor_said(ended.by)
    return {
        "statement": statement,
        "facts": {"because": "revoked"},
        "text": {"reason": ended.reason},
        "salts": {"facts": salt(), "text": salt()},
    }
