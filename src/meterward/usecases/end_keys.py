"""End keys wherever they are known: what ends one in the ledger of its own organisation ends it in others."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from meterward.core.records.keyring import TELLING, Keyring
from meterward.core.records.kinds import key_introduced, record_ended, record_withdrawn
from meterward.usecases.revoke_key import Revocation, revocation_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from meterward.usecases.append_record import Line
    from meterward.usecases.ports import Head, Ledgers

_ENDING = {
    record_ended.KIND.name: "ends",
    record_withdrawn.KIND.name: "withdraws",
    key_introduced.KIND.name: "replaces",
}
"""The kinds of record after which a key counts no longer, each with the link that names it."""


def endings_elsewhere(
    ledgers: Ledgers, ledger: str, lines: Iterable[Line], day: date, salt: Callable[[], str]
) -> dict[str, list[Line]]:
    """By other ledgers, the lines by which their operators end the keys and passkeys that some lines end in one.

    Others heard of a key from the ledger of its own organisation; what ends it anywhere else says nothing.
    """
    over = _ended(ledgers, ledger, lines)
    if not over:
        return {}
    told: defaultdict[str, list[Record[Any]]] = defaultdict(list)
    for name, record in ledgers.across(TELLING):
        told[name].append(record)
    heads = (one for one in ledgers.heads() if one.ledger in told and one.ledger != ledger)
    found = {head.ledger: [*_endings(ledgers, head, (told[head.ledger], over), (day, salt))] for head in heads}
    return {name: ended for name, ended in found.items() if ended}


def _endings(
    ledgers: Ledgers,
    head: Head,
    known: tuple[Iterable[Record[Any]], frozenset[tuple[str, str, str]]],
    at: tuple[date, Callable[[], str]],
) -> Iterator[Line]:
    (records, over), (day, salt) = known, at
    for span in Keyring(head.keeper).take(records).spans():
        if (span.key.id, span.organisation, span.holder) in over and span.counts_at(head.size):
            ended = Revocation(span, f"Ended in the ledger of {span.organisation}.")
            yield revocation_line(ledgers, head, ended, day, salt)


def _ended(ledgers: Ledgers, ledger: str, lines: Iterable[Line]) -> frozenset[tuple[str, str, str]]:
    """The keys of a ledger's keeper, and passkeys of its people, that lines end there: each key, with whose it is."""
    named = {target for line in lines if (target := _target(line.get("statement")))}
    head = ledgers.head(ledger) if named else None
    if head is None:
        return frozenset()
    spans = Keyring(head.keeper).take(ledgers.records_of(ledger, TELLING)).spans()
    own = (one for one in spans if one.organisation == head.keeper and one.record.hex() in named)
    return frozenset((one.key.id, one.organisation, one.holder) for one in own)


def _target(statement: Json) -> str:
    """What a statement would end, if it is of a kind that ends a key; empty if it names nothing."""
    if not isinstance(statement, dict):
        return ""
    kind = statement.get("kind")
    target = statement.get(_ENDING.get(kind, "")) if isinstance(kind, str) else None
    return target if isinstance(target, str) else ""
