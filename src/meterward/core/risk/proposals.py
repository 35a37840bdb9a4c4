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
    return left(read, suggested(scenarios, drawn), day)


def left(read: Reader, found: Iterable[Proposal], day: date) -> tuple[Proposal, ...]:
    """What is left of proposals once what the register has, and what was dismissed, is taken away."""
    settled: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for risk in register(read).on(day):
        if scenario := risk.record.facts.scenario:
            settled[scenario].append(risk.record.facts.elements)
    for record in dismissals(read, day):
        settled[record.facts.scenario].append(record.facts.elements)
    rest = (_without(one, settled[one.scenario.name]) for one in found)
    return tuple(one for one in rest if one.elements)


def dismissals(read: Reader, day: date) -> tuple[Record[ScenarioDismissed], ...]:
    """What was dismissed by a day, and is not to be looked at again yet."""
    return tuple(one for one in read.all(scenario_dismissed.KIND) if one.occurred <= day < _again(read, one))


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


def _without(proposal: Proposal, settled: Iterable[tuple[str, ...]]) -> Proposal:
    """A proposal without the elements of which it was settled; what was said of no element was said of all."""
    gone: set[str] = set()
    for elements in settled:
        gone.update(elements or proposal.elements)
    return Proposal(proposal.scenario, {one: at for one, at in proposal.elements.items() if one not in gone})


def _again(read: Reader, record: Record[ScenarioDismissed]) -> date:
    return min(read.ended(record), record.facts.until or NEVER)
