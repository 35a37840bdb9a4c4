"""What whoever runs an installation says in a ledger, as the author: how each such statement begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.kind import Actor
from meterward.core.records.kinds import ledger_opened, licence_held
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Head, Ledgers

OPERATOR = "operator"
"""The pseudonym of whoever runs the installation."""


def operator_statement(
    kind: Kind[Any], licensee: str, licences: Iterable[str], day: date, **more: str
) -> dict[str, Json]:
    """A statement of some kind by whoever runs the installation, about licences of its licensee, with what is more."""
    return {
        "kind": kind.name,
        "version": kind.version,
        "licensee": licensee,
        "licences": [*licences],
        "occurred": day.isoformat(),
        "actor": actor_said(Actor(OPERATOR, Role.OPERATOR, licensee)),
        **more,
    }


def actor_said(actor: Actor) -> dict[str, Json]:
    """Who says it, as a statement has it."""
    return {"person": actor.person, "role": actor.role.value, "organisation": actor.organisation}


def licences_of(ledgers: Ledgers, head: Head) -> Sequence[str]:
    """The licences of a ledger; before any is recorded, those that it was opened for."""
    kinds = (ledger_opened.KIND.name, licence_held.KIND.name)
    records: list[Record[object]] = list(ledgers.records_of(head.ledger, kinds))
    held = [one.subject.partition("/")[2] for one in records if one.kind is licence_held.KIND]
    return sorted(set(held)) or records[0].licences
