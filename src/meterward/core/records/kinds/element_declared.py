"""`element.declared`: one element of the Supplier End-to-End System."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import PERSONNEL
from meterward.core.records.terms import Category, Data, ElementType, SecurityFunction, Supply
from meterward.core.records.values import Label

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
    label: Annotated[Label | None, "What it is called."] = None
    type: Annotated[ElementType | None, "What sort of thing it is."] = None
    party: Annotated[str | None, "The organisation that operates it, if that is not the licensee."] = None
    assurance: Annotated[
        Literal["none", "contract", "certified", "audited"] | None, "What assures its security where others operate it."
    ] = None
    zone: Annotated[str | None, "The zone that it lies in (IEC 62443): what shares one level of protection."] = None
    within: Annotated[str | None, Ref(("element",)), "The element that it is part of."] = None
    offers: Annotated[tuple[SecurityFunction, ...], "The security functions that it has."] = ()
    enabled: Annotated[tuple[SecurityFunction, ...], "Those of them that are in use."] = ()
    data: Annotated[tuple[Data, ...], "The data that it holds."] = ()
    supply: Annotated[Supply | None, "What it can do to supply."] = None
    bill: Annotated[str | None, "The SHA-256 of its bill of materials, which is attached."] = None
    components: Annotated[int | None, "How many software components that lists."] = None


def some_category(seen: Seen[ElementDeclared]) -> Iterable[Unmet]:
    """An element is something."""
    if not seen.facts.categories:
        yield Unmet("facts.categories", "The list is empty.", "Name at least one category: the scope follows from it.")


def enabled_is_offered(seen: Seen[ElementDeclared]) -> Iterable[Unmet]:
    """Nothing is in use that is not there."""
    if missing := unoffered(seen.facts):
        yield Unmet("facts.enabled", f"It does not offer {', '.join(missing)}.", "Name it among “offers” too.")


def not_within_itself(seen: Seen[ElementDeclared]) -> Iterable[Unmet]:
    """Nothing is part of itself."""
    if seen.facts.within == seen.subject:
        yield Unmet("facts.within", "It is said to be part of itself.", "Name what it is part of, or leave it out.")


def unoffered(element: ElementDeclared) -> list[str]:
    """The security functions that are said to be in use and not to be there."""
    return [one for one in element.enabled if one not in element.offers]


KIND = Kind(
    name="element.declared",
    facts=ElementDeclared,
    by=PERSONNEL,
    text={"description": "What it is, in a sentence.", "limit": "What limits the licensee's power over it."},
    introduces="element",
    lasting=True,
    links=("corrects", "replaces"),
    constraints=(some_category, enabled_is_offered, not_within_itself),
    example={
        "categories": ["communication_equipment"],
        "operator": "licensee",
        "power": "within",
        "in_service": "2013-03-04",
    },
)
