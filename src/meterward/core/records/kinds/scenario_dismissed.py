"""`scenario.dismissed`: a scenario that the system suggests is not taken into the register, for a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.roles import PERSONNEL
from meterward.core.records.terms import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class ScenarioDismissed(NamedTuple):
    """A scenario of the catalogue makes no risk of its own here. It is suggested again once it is looked at again."""

    scenario: Annotated[str, "The scenario, by its name in the catalogue."]
    elements: Annotated[
        tuple[str, ...], Ref(("element",)), "The elements that this is said of. None: all, also those to come."
    ] = ()
    until: Annotated[date | None, "The day on which it is looked at again."] = None


def later(seen: Seen[ScenarioDismissed]) -> Iterable[Unmet]:
    """It is looked at again later."""
    if seen.facts.until and seen.facts.until <= seen.occurred:
        yield Unmet("facts.until", f"{seen.facts.until} is not after {seen.occurred}.", "Name a later day, or none.")


KIND = Kind(
    name="scenario.dismissed",
    facts=ScenarioDismissed,
    by=PERSONNEL,
    text={"reason": "Why it makes no risk here."},
    needs_text=("reason",),
    about=(SYSTEM,),
    lasting=True,
    constraints=(later, distinct("elements")),
    cells=lambda _, facts: [(facts.scenario,)],
    example={"scenario": "mass-disconnection", "elements": ["element/1"]},
)
