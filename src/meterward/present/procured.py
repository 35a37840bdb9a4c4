"""Procurement prepared for a page: contracts with what each lacks, and the elements of others that nothing covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import DAY, in_words, plural
from meterward.core.system.procurement import Contract, beyond_contract
from meterward.usecases.draw_system import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from meterward.usecases.draw_system import Chart
    from meterward.usecases.survey_system import Surveyed

SOON = timedelta(90)
"""A contract that ends within so many days is said to end soon."""
LACKS: Mapping[str, str] = {
    "any": "Something is missing",
    "failed": "A requirement failed",
    "untested": "A requirement is not tested",
    "none": "It asks for nothing",
    "audit": "No right to audit",
    "soon": "It ends soon",
}


class Row(NamedTuple):
    """A contract, the elements that it is about, and what it lacks: by name, and in words."""

    contract: Contract
    elements: tuple[tuple[str, Element | None], ...]
    lacks: Mapping[str, str]

    @property
    def counted(self) -> Mapping[str, int]:
        """How many requirements came out how."""
        came = [one.came for one in self.contract.requirements]
        return {word: came.count(word) for word in ("passed", "failed", "untested")}


class Bare(NamedTuple):
    """An element that others operate and that no contract is about, and why that is so."""

    element: Element
    why: str


def rows_of(chart: Chart, surveyed: Surveyed) -> list[Row]:
    """Every contract that binds on the day."""
    return [
        Row(
            one,
            tuple((name, chart.elements.get(name)) for name in one.record.facts.elements),
            dict(_lacks(one, chart.day)),
        )
        for one in surveyed.contracts
    ]


def fitting(rows: Iterable[Row], words: str, lacks: str) -> list[Row]:
    """Those in which all words stand, and that lack what is asked for."""
    wanted = words.casefold().split()
    return [one for one in rows if _fits(one, lacks) and all(word in _text(one) for word in wanted)]


def bare(chart: Chart, surveyed: Surveyed) -> list[Bare]:
    """The elements that others operate and that no contract is about."""
    told = {name: one.told for name, one in chart.elements.items()}
    over = {name: one for one in surveyed.lapsed for name in one.record.facts.elements}
    found = []
    for name in beyond_contract(told, surveyed.contracts):
        why = "no contract is about it"
        if name in over:
            why = f"its contract, {over[name].record.subject}, bound until {in_words(over[name].until - DAY)}"
        elif told[name].assurance == "contract":
            why = "it is said to be assured by contract, and none is recorded"
        found.append(Bare(chart.elements[name], why))
    return found


def beyond(chart: Chart) -> list[Element]:
    """The elements that it is in part beyond the licensee's power to secure; those of which nothing is shown first."""
    limited = [one for one in chart.elements.values() if one.told.power == "limited"]
    return sorted(limited, key=lambda one: (one.row.instead.standing.is_shown, one.called.casefold()))


def speaks(element: Element, words: str) -> bool:
    """Whether all words stand in what an element is called, or in who operates it."""
    text = " ".join((element.name, element.called, element.told.party or "")).casefold()
    return all(word in text for word in words.casefold().split())


def _lacks(one: Contract, day: date) -> Iterator[tuple[str, str]]:
    failed = [met.requirement.name for met in one.requirements if met.came == "failed"]
    untested = [met.requirement.name for met in one.requirements if met.came == "untested"]
    facts = one.record.facts
    if failed:
        yield "failed", f"{plural(len(failed), 'requirement')} failed the last test"
    if untested:
        yield "untested", f"{plural(len(untested), 'requirement')} without a test"
    if not one.requirements:
        yield "none", "it makes no security requirement"
    if not facts.may_audit:
        yield "audit", "no right to audit the other side"
    if facts.last and facts.last - day <= SOON:
        yield "soon", f"it ends in {plural((facts.last - day).days, 'day')}" if facts.last > day else "it ends today"


def _fits(row: Row, lacks: str) -> bool:
    return not lacks or lacks in row.lacks or (lacks == "any" and bool(row.lacks))


def _text(row: Row) -> str:
    facts = row.contract.record.facts
    called = (element.called for _, element in row.elements if element)
    asked = (f"{one.requirement.name} {one.requirement.says or ''}" for one in row.contract.requirements)
    return " ".join((facts.party, row.contract.record.subject, *facts.elements, *called, *asked)).casefold()
