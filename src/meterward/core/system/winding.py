"""Circles of containment over all days: elements that several records, each right by itself, put into each other."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.circles import circles
from meterward.core.records.kinds import element_declared, system_described
from meterward.core.records.record import Record
from meterward.core.system.model import system

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.system.model import Said

_ORDER = attrgetter("order")


class Closed(NamedTuple):
    """A circle, and the record that closed it by what it says of one of its elements: where, and on which day."""

    circle: tuple[str, ...]
    record: Record[Any]
    field: str


def closed_circles(read: Reader) -> Iterator[Closed]:
    """Every circle, by what was told last of each element by any day.

    Only elements that could be on one, by all that was ever said, are followed from day to day: nearly always none.
    """
    if not (winding := _winding(_ever_within(read))):
        return
    every = system(read).said
    last: dict[str, Said] = {}
    for _, told in sorted(_by_day({name: every[name] for name in winding}).items()):
        last |= told
        for circle in circles({name: _within(one) for name, one in last.items()}):
            name = max(circle, key=lambda one: last[one].order)
            if name in told:
                yield Closed(circle, last[name].record, _field(last[name].record, name))


def tells_within(record: Record[Any]) -> bool:
    """Whether a record says of any element what it is part of."""
    return any(within for _, within in _says_within(record))


def _by_day(said: Mapping[str, tuple[Said, ...]]) -> Mapping[date, dict[str, Said]]:
    """For each day, what was told last for it of each element that it tells of."""
    days: defaultdict[date, dict[str, Said]] = defaultdict(dict)
    for name, every in said.items():
        for one in every:
            days[one.on][name] = max(one, days[one.on].get(name, one), key=_ORDER)
    return days


def _within(said: Said) -> str | None:
    return said.told.within if isinstance(said.told, element_declared.ElementDeclared) else None


def _field(record: Record[Any], name: str) -> str:
    if record.kind is element_declared.KIND:
        return "facts.within"
    place = next(place for place, row in enumerate(record.facts.elements) if row.element == name)
    return f"facts.elements[{place}].told.within"


def _says_within(record: Record[Any]) -> Iterator[tuple[str, str | None]]:
    if record.kind is element_declared.KIND:
        yield record.subject, record.facts.within
    elif record.kind is system_described.KIND:
        yield from ((row.element, row.told.within) for row in record.facts.elements)


def _ever_within(read: Reader) -> Mapping[str, set[str]]:
    """For each element, all that any record ever said it to be part of."""
    around: defaultdict[str, set[str]] = defaultdict(set)
    records: tuple[Record[Any], ...] = (*read.all(element_declared.KIND), *read.all(system_described.KIND))
    for record in records:
        for name, within in _says_within(record):
            if within:
                around[name].add(within)
    return around


def _winding(around: Mapping[str, set[str]]) -> set[str]:
    """What is left when everything is taken away, time and again, that lies in nothing that is left."""
    holds: defaultdict[str, set[str]] = defaultdict(set)
    for name, outer in around.items():
        for one in outer:
            holds[one].add(name)
    left = {name: len(outer) for name, outer in around.items()}
    free = [name for name in holds if name not in left]
    while free:
        for name in holds[free.pop()]:
            left[name] -= 1
            if not left[name]:
                del left[name]
                free.append(name)
    return set(left)
