"""Introduce a key by a record, so that whoever has the ledger knows by what its statements are signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.ledger.keys import PublicKey
from meterward.core.records.keyring import TELLING
from meterward.core.records.kinds import key_introduced, ledger_opened, licence_held
from meterward.core.records.roles import Role
from meterward.usecases.open_ledger import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
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
    statement: dict[str, Json] = {
        "kind": kind.name,
        "version": kind.version,
        "licensee": head.licensee,
        "licences": [*licences_of(ledgers, head)],
        "occurred": day.isoformat(),
        "actor": operator_of(head),
        "subject": f"key/{len(known) + 1}",
    }
    if new.replaces:
        statement["replaces"] = new.replaces
    facts: dict[str, Json] = {
        "organisation": new.organisation,
        "algorithm": new.key.algorithm.value,
        "public": new.key.raw.hex(),
    }
    return {"statement": statement, "facts": facts, "salts": {"facts": salt}}


def operator_of(head: Head) -> dict[str, Json]:
    """Whoever runs the installation, as the author of a record."""
    return {"person": OPERATOR, "role": Role.OPERATOR.value, "organisation": head.licensee}


def licences_of(ledgers: Ledgers, head: Head) -> Sequence[str]:
    """The licences of a ledger; before any is recorded, those that it was opened for."""
    kinds = (ledger_opened.KIND.name, licence_held.KIND.name)
    records: list[Record[object]] = list(ledgers.records_of(head.ledger, kinds))
    held = [one.subject.partition("/")[2] for one in records if one.kind is licence_held.KIND]
    return sorted(set(held)) or records[0].licences
