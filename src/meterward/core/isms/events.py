"""The events after which the policy is looked at again.

A new risk, an incident, an audit, a direction, a change of scope or of the standard's edition.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import NEVER
from meterward.core.records.kinds import (
    assessment_completed,
    audit_reported,
    direction_issued,
    element_declared,
    incident_recorded,
    system_described,
)
from meterward.core.records.kinds.system_described import changes_scope
from meterward.core.records.record import Record
from meterward.core.records.terms import SYSTEM
from meterward.core.risk.register import above_appetite, register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kind import Kind

_KINDS: tuple[Kind[Any], ...] = (
    assessment_completed.KIND,
    audit_reported.KIND,
    direction_issued.KIND,
    element_declared.KIND,
    incident_recorded.KIND,
)


class Event(NamedTuple):
    """Something that asks for a review, from a day on."""

    subject: str
    words: str
    day: date
    records: tuple[Record[Any], ...] = ()


def events(read: Reader, ask: Ask) -> Iterator[Event]:
    """Every event, those of records and those of the standard's editions."""
    for kind in _KINDS:
        for record in read.all(kind):
            if kind is not audit_reported.KIND or record.facts.status == "final":
                yield Event(record.subject, record.subject, record.occurred, (record,))
    yield from _changes_of_scope(read)
    yield from _new_risks(read)
    for edition, period in ask.reference.editions.items():
        yield Event(f"edition/{edition}", f"the {edition} edition of ISO 27001", period.first)


def _changes_of_scope(read: Reader) -> Iterator[Event]:
    """Beside each element that is declared: that one ends, and that many are told of at once."""
    for record in read.all(element_declared.KIND):
        if read.ended(record) != NEVER:
            yield Event(record.subject, f"the end of {record.subject}", read.ended(record), (record,))
    for described in read.all(system_described.KIND):
        if changes_scope(described.facts):
            yield Event(SYSTEM, "a change of the system", described.occurred, (described,))


def _new_risks(read: Reader) -> Iterator[Event]:
    """Each risk from the day on which the register first rates more of it than is accepted."""
    for risk in register(read).told():
        if periods := above_appetite(read, risk):
            yield Event(risk.name, f"{risk.name}, above appetite", periods[0][0], (risk.record,))
