"""`design.adopted`: how the measures, together, bring the system to the desired level of security."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import MANAGERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Trace(NamedTuple):
    """A risk, and the measures that treat it."""

    risk: Annotated[str, Ref(("risk",)), "The risk."]
    measures: Annotated[tuple[str, ...], Ref(("measure",)), "The measures that treat it."]


class DesignAdopted(NamedTuple):
    """A version of the solution design (3.3 of the consultation): each risk, traced to the measures that treat it."""

    assessment: Annotated[str, Ref(("assessment",)), "The assessment that it follows from."]
    effective: Annotated[date, "The day from which it counts."]
    traces: Annotated[tuple[Trace, ...], "What treats which risk."]


def traced(seen: Seen[DesignAdopted]) -> Iterable[Unmet]:
    """Each risk is there once, with a measure."""
    known: set[str] = set()
    for place, trace in enumerate(seen.facts.traces):
        where = f"facts.traces[{place}]"
        if trace.risk in known:
            yield Unmet(f"{where}.risk", f"{trace.risk} stands there twice.", "Name each risk once.")
        if not trace.measures:
            yield Unmet(f"{where}.measures", "The list is empty.", "Name what treats the risk, or leave it out.")
        known.add(trace.risk)


KIND = Kind(
    name="design.adopted",
    facts=DesignAdopted,
    by=MANAGERS,
    text={"summary": "How the measures work together."},
    introduces="design",
    document=True,
    lasting=True,
    links=("corrects", "replaces"),
    constraints=(traced,),
    example={
        "assessment": "assessment/1",
        "effective": "2014-07-01",
        "traces": [{"risk": "risk/1", "measures": ["measure/1"]}],
    },
)
