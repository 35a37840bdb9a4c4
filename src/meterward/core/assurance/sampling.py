"""Drawing a sample that anybody can draw again: no chance, only SHA-256.

Each item of the population gets a rank: the SHA-256 over the seed, a zero byte and the item's id, both as UTF-8. The
items with the lowest ranks are the sample, lowest first. So a larger sample by the same seed begins with the smaller
one, the order in which items come in changes nothing, and nobody who has seed and population gets another sample.
"""

from __future__ import annotations

from hashlib import sha256
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from meterward.core.records.kinds.sample_drawn import SampleDrawn


class Population(NamedTuple):
    """The records of one kind in a licensee's ledger, as it stands."""

    ledger: str
    kind: str
    size: int
    root: str
    items: tuple[str, ...]
    numbers: dict[str, int]
    """The entry of each, counted from one."""


class Redrawn(NamedTuple):
    """What comes of drawing a sample again: whether the population is the one that was told, and what was drawn."""

    same_population: bool
    drawn: tuple[str, ...]
    same: bool
    """Whether population and sample are those that were recorded."""


def rank(seed: str, item: str) -> bytes:
    """What items are ordered by in a draw."""
    return sha256(f"{seed}\0{item}".encode()).digest()


def draw(seed: str, population: Collection[str], size: int) -> tuple[str, ...]:
    """A sample of so many items, or all if there are no more, in the order of the draw. Each item counts once."""
    return tuple(nsmallest(size, set(population), key=lambda item: (rank(seed, item), item)))


def digest_of(population: Iterable[str]) -> str:
    """SHA-256 over the ids of a population, sorted and each on a line of its own."""
    return sha256("".join(f"{item}\n" for item in sorted(set(population))).encode()).hexdigest()


def redraw(told: SampleDrawn, population: Collection[str]) -> Redrawn:
    """Draw a recorded sample again from what the population is found to be."""
    there = set(population)
    same = len(there) == told.population and digest_of(there) == told.digest
    drawn = draw(told.seed, there, told.size)
    return Redrawn(same, drawn, same and drawn == told.drawn)
