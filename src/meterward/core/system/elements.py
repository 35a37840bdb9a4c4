"""The elements of the system, each in service for a time, and which of them a reading of the scope takes in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, get_args

from meterward.core.records.kinds import element_declared
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.record import Record
from meterward.core.records.terms import Category, Harm

if TYPE_CHECKING:
    from meterward.core.facts.reader import Reader

HARMS: tuple[Harm, ...] = get_args(Harm)
EQUIPMENT: tuple[Category, ...] = ("communication_equipment", "network", "premises_equipment")
PROCESS: Category = "process"


class Element(NamedTuple):
    """An element in service on `[first, until)`."""

    record: Record[ElementDeclared]
    first: date
    until: date

    @property
    def name(self) -> str:
        """Its subject, `element/…`."""
        return self.record.subject


def scope_of(reading: str) -> tuple[Category, ...]:
    """The categories in scope: those of Z.5 (`equipment`), or their union with the business processes of Z.1."""
    return EQUIPMENT if reading == "equipment" else (*EQUIPMENT, PROCESS)


def elements(read: Reader, reading: str) -> list[Element]:
    """The elements in scope, by day and id."""
    scope = set(scope_of(reading))
    return [
        Element(record, _start(record), read.until(record, _start))
        for record in read.all(element_declared.KIND)
        if scope & set(record.facts.categories)
    ]


def _start(record: Record[ElementDeclared]) -> date:
    """The first day in service; until then, one that it replaces stays so."""
    return max(record.occurred, record.facts.in_service)
