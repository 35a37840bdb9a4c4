"""`risk.estimated`: how likely a risk is, and how bad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import AUDITORS, PERSONNEL
from meterward.core.records.terms import Consequence, RiskState
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.records.kind import Seen

MOST_OFTEN = 10_000 * 366 * 24
"""Once an hour, in 10,000 years. What happens more often is not a risk any more, but how things are."""
MOST = 10**15
"""No consequence has a larger amount, in any unit: without an end nothing could be compared."""


class Points(NamedTuple):
    """What is thought of an amount: the lowest and highest that are plausible, and the most likely between them."""

    low: Annotated[int, "The lowest that is plausible."]
    likely: Annotated[int, "The most likely."]
    high: Annotated[int, "The highest that is plausible."]


class Come(NamedTuple):
    """How bad one consequence is: as a level, or in three points in the unit of its scale."""

    consequence: Annotated[Consequence, "Which consequence."]
    level: Annotated[int | None, "The level on its scale."] = None
    points: Annotated[Points | None, "The amount in its unit, each time that it happens."] = None


class RiskEstimated(NamedTuple):
    """A risk is estimated, by the scales of a context. A later estimate of the same state takes its place.

    Of two of one day the worse counts, until it is corrected.
    """

    state: Annotated[RiskState, "Without any measure, with those there are, or with those that are wanted."]
    context: Annotated[str, Ref(("context",)), "The context whose scales are used."]
    consequences: Annotated[tuple[Come, ...], "How bad it is."]
    likelihood: Annotated[int | None, "The level of likelihood."] = None
    often: Annotated[Points | None, "How many times in 10,000 years."] = None
    sources: Annotated[tuple[Label, ...], "What the estimate rests on."] = ()


def one_or_the_other(seen: Seen[RiskEstimated]) -> Iterable[Unmet]:
    """Each amount is a level or three points, never both, never neither."""
    facts = seen.facts
    if (facts.likelihood is None) == (facts.often is None):
        yield Unmet("facts.likelihood", "A level and three points are one too many, or one too few.", _EITHER)
    for place, come in enumerate(facts.consequences):
        if (come.level is None) == (come.points is None):
            where = f"facts.consequences[{place}]"
            yield Unmet(where, "A level and three points are one too many, or one too few.", _EITHER)


def once_each(seen: Seen[RiskEstimated]) -> Iterable[Unmet]:
    """Each consequence is estimated once, and there is one."""
    names = [come.consequence for come in seen.facts.consequences]
    if not names:
        yield Unmet("facts.consequences", "The list is empty.", "Estimate at least one consequence.")
    for place, name in enumerate(names):
        if name in names[:place]:
            text = f"A consequence stands there twice: {name}."
            yield Unmet(f"facts.consequences[{place}].consequence", text, "Estimate it once.")


def possible(seen: Seen[RiskEstimated]) -> Iterable[Unmet]:
    """Levels begin at 1; three points rise, are more than nothing, and have an end."""
    facts = seen.facts
    yield from amount_possible("facts.likelihood", facts.likelihood, "facts.often", facts.often, MOST_OFTEN)
    for place, come in enumerate(facts.consequences):
        where = f"facts.consequences[{place}]"
        yield from amount_possible(f"{where}.level", come.level, f"{where}.points", come.points, MOST)


def amount_possible(where: str, level: int | None, place: str, points: Points | None, most: int) -> Iterator[Unmet]:
    """A level begins at 1; three points rise, are more than nothing, and have an end."""
    if level is not None and level < 1:
        yield Unmet(where, f"It is {level}.", "Levels begin at 1.")
    if points is None:
        return
    if not points.low <= points.likely <= points.high:
        hint = "Write the lowest, the most likely and the highest, in that order."
        yield Unmet(place, f"{points.low}, {points.likely} and {points.high} do not rise.", hint)
    if points.low < 0 or points.high < 1:
        yield Unmet(place, "It is nothing, or less.", "What cannot happen is no risk: end its record, and say why.")
    if points.high > most:
        yield Unmet(f"{place}.high", f"It is {points.high:,}.", f"Write {most:,} or less.")


_EITHER = "Give the level, or three points."

KIND = Kind(
    name="risk.estimated",
    facts=RiskEstimated,
    by=(*PERSONNEL, *AUDITORS),
    text={"rationale": "Why this likely, and this bad."},
    needs_text=("rationale",),
    about=("risk",),
    constraints=(one_or_the_other, once_each, possible),
    example={
        "state": "inherent",
        "context": "context/1",
        "likelihood": 3,
        "consequences": [
            {"consequence": "supply", "points": {"low": 1_000, "likely": 40_000, "high": 900_000}},
            {"consequence": "reputation", "level": 4},
        ],
    },
)
