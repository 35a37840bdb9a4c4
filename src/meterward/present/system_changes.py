"""What differs between two charts of a system: what came, what went, and what is told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import in_words
from meterward.core.system.cells import Standing
from meterward.present.kind_words import words
from meterward.present.system_words import CATEGORIES, OPERATORS
from meterward.usecases.draw_system import ASPECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from meterward.usecases.draw_system import Chart, Row

MOST_TOLD = 500
"""So many things of a sort are told one by one."""


class Field(NamedTuple):
    """What is told otherwise: of which side, before and after; empty is not said."""

    name: str
    before: str
    after: str


class Turned(NamedTuple):
    """A cell of the matrix that stands otherwise."""

    aspect: str
    before: Standing
    after: Standing


class Thing(NamedTuple):
    """An element, a link or a population that differs."""

    name: str
    called: str
    fields: tuple[Field, ...] = ()
    cells: tuple[Turned, ...] = ()
    record: int = 0
    """The entry that tells it, from 1; 0 if none does any more."""


class Sort(NamedTuple):
    """The things of a sort that differ."""

    title: str
    came: list[Thing]
    went: list[Thing]
    changed: list[Thing]

    @property
    def how_many(self) -> int:
        """How many there are."""
        return len(self.came) + len(self.went) + len(self.changed)


class Compared(NamedTuple):
    """What differs between two charts."""

    sorts: list[Sort]
    whole: tuple[Turned, ...]

    @property
    def how_many(self) -> int:
        """How much differs."""
        return sum(one.how_many for one in self.sorts) + bool(self.whole)


def compare(before: Chart, after: Chart) -> Compared:
    """What differs from one chart to another."""
    return Compared([_elements(before, after), *_others(before, after)], _turned(before.whole, after.whole))


def fields_between(before: Any, after: Any) -> tuple[Field, ...]:  # noqa: ANN401 - any row of facts
    """What two rows of one shape say differently."""
    old, new = before._asdict(), after._asdict()
    names = (name for name in new if old[name] != new[name])
    return tuple(Field(words(name).capitalize(), said(old[name]), said(new[name])) for name in names)


def said(value: object) -> str:
    """A value of a fact as a person reads it; empty if nothing is said."""
    if isinstance(value, tuple):
        return ", ".join(said(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        day: date = value  # type: ignore[assignment]  # facts know of no other value that has it
        return in_words(day)
    text = str(value)
    return _KNOWN.get(text) or (text if "/" in text or " " in text else words(text))


_KNOWN: Mapping[str, str] = {**{str(name): called for name, called in CATEGORIES.items()}, **OPERATORS}


def _elements(before: Chart, after: Chart) -> Sort:
    old, new = before.elements, after.elements
    came = [Thing(name, new[name].called, record=_entry(new[name])) for name in new if name not in old]
    went = [Thing(name, old[name].called) for name in old if name not in new]
    both = (
        Thing(
            name,
            new[name].called,
            fields_between(old[name].told, new[name].told),
            _turned(old[name].row, new[name].row),
            _entry(new[name]),
        )
        for name in new
        if name in old
    )
    return Sort("Elements", came, went, [one for one in both if one.fields or one.cells])


def _entry(element: Any) -> int:  # noqa: ANN401 - whatever has a span
    number: int = element.span.record.index + 1
    return number


def _turned(before: Row, after: Row) -> tuple[Turned, ...]:
    pairs = zip(ASPECTS, before.cells, after.cells, strict=True)
    return tuple(
        Turned(aspect, old.standing, new.standing) for aspect, old, new in pairs if old.standing != new.standing
    )


def _others(before: Chart, after: Chart) -> Iterator[Sort]:
    shapes: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...] = (
        ("Links", before.links, after.links),
        ("Populations", before.populations, after.populations),
    )
    for title, old, new in shapes:
        came = [Thing(name, called(one)) for name, one in new.items() if name not in old]
        went = [Thing(name, called(one)) for name, one in old.items() if name not in new]
        both = (Thing(name, called(new[name]), fields_between(old[name], new[name])) for name in new if name in old)
        yield Sort(title, came, went, [one for one in both if one.fields])


def called(row: Any) -> str:  # noqa: ANN401 - a link or a population
    """What a link or a population is called, for people."""
    if hasattr(row, "source"):
        arrow = "and" if row.both_ways else "to"
        return row.label or f"{row.source.partition('/')[2]} {arrow} {row.target.partition('/')[2]}"
    what = " ".join(filter(None, (row.model, row.firmware)))
    return f"{row.devices:,} {row.state} of {row.element.partition('/')[2]}{f', {what}' if what else ''}"
