"""Introduce a key by a record, so that whoever has the ledger knows by what its statements are signed."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.ledger.keys import PublicKey
from meterward.core.records.keyring import TELLING, KeySpan
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import key_introduced
from meterward.usecases.operator_statement import actor_said, licences_of, operator_statement

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Head, Ledgers


class Introduction(NamedTuple):
    """A key of an organisation, and the id of the record of the one whose place it takes, if it does."""

    organisation: str
    key: PublicKey
    replaces: str = ""
    holder: Actor | None = None
    """Whose passkey it is; None if it is a key of the organisation."""
    credential: str = ""
    """By what a browser finds a passkey again."""


def heard_line(ledgers: Ledgers, head: Head, heard: KeySpan, day: date, salt: str) -> dict[str, Json]:
    """The line by which the operator of a ledger introduces a key, or a passkey, that another ledger tells of."""
    line = key_line(ledgers, head, Introduction(heard.organisation, heard.key), day, salt)
    if not heard.holder:
        return line
    return {**line, "facts": {**_facts(heard.organisation, heard.key), **_personal(heard.holder, heard.key)}}


def key_line(ledgers: Ledgers, head: Head, new: Introduction, day: date, salt: str) -> dict[str, Json]:
    """The line that introduces a key to a ledger: by its operator, or a passkey by its holder."""
    kind = key_introduced.KIND
    taken = [one.subject for one in ledgers.records_of(head.ledger, TELLING) if one.kind is kind]
    number = next(one for one in count(len(taken) + 1) if f"key/{one}" not in taken)
    more = {"subject": f"key/{number}", **({"replaces": new.replaces} if new.replaces else {})}
    statement = operator_statement(kind, head.keeper, licences_of(ledgers, head), day, **more)
    facts = _facts(new.organisation, new.key)
    if not new.holder:
        return {"statement": statement, "facts": facts, "salts": {"facts": salt}}
    statement["actor"] = actor_said(new.holder)
    facts |= _personal(new.holder.person, new.key)
    texts: dict[str, Json] = {"credential": new.credential}
    return {"statement": statement, "facts": facts, "text": texts, "salts": {"facts": salt, "text": salt}}


def _facts(organisation: str, key: PublicKey) -> dict[str, Json]:
    return {"organisation": organisation, "algorithm": key.algorithm.value, "public": key.raw.hex()}


def _personal(holder: str, key: PublicKey) -> dict[str, Json]:
    return {"holder": holder, "origin": key.origin}
