"""The system as records tell it: elements, links and populations, each with what is said of it from when to when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from meterward.core.base.circles import circles
from meterward.core.base.days import NEVER
from meterward.core.records.kinds import element_declared, system_described
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION, LinkRow, PopulationRow
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.facts.reader import Reader

T = TypeVar("T")


class Span(NamedTuple, Generic[T]):
    """What is said of a thing on `[first, until)`, and the record that says it."""

    name: str
    told: T
    first: date
    until: date
    record: Record[Any]

    def is_on(self, day: date) -> bool:
        """Whether it is said of a day."""
        return self.first <= day < self.until


class Said(NamedTuple):
    """What a record says of a thing from a day on; None: that it is gone."""

    first: date
    on: date
    """When it was said: the day of whatever says it, which may lie before the first day that it says it of."""
    record: Record[Any]
    told: ElementDeclared | LinkRow | PopulationRow | None
    telling: int = 1
    """Which telling of that day it is; 0 is the end of what an earlier record declared."""

    @property
    def order(self) -> tuple[date, int, tuple[date, bytes]]:
        """The later in this order takes the place of the earlier."""
        return self.on, self.telling, self.record.order


class System(NamedTuple):
    """Everything that is told of the system, by name, each thing's spans by day; and all that was said of it."""

    elements: Mapping[str, tuple[Span[ElementDeclared], ...]]
    links: Mapping[str, tuple[Span[LinkRow], ...]]
    populations: Mapping[str, tuple[Span[PopulationRow], ...]]
    said: Mapping[str, tuple[Said, ...]]

    def on(self, day: date) -> Drawn:
        """The system as it is on a day. A link is there while both of its elements are; so is a population."""
        elements = {one.name: one.told for one in _on(self.elements, day)}
        links = {one.name: one.told for one in _on(self.links, day)}
        populations = {one.name: one.told for one in _on(self.populations, day)}
        return Drawn(
            elements,
            {name: one for name, one in links.items() if one.source in elements and one.target in elements},
            {name: one for name, one in populations.items() if one.element in elements},
        )

    def last_said(self, day: date) -> Iterator[tuple[str, Said]]:
        """What was said last of each thing by a day."""
        for name, said in self.said.items():
            if by_then := [one for one in said if one.on <= day]:
                yield name, max(by_then, key=attrgetter("order"))

    def told(self, day: date) -> Drawn:
        """What was told last of each thing by a day: also of what is not in service yet, or hidden with its element."""
        spaces: dict[str, dict[str, Any]] = {space: {} for space in (ELEMENT, LINK, POPULATION)}
        for name, said in self.last_said(day):
            if said.told is not None:
                spaces[name.partition("/")[0]][name] = said.told
        return Drawn(spaces[ELEMENT], spaces[LINK], spaces[POPULATION])


class Drawn(NamedTuple):
    """A system as it is at one moment, by name: from records on a day, or from a file."""

    elements: Mapping[str, ElementDeclared]
    links: Mapping[str, LinkRow] = MappingProxyType({})
    populations: Mapping[str, PopulationRow] = MappingProxyType({})

    def references(self) -> Iterator[tuple[str, str, str]]:
        """Every thing that refers to an element, by which field, and to which element."""
        for name, element in self.elements.items():
            if element.within:
                yield name, "within", element.within
        for name, link in self.links.items():
            yield name, "source", link.source
            yield name, "target", link.target
        for name, population in self.populations.items():
            yield name, "element", population.element

    def circles(self) -> list[tuple[str, ...]]:
        """The elements that are part of themselves, circle by circle."""
        return circles({name: told.within for name, told in self.elements.items()})


def together(systems: Iterable[Drawn]) -> Drawn:
    """Some systems as one; what several have is as the last of them has it."""
    spaces: tuple[dict[str, Any], ...] = ({}, {}, {})
    for one in systems:
        for there, more in zip(spaces, one, strict=True):
            there.update(more)
    return Drawn(*spaces)


def system(read: Reader) -> System:
    """The system of a licence, over all days."""
    return read.keep(("system",), lambda: _system(read))


def _system(read: Reader) -> System:
    said: defaultdict[str, list[Said]] = defaultdict(list)
    for name, one in (*_declared(read), *_described(read)):
        said[name].append(one)
    spans: dict[str, dict[str, tuple[Span[Any], ...]]] = {space: {} for space in (ELEMENT, LINK, POPULATION)}
    for name in sorted(said):
        spans[name.partition("/")[0]][name] = tuple(_spans(name, said[name]))
    every = {name: tuple(said[name]) for name in sorted(said)}
    return System(spans[ELEMENT], spans[LINK], spans[POPULATION], every)


def _described(read: Reader) -> Iterator[tuple[str, Said]]:
    for record in read.all(system_described.KIND):
        facts, day, telling = record.facts, record.occurred, record.facts.telling
        for row in facts.elements:
            yield row.element, Said(max(day, row.told.in_service), day, record, row.told, telling)
        for link in facts.links:
            yield link.link, Said(day, day, record, link, telling)
        for population in facts.populations:
            yield population.population, Said(day, day, record, population, telling)
        for name in facts.gone:
            yield name, Said(day, day, record, None, telling)


def _declared(read: Reader) -> Iterator[tuple[str, Said]]:
    """What `element.declared` tells: an element, and that it is gone once the record was ended or replaced.

    On the day of the end whatever else is told of the element counts: the end is of what was declared.
    """
    for record in read.all(element_declared.KIND):
        ends = list(_ends(read, record))
        if all(in_service(record) < end.first for end in ends):
            yield record.subject, Said(in_service(record), record.occurred, record, record.facts)
        for end in ends:
            yield record.subject, end


def _ends(read: Reader, record: Record[ElementDeclared]) -> Iterator[Said]:
    ended, successor = read.ended(record), read.successor(record)
    if ended != NEVER:
        yield Said(ended, ended, record, None, telling=0)
    if successor:
        yield Said(in_service(successor), successor.occurred, record, None, telling=0)


def in_service(record: Record[ElementDeclared]) -> date:
    """The first day in service; until then, one that it replaces stays so."""
    return max(record.occurred, record.facts.in_service)


def _spans(name: str, said: Iterable[Said]) -> Iterator[Span[Any]]:
    counting = list(_counting(said))
    for one, until in zip(counting, [*(later.first for later in counting[1:]), NEVER], strict=True):
        if one.told is not None and one.first < until:
            yield Span(name, one.told, one.first, until, one.record)


def _counting(said: Iterable[Said]) -> Iterator[Said]:
    """What takes effect: not what was told ahead and told otherwise since, before its day came."""
    last: Said | None = None
    for one in sorted(_last_of_each_day(said), key=lambda one: (one.first, one.order)):
        if last is None or one.order >= last.order:
            last = one
            yield one


def _last_of_each_day(said: Iterable[Said]) -> Iterator[Said]:
    """Without what was told again on the day that it was told: a telling says all of a thing from that day on."""
    last: dict[date, Said] = {}
    for one in said:
        if not one.telling:
            yield one
        elif one.on not in last or one.order > last[one.on].order:
            last[one.on] = one
    yield from last.values()


def _on(there: Mapping[str, tuple[Span[T], ...]], day: date) -> Iterator[Span[T]]:
    return (span for spans in there.values() for span in spans if span.is_on(day))
