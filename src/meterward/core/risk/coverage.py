"""What an assessment covers: each element of its scope, by a risk, by what was dismissed of it, or by neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from meterward.core.records.terms import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kinds.element_declared import ElementDeclared
    from meterward.core.records.kinds.scenario_dismissed import ScenarioDismissed
    from meterward.core.risk.register import Risk

How: TypeAlias = Literal["risk", "dismissed", "whole", "none"]
"""A risk names the element; nothing but scenarios dismissed of it do; risks of the system as a whole alone speak of
it; nothing does."""


class Covered(NamedTuple):
    """How far the elements of some categories are assessed."""

    elements: Mapping[str, How]
    categories: Mapping[Category, Mapping[How, int]]

    def by(self, how: How) -> tuple[str, ...]:
        """The elements that are covered in one way, by name."""
        return tuple(sorted(name for name, found in self.elements.items() if found == how))


def covered(
    elements: Mapping[str, ElementDeclared],
    scope: Iterable[Category],
    risks: Iterable[Risk],
    dismissed: Iterable[ScenarioDismissed],
) -> Covered:
    """How the register and what was dismissed cover the elements in scope.

    Whoever dismissed a scenario for all elements, also those to come, looked at none of them by itself.
    """
    told = [one.record.facts.elements for one in risks]
    named = {name for names in told for name in names}
    aside = {name for one in dismissed for name in one.elements}
    rest: How = "none" if all(told) else "whole"
    wanted = tuple(scope)
    found: dict[str, How] = {
        name: "risk" if name in named else "dismissed" if name in aside else rest
        for name, one in elements.items()
        if not set(wanted).isdisjoint(one.categories)
    }
    counts: dict[Category, dict[How, int]] = {one: {"risk": 0, "dismissed": 0, "whole": 0, "none": 0} for one in wanted}
    for name, how in found.items():
        for category in elements[name].categories:
            if category in counts:
                counts[category][how] += 1
    return Covered(found, counts)
