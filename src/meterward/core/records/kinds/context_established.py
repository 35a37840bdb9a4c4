"""`context.established`: by which scales risks are assessed, and how much risk is accepted."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import MANAGERS
from meterward.core.records.terms import Consequence
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.records.kind import Seen

_FEWEST, _MOST = 3, 7
"""A scale of fewer levels tells too little apart, one of more too much."""


class Criterion(NamedTuple):
    """How bad one sort of consequence can be, level by level, and how much risk of it is accepted."""

    consequence: Annotated[Consequence, "Which consequence."]
    unit: Annotated[Label, "What is counted, such as customers off supply for an hour."]
    least: Annotated[tuple[int, ...], "The least amount of each level, from level 1 on."]
    appetite: Annotated[int, "The highest level of risk that is accepted; 0 if none is."]


class Row(NamedTuple):
    """The level of risk for each level of consequence, at one level of likelihood."""

    levels: Annotated[tuple[int, ...], "From the least consequence to the worst."]


class ContextEstablished(NamedTuple):
    """The context of risk assessment, in ISO 27005's sense: the scales, how they make a level of risk, the appetite."""

    method: Annotated[Label, "The method."]
    version: Annotated[str, "Its version."]
    likelihood: Annotated[
        tuple[int, ...], "How many times in 10,000 years, at least, for each level of likelihood, from level 1 on."
    ]
    criteria: Annotated[tuple[Criterion, ...], "The consequences that are assessed."]
    matrix: Annotated[tuple[Row, ...], "The level of risk: a row for each level of likelihood, from level 1 on."]
    assess_months: Annotated[int, "After how many months risks are assessed anew at the latest."] = 12


def scales_rise(seen: Seen[ContextEstablished]) -> Iterable[Unmet]:
    """Each level of a scale begins above the one before it, and there are neither too few nor too many."""
    yield from _rises("facts.likelihood", seen.facts.likelihood)
    for place, criterion in enumerate(seen.facts.criteria):
        yield from _rises(f"facts.criteria[{place}].least", criterion.least)


def _rises(where: str, least: tuple[int, ...]) -> Iterator[Unmet]:
    if not _FEWEST <= len(least) <= _MOST:
        yield Unmet(where, f"It has {len(least)} levels.", f"Use {_FEWEST} to {_MOST}.")
    if any(other <= one for one, other in itertools.pairwise((-1, *least))):
        yield Unmet(where, "A level does not begin above the one before it.", "Write rising counts, from 0 or more.")


def matrix_fits(seen: Seen[ContextEstablished]) -> Iterable[Unmet]:
    """The matrix has a level for each likelihood and consequence, and more of either is never less risk."""
    facts = seen.facts
    rows = [row.levels for row in facts.matrix]
    if len(rows) != len(facts.likelihood):
        text = f"It has {len(rows)} rows, and there are {len(facts.likelihood)} levels of likelihood."
        yield Unmet("facts.matrix", text, "Write a row for each level of likelihood.")
    for place, criterion in enumerate(facts.criteria):
        if any(len(row) != len(criterion.least) for row in rows):
            hint = "All scales of consequences have as many levels as a row of the matrix."
            yield Unmet(f"facts.criteria[{place}].least", "It does not fit the matrix.", hint)
    if any(list(line) != sorted(line) for line in (*rows, *zip(*rows, strict=False))):
        yield Unmet("facts.matrix", "A level falls where likelihood or consequence rises.", "Let it stay or rise.")


def criteria_hold(seen: Seen[ContextEstablished]) -> Iterable[Unmet]:
    """There is a consequence, each is there once, and its appetite is a level of risk, or none."""
    if not seen.facts.criteria:
        yield Unmet("facts.criteria", "The list is empty.", "Name at least one consequence.")
    highest = max((level for row in seen.facts.matrix for level in row.levels), default=0)
    known: set[str] = set()
    for place, criterion in enumerate(seen.facts.criteria):
        where = f"facts.criteria[{place}]"
        if criterion.consequence in known:
            yield Unmet(f"{where}.consequence", "It stands there twice.", "Describe each consequence once.")
        if not 0 <= criterion.appetite <= highest:
            yield Unmet(f"{where}.appetite", f"It is {criterion.appetite}.", f"Name a level from 0 to {highest}.")
        known.add(criterion.consequence)
    if seen.facts.assess_months < 1:
        yield Unmet("facts.assess_months", "It is less than a month.", "Write 1 or more.")


KIND = Kind(
    name="context.established",
    facts=ContextEstablished,
    by=MANAGERS,
    text={"reasons": "Why these scales and this appetite."},
    introduces="context",
    document=True,
    lasting=True,
    links=("corrects", "replaces"),
    constraints=(scales_rise, matrix_fits, criteria_hold),
    example={
        "method": "Levels of likelihood and consequence",
        "version": "1",
        "likelihood": [0, 100, 1_000, 10_000, 100_000],
        "criteria": [
            {
                "consequence": "supply",
                "unit": "customers off supply for an hour",
                "least": [0, 100, 10_000, 100_000, 1_000_000],
                "appetite": 2,
            },
        ],
        "matrix": [
            {"levels": [1, 1, 2, 2, 3]},
            {"levels": [1, 2, 2, 3, 3]},
            {"levels": [2, 2, 3, 3, 4]},
            {"levels": [2, 3, 3, 4, 5]},
            {"levels": [3, 3, 4, 5, 5]},
        ],
    },
)
