"""`sample.drawn`: auditors draw a sample, so that anybody can draw it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.keeper import Keeper
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.roles import AUDITORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class SampleDrawn(NamedTuple):
    """A sample of a licensee's records is drawn from a population that is told exactly, by a seed that is told too."""

    audit: Annotated[str, Ref(("audit",)), "The audit that it is for."]
    kind: Annotated[str, "The kind of record that it is drawn from."]
    ledger_size: Annotated[int, "How many entries the licensee's ledger had."]
    ledger_root: Annotated[str, "Its root hash at that size."]
    population: Annotated[int, "How many records of that kind there were."]
    digest: Annotated[str, "SHA-256 over their ids, in order."]
    seed: Annotated[str, "What the draw was seeded with."]
    size: Annotated[int, "How many were to be drawn."]
    drawn: Annotated[tuple[str, ...], "The ids that were drawn, in the order of the draw."]
    clause: Annotated[str | None, "The clause that it is about."] = None


def drawn_from_it(seen: Seen[SampleDrawn]) -> Iterable[Unmet]:
    """As many were drawn as there were to be, or all."""
    facts = seen.facts
    if len(facts.drawn) != min(facts.size, facts.population):
        yield Unmet(
            "facts.drawn",
            f"{len(facts.drawn)} were drawn of {facts.population}, and {facts.size} were to be.",
            "Draw as many as there were to be, or all.",
        )


KIND = Kind(
    name="sample.drawn",
    facts=SampleDrawn,
    by=AUDITORS,
    homes=(Keeper.AUDITOR,),
    text={"purpose": "What the sample is for, and why it is so large."},
    introduces="sample",
    constraints=(distinct("drawn"), drawn_from_it),
    example={
        "audit": "audit/1",
        "kind": "incident.recorded",
        "ledger_size": 120,
        "ledger_root": "00" * 32,
        "population": 9,
        "digest": "00" * 32,
        "seed": "7f3a",
        "size": 1,
        "drawn": ["00" * 32],
        "clause": "Z.10(c)",
    },
)
