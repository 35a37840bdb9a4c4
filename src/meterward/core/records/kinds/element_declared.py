"""`element.declared`: one element of the Supplier End-to-End System."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import PERSONNEL
from meterward.core.records.terms import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class ElementDeclared(NamedTuple):
    """An element of the Supplier End-to-End System: equipment, a network, a business process. Ended when it is gone."""

    categories: Annotated[tuple[Category, ...], "What the element is; several may apply."]
    operator: Annotated[Literal["licensee", "on_behalf", "outside"], "Who operates it."]
    power: Annotated[
        Literal["within", "limited"], "Whether securing it is within the licensee's power, or only in part."
    ]
    in_service: Annotated[date, "First day in service."]


def some_category(seen: Seen[ElementDeclared]) -> Iterable[Unmet]:
    """An element is something."""
    if not seen.facts.categories:
        yield Unmet("facts.categories", "The list is empty.", "Name at least one category: the scope follows from it.")


KIND = Kind(
    name="element.declared",
    facts=ElementDeclared,
    by=PERSONNEL,
    text={"description": "What it is, in a sentence.", "limit": "What limits the licensee's power over it."},
    introduces="element",
    lasting=True,
    links=("corrects", "replaces"),
    constraints=(some_category,),
    example={
        "categories": ["communication_equipment"],
        "operator": "licensee",
        "power": "within",
        "in_service": "2013-03-04",
    },
)
