"""Introduce a key by a record, so that whoever has the ledger knows by what its statements are signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.ledger.keys import PublicKey
from meterward.core.records.keyring import TELLING
from meterward.core.records.kinds import key_introduced
from meterward.usecases.operator_statement import licences_of, operator_statement

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Head, Ledgers


class Introduction(NamedTuple):
    """A key of an organisation, and the id of the record of the one whose place it takes, if it does."""

    organisation: str
    key: PublicKey
    replaces: str = ""


def key_line(ledgers: Ledgers, head: Head, new: Introduction, day: date, salt: str) -> dict[str, Json]:
    """The line that introduces a key to a ledger."""
    kind = key_introduced.KIND
    known = [one for one in ledgers.records_of(head.ledger, TELLING) if one.kind is kind]
    more = {"subject": f"key/{len(known) + 1}", **({"replaces": new.replaces} if new.replaces else {})}
    statement = operator_statement(kind, head.licensee, licences_of(ledgers, head), day, **more)
    facts: dict[str, Json] = {
        "organisation": new.organisation,
        "algorithm": new.key.algorithm.value,
        "public": new.key.raw.hex(),
    }
    return {"statement": statement, "facts": facts, "salts": {"facts": salt}}
