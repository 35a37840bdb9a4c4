"""Attach a bill of materials: the system as it is told, with the bill of one of its elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds.system_described import ELEMENT

if TYPE_CHECKING:
    from meterward.core.system.model import Drawn
    from meterward.usecases.ports.inventories import Read


def attach_bill(found: Read, told: Drawn, element: str) -> Read | Problem:
    """What a bill comes to: all elements as they are told, but for the digest and the count of one. None is gone."""
    if found.bill is None:
        hint = "Give a CycloneDX bill of materials, or import the file as what it is."
        return Problem(Code.INVENTORY_UNKNOWN, f"The file is no bill of materials of {element}.", hint)
    name = element if element in told.elements else f"{ELEMENT}/{element}"
    one = told.elements.get(name)
    if one is None:
        hint = f"{nearest(element, told.elements)}Name an element that is told of on that day."
        return Problem(Code.INVENTORY_NAME, f"There is no {element} to have the bill of materials.", hint)
    changed = one._replace(bill=found.bill.digest, components=len(found.bill.components))
    drawn = told._replace(elements={**told.elements, name: changed})
    return found._replace(drawn=drawn, spaces=frozenset([ELEMENT]))
