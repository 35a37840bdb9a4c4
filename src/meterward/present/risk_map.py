"""The heat map of the register: how many risks lie at each likelihood and consequence, drawn, and as a table."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import plural
from meterward.present.risk_table import rating_of, severity_of
from meterward.present.risk_words import (
    CONSEQUENCES,
    STATES,
    band,
    consequence_levels,
    level_word,
    likelihood_levels,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.risk.scales import Scales
    from meterward.usecases.draw_risks import Row

WIDTH, HEIGHT = 96, 62
"""Of a cell, in the units of the drawing."""
LEFT, TOP = 62, 14
_BELOW = 60


class Cell(NamedTuple):
    """A cell of the map: where it lies, its level of risk, and how many risks lie in it."""

    likelihood: int
    severity: int
    level: int
    word: str
    band: int
    is_above: bool
    """Whether its level is higher than what is accepted."""
    risks: int
    x: int
    y: int

    @property
    def says(self) -> str:
        """The cell in words."""
        accepted = "above appetite" if self.is_above else "within appetite"
        place = f"Likelihood {self.likelihood}, consequence {self.severity}"
        return f"{place}: {plural(self.risks, 'risk')}, level {self.level} ({self.word.lower()}), {accepted}"


class Edge(NamedTuple):
    """A part of the line where appetite ends."""

    x1: int
    y1: int
    x2: int
    y2: int


class HeatMap(NamedTuple):
    """A heat map, of one state and one consequence or the worst."""

    title: str
    cells: Sequence[Sequence[Cell]]
    """Row by row, the highest likelihood first."""
    edges: Sequence[Edge]
    width: int
    height: int
    columns: Sequence[str]
    """What each level of the consequence is, from level 1 on; empty for the worst of several scales."""
    rows: Sequence[str]
    """What each level of likelihood is, from level 1 on."""
    appetite: Sequence[int]
    """The levels that are accepted; several where consequences differ and the worst is shown."""
    rated: int
    unrated: int

    @property
    def spoken(self) -> str:
        """The map in one breath."""
        full = [one for row in self.cells for one in row if one.risks]
        return f"{self.title}. {'. '.join(one.says for one in full) or 'No risk is rated'}"


def heat_map(rows: Sequence[Row], scales: Scales, state: str, consequence: str = "") -> HeatMap:
    """The map of some risks in a state: by one consequence, or each by the one that makes it highest."""
    found = _places(rows, state, consequence)
    facts = scales.record.facts
    criteria = [one for one in facts.criteria if one.consequence == consequence] or facts.criteria
    appetite = sorted({one.appetite for one in criteria})
    tall, wide = len(facts.matrix), len(facts.matrix[0].levels)
    cells = [
        [_cell(scales, likely, bad, appetite[0], found[likely, bad]) for bad in range(1, wide + 1)]
        for likely in range(tall, 0, -1)
    ]
    rated = sum(found.values())
    named = {str(name): text for name, text in CONSEQUENCES.items()}.get(consequence, "the worst consequence")
    one = criteria[0]
    return HeatMap(
        f"{STATES[state].word} risk by {named[:1].lower()}{named[1:]}",
        cells,
        list(_edges(cells)),
        LEFT + wide * WIDTH + 10,
        TOP + tall * HEIGHT + _BELOW,
        consequence_levels(one.least, one.unit) if consequence else (),
        likelihood_levels(facts.likelihood),
        appetite,
        rated,
        len(rows) - rated,
    )


def consequences_of(scales: Scales) -> Mapping[str, str]:
    """What can be chosen: the consequences that are assessed."""
    return {one.consequence: CONSEQUENCES[one.consequence] for one in scales.record.facts.criteria}


def _places(rows: Sequence[Row], state: str, consequence: str) -> Counter[tuple[int, int]]:
    ratings = (rating for rating in (rating_of(one, state) for one in rows) if rating)
    places = ((one.likelihood, severity_of(one, consequence)) for one in ratings)
    return Counter((likely, bad) for likely, bad in places if bad)


def _cell(scales: Scales, likely: int, bad: int, appetite: int, count: int) -> Cell:
    matrix = scales.record.facts.matrix
    level = matrix[likely - 1].levels[bad - 1]
    x, y = LEFT + (bad - 1) * WIDTH, TOP + (len(matrix) - likely) * HEIGHT
    return Cell(likely, bad, level, level_word(level, scales), band(level, scales), level > appetite, count, x, y)


def _edges(cells: Sequence[Sequence[Cell]]) -> Iterator[Edge]:
    """The sides between cells that are within appetite and those above."""
    for place, row in enumerate(cells):
        for one, right in itertools.pairwise(row):
            if one.is_above != right.is_above:
                yield Edge(right.x, one.y, right.x, one.y + HEIGHT)
        for one, below in zip(row, cells[place + 1] if place + 1 < len(cells) else (), strict=False):
            if one.is_above != below.is_above:
                yield Edge(one.x, below.y, one.x + WIDTH, below.y)
