"""A scenario in words: how likely it is at an element to begin with, and why; which security functions bear on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.risk.scenario import MOST_LIKELY, RAREST
from meterward.present.kind_words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.risk.scenario import Around, Scenario


class Begins(NamedTuple):
    """How likely a scenario is at an element to begin with, by which steps, and what bears on it there."""

    level: int
    steps: tuple[str, ...]
    used: tuple[str, ...]
    """Security functions that make it less likely and are in use."""
    unused: tuple[str, ...]
    """Those that the element has or could have, and that are not."""


def begins(scenario: Scenario, around: Around) -> Begins:
    """Where an estimate of a scenario begins at an element."""
    bearing = sorted(scenario.likely.lowered_by | scenario.applies.lacks)
    enabled = set(around.element.enabled)
    return Begins(
        scenario.likely.at(around),
        tuple(_steps(scenario, around)),
        tuple(words(one) for one in bearing if one in enabled),
        tuple(
            f"{words(one)}{'' if one in around.element.offers else ', not there'}"
            for one in bearing
            if one not in enabled
        ),
    )


def _steps(scenario: Scenario, around: Around) -> Iterator[str]:
    """What the level is made of, in the order in which it is counted."""
    likely, element = scenario.likely, around.element
    yield f"{likely.starts} to begin with"
    level = likely.starts
    for one in sorted(likely.lowered_by.intersection(element.enabled)):
        level -= 1
        yield f"1 less: {words(one)} is in use"
    links = [frozenset(link.protection) for link in around.links]
    for link in sorted(likely.lowered_by_links.intersection(*links)) if links else ():
        level -= 1
        yield f"1 less: all of its links are {words(link)}"
    if element.assurance in likely.lowered_by_assurance:
        level -= 1
        yield f"1 less: its security is {words(str(element.assurance))}"
    if found := sorted({one.keys for one in around.populations if one.keys in likely.raised_by}):
        level += 1
        yield f"1 more: keys are kept as {words(str(found[0]))}"
    if not RAREST <= level <= MOST_LIKELY:
        yield f"never less than {RAREST}" if level < RAREST else f"never more than {MOST_LIKELY}"
