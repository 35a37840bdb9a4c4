"""`direction.answered`: a requirement of a direction was complied with."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.kind import Kind, distinct, needs_file
from meterward.core.records.roles import ISSUING, PERSONNEL
from meterward.core.records.terms import Issuer


class DirectionAnswered(NamedTuple):
    """The licensee does what a direction requires: a step, a report, or evidence. The proof is attached."""

    requirement: Annotated[str, "The requirement, by its name in the direction."]
    to: Annotated[tuple[Issuer, ...], "Who is told. Nobody outside, if none is named."] = ()


def by_requirement(subject: str, facts: DirectionAnswered) -> list[tuple[str, ...]]:
    """Looked up by direction and requirement."""
    return [(subject, facts.requirement)]


KIND = Kind(
    name="direction.answered",
    facts=DirectionAnswered,
    by=PERSONNEL,
    text={"note": "What was done."},
    about=("direction",),
    shared=lambda facts: [ISSUING[issuer] for issuer in facts.to],
    document=True,
    constraints=(needs_file("compliance with a direction is shown by its proof"), distinct("to")),
    cells=by_requirement,
    example={"requirement": "step-1"},
)
