"""A scenario of the catalogue: a story of harm, the elements that it can happen to, and what bears on how likely it is.

Prose, predicate and worked cases are one unit, one file of the catalogue. What it says of likelihood is a starting
point for whoever estimates, on a scale from 1 to 5, and counts for nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
from meterward.core.records.terms import Consequence

if TYPE_CHECKING:
    from collections.abc import Iterable


RAREST, MOST_LIKELY = 1, 5


class Around(NamedTuple):
    """An element with what is around it in the system."""

    element: ElementDeclared
    links: tuple[LinkRow, ...] = ()
    """The links from it and to it."""
    populations: tuple[PopulationRow, ...] = ()
    beside: tuple[ElementDeclared, ...] = ()
    """The elements at the other ends of its links."""


class Applies(NamedTuple):
    """The elements that a scenario can happen to: each condition that is not empty holds, by one of its values.

    `offers` is of the element's security functions, `lacks` of functions of which one is not in use, `unprotected` of
    protections that one of its links does not have; `keys` and `states` are of its populations; `beside` is of the
    types of elements that it is linked with.
    """

    types: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()
    supply: frozenset[str] = frozenset()
    data: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    unprotected: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    assurance: frozenset[str] = frozenset()

    def to(self, around: Around) -> bool:
        """Whether it can happen to an element."""
        one = around.element
        return (
            _meets(self.types, (one.type,))
            and _meets(self.categories, one.categories)
            and _meets(self.operators, (one.operator,))
            and _meets(self.supply, (one.supply,))
            and _meets(self.data, one.data)
            and _meets(self.offers, one.offers)
            and (not self.lacks or not self.lacks.issubset(one.enabled))
            and (not self.unprotected or any(not self.unprotected.issubset(link.protection) for link in around.links))
            and _meets(self.keys, (one.keys for one in around.populations))
            and _meets(self.states, (one.state for one in around.populations))
            and _meets(self.beside, (other.type for other in around.beside))
            and _meets(self.assurance, (one.assurance,))
        )


class Likely(NamedTuple):
    """How likely a scenario is at an element, to begin with: less for each function in use, more for each exposure."""

    starts: int
    lowered_by: frozenset[str] = frozenset()
    """Security functions of the element."""
    lowered_by_links: frozenset[str] = frozenset()
    """Protections that all of its links have."""
    raised_by: frozenset[str] = frozenset()
    """Ways in which the keys of its populations are kept."""
    lowered_by_assurance: frozenset[str] = frozenset()
    """What assures the security of an element that others operate."""

    def at(self, around: Around) -> int:
        """The level to begin with, from 1 to 5."""
        links = [frozenset(link.protection) for link in around.links]
        less = len(self.lowered_by.intersection(around.element.enabled))
        if links:
            less += len(self.lowered_by_links.intersection(*links))
        less += around.element.assurance in self.lowered_by_assurance
        more = 1 if any(one.keys in self.raised_by for one in around.populations) else 0
        return max(RAREST, min(MOST_LIKELY, self.starts - less + more))


class Case(NamedTuple):
    """A worked case: an element, whether the scenario applies to it, and how likely it is to begin with."""

    says: str
    around: Around
    applies: bool
    likely: int | None = None


class Scenario(NamedTuple):
    """A story of harm that can happen to a supplier's system, in our own words."""

    name: str
    title: str
    story: str
    causes: tuple[str, ...]
    consequences: Mapping[Consequence, int]
    """What it comes to, and how bad that is to begin with, from 1 to 5."""
    techniques: tuple[str, ...]
    """Techniques of ATT&CK for ICS, by id."""
    applies: Applies
    likely: Likely
    provenance: tuple[str, ...]
    """Where the idea comes from: public reports, standards' identifiers, the consultation."""
    cases: tuple[Case, ...]
    theme: str = ""
    """What it is about: the catalogue is listed by it."""


def _meets(asked: frozenset[str], there: Iterable[str | None]) -> bool:
    return not asked or not asked.isdisjoint(there)
