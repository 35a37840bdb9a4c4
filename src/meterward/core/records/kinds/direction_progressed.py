"""`direction.progressed`: how far a licensee is with what a direction requires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, Unmet, distinct, needs_file
from meterward.core.records.roles import ISSUING, PERSONNEL
from meterward.core.records.terms import Issuer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen

WHOLE = 100


class Progress(NamedTuple):
    """How far one requirement is."""

    requirement: Annotated[str, "The requirement, by its name in the direction."]
    state: Annotated[
        Literal["not_started", "under_way", "blocked", "done", "kept", "not_kept"],
        "Where it stands; a prohibition is kept or not.",
    ]
    share: Annotated[int | None, "How much of it is done, in per cent."] = None


class DirectionProgressed(NamedTuple):
    """The licensee says how far it is with each requirement, to those who issued the direction if they are named.

    It says nothing of whether a requirement was met: what shows that is recorded by itself.
    """

    report: Annotated[Literal["interim", "final"], "Whether more is to come."]
    steps: Annotated[tuple[Progress, ...], "Each requirement that there is something to say of."]
    to: Annotated[tuple[Issuer, ...], "Who is told. Nobody outside, if none is named."] = ()


def shares_are_shares(seen: Seen[DirectionProgressed]) -> Iterable[Unmet]:
    """A share is at most the whole; each requirement has one row."""
    for place, step in enumerate(seen.facts.steps):
        if (step.share or 0) > WHOLE:
            yield Unmet(f"facts.steps[{place}].share", f"{step.share} is more than the whole.", "Write 0 to 100.")
    names = [step.requirement for step in seen.facts.steps]
    if len(set(names)) != len(names):
        yield Unmet("facts.steps", "Two rows are about one requirement.", "Keep one for each.")


KIND = Kind(
    name="direction.progressed",
    facts=DirectionProgressed,
    by=PERSONNEL,
    text={"note": "What was done, and what is in the way."},
    about=("direction",),
    shared=lambda facts: [ISSUING[issuer] for issuer in facts.to],
    constraints=(
        distinct("to"),
        shares_are_shares,
        needs_file("a final report is a document", lambda facts: facts.report != "final"),
    ),
    example={
        "report": "interim",
        "steps": [{"requirement": "step-1", "state": "under_way", "share": 40}],
        "to": ["authority"],
    },
)
