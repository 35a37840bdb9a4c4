"""The system as records tell it: elements, links and populations, each with what is said of it from when to when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from meterward.core.base.days import NEVER
from meterward.core.records.kinds import element_declared, system_described
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION, LinkRow, PopulationRow
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class System(NamedTuple):
    """Everything that is told of the system, by name, each thing's spans by day."""

    elements: Mapping[str, tuple[Span[ElementDeclared], ...]]
    links: Mapping[str, tuple[Span[LinkRow], ...]]
    populations: Mapping[str, tuple[Span[PopulationRow], ...]]

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


class Drawn(NamedTuple):
    """A system as it is at one moment, by name: from records on a day, or from a file."""

    elements: Mapping[str, ElementDeclared]
    links: Mapping[str, LinkRow] = MappingProxyType({})
    populations: Mapping[str, PopulationRow] = MappingProxyType({})


class _Said(NamedTuple):
    """What a record says of a thing from a day on; None: that it is gone."""

    first: date
    record: Record[Any]
    told: ElementDeclared | LinkRow | PopulationRow | None


def _order(one: _Said) -> tuple[date, tuple[date, bytes]]:
    return one.first, one.record.order


def system(read: Reader) -> System:
    """The system of a licence, over all days."""
    return read.keep(("system",), lambda: _system(read))


def _system(read: Reader) -> System:
    said: defaultdict[str, list[_Said]] = defaultdict(list)
    for name, one in (*_declared(read), *_described(read)):
        said[name].append(one)
    spans: dict[str, dict[str, tuple[Span[Any], ...]]] = {space: {} for space in (ELEMENT, LINK, POPULATION)}
    for name in sorted(said):
        spans[name.partition("/")[0]][name] = tuple(_spans(name, sorted(said[name], key=_order)))
    return System(spans[ELEMENT], spans[LINK], spans[POPULATION])


def _described(read: Reader) -> Iterator[tuple[str, _Said]]:
    for record in read.all(system_described.KIND):
        facts, day = record.facts, record.occurred
        for row in facts.elements:
            yield row.element, _Said(max(day, row.told.in_service), record, row.told)
        for link in facts.links:
            yield link.link, _Said(day, record, link)
        for population in facts.populations:
            yield population.population, _Said(day, record, population)
        for name in facts.gone:
            yield name, _Said(day, record, None)


def _declared(read: Reader) -> Iterator[tuple[str, _Said]]:
    """What `element.declared` tells: an element, and that it is gone once the record was ended or replaced."""
    for record in read.all(element_declared.KIND):
        yield record.subject, _Said(in_service(record), record, record.facts)
        until = read.until(record, in_service)
        if until != NEVER:
            yield record.subject, _Said(until, record, None)


def in_service(record: Record[ElementDeclared]) -> date:
    """The first day in service; until then, one that it replaces stays so."""
    return max(record.occurred, record.facts.in_service)


def _spans(name: str, said: list[_Said]) -> Iterator[Span[Any]]:
    for one, until in zip(said, [*(later.first for later in said[1:]), NEVER], strict=True):
        if one.told is not None and one.first < until:
            yield Span(name, one.told, one.first, until, one.record)


def _on(there: Mapping[str, tuple[Span[T], ...]], day: date) -> Iterator[Span[T]]:
    return (span for spans in there.values() for span in spans if span.is_on(day))
