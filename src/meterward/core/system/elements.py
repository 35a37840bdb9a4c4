"""The elements of the system that a reading of the scope takes in, each in service for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from meterward.core.records.terms import Category, Harm
from meterward.core.system.model import Span, system

if TYPE_CHECKING:
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.element_declared import ElementDeclared

HARMS: tuple[Harm, ...] = get_args(Harm)
EQUIPMENT: tuple[Category, ...] = ("communication_equipment", "network", "premises_equipment")
PROCESS: Category = "process"


def scope_of(reading: str) -> tuple[Category, ...]:
    """The categories in scope: those of Z.5 (`equipment`), or their union with the business processes of Z.1."""
    return EQUIPMENT if reading == "equipment" else (*EQUIPMENT, PROCESS)


def elements(read: Reader, reading: str) -> list[Span[ElementDeclared]]:
    """What is told of the elements in scope, by day and id of the record, then by name."""
    scope = set(scope_of(reading))
    found = [span for spans in system(read).elements.values() for span in spans if scope & set(span.told.categories)]
    return sorted(found, key=lambda span: (span.record.order, span.name, span.first))
