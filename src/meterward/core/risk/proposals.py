"""Which scenarios the system suggests, beyond those that the register has and those that were dismissed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import NEVER
from meterward.core.records.kinds import scenario_dismissed
from meterward.core.risk.register import register
from meterward.core.risk.scenario import Around, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.element_declared import ElementDeclared
    from meterward.core.records.kinds.scenario_dismissed import ScenarioDismissed
    from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
    from meterward.core.records.record import Record
    from meterward.core.system.model import Drawn


class Proposal(NamedTuple):
    """A scenario that can happen to elements of the system, each with how likely it is there to begin with."""

    scenario: Scenario
    elements: Mapping[str, int]

    @property
    def likely(self) -> int:
        """How likely it is where it is likeliest."""
        return max(self.elements.values())


def suggested(scenarios: Iterable[Scenario], drawn: Drawn) -> tuple[Proposal, ...]:
    """Every scenario that can happen to some element of a system."""
    around = surroundings(drawn)
    found = [
        Proposal(one, {name: one.likely.at(there) for name, there in around.items() if one.applies.to(there)})
        for one in scenarios
    ]
    return tuple(one for one in found if one.elements)


def proposals(read: Reader, scenarios: Iterable[Scenario], drawn: Drawn, day: date) -> tuple[Proposal, ...]:
    """Those suggested on a day that the register does not have of these elements, and that nobody dismissed."""
    left = (_left(read, one, day) for one in suggested(scenarios, drawn))
    return tuple(one for one in left if one.elements)


def surroundings(drawn: Drawn) -> Mapping[str, Around]:
    """Every element with its links, its populations and the elements that it is linked with."""
    links: defaultdict[str, list[LinkRow]] = defaultdict(list)
    beside: defaultdict[str, list[ElementDeclared]] = defaultdict(list)
    for link in drawn.links.values():
        for here, there in ((link.source, link.target), (link.target, link.source)):
            links[here].append(link)
            if other := drawn.elements.get(there):
                beside[here].append(other)
    populations: defaultdict[str, list[PopulationRow]] = defaultdict(list)
    for one in drawn.populations.values():
        populations[one.element].append(one)
    return {
        name: Around(told, tuple(links[name]), tuple(populations[name]), tuple(beside[name]))
        for name, told in drawn.elements.items()
    }


def _left(read: Reader, proposal: Proposal, day: date) -> Proposal:
    name = proposal.scenario.name
    settled: set[str] = set()
    there = [one.record.facts for one in register(read).on(day) if one.record.facts.scenario == name]
    out = [one for one in read.of(scenario_dismissed.KIND, name) if one.occurred <= day < _again(read, one)]
    for elements in (*(one.elements for one in there), *(one.facts.elements for one in out)):
        if not elements:
            return Proposal(proposal.scenario, {})
        settled.update(elements)
    return Proposal(proposal.scenario, {one: at for one, at in proposal.elements.items() if one not in settled})


def _again(read: Reader, record: Record[ScenarioDismissed]) -> date:
    return min(read.ended(record), record.facts.until or NEVER)
