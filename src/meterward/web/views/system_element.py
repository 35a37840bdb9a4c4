"""The page of an element: what is told of it, what it is tied to, how its row of the matrix stands, and its history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.base.days import DAY, NEVER
from meterward.core.records.kinds import system_described
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.record import Record
from meterward.core.records.terms import SecurityFunction
from meterward.core.system.cells import Standing
from meterward.core.system.model import Span
from meterward.present import risk_words
from meterward.present.kind_words import words
from meterward.present.risk_table import Wish, found_in
from meterward.present.system_changes import Field, fields_between
from meterward.present.system_words import SUPPLY
from meterward.usecases.draw_system import ASPECTS
from meterward.web.charted import DUTY, Charted, around, charted
from meterward.web.linking import Linking
from meterward.web.refusing import refuse
from meterward.web.waiting import show_instead
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import Underway
from meterward.wiring.risk_charting import risks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.core.facts.state import Finding
    from meterward.core.records.kinds.system_described import LinkRow
    from meterward.core.system.cells import Cell
    from meterward.usecases.draw_risks import RiskChart
    from meterward.usecases.draw_system import Chart, Element

_ANEW = system_described.KIND.name
"""What tells an element anew."""
MOST_LISTED = 50
"""So many links or parts are listed; the table has the others."""
RISK_PAGE = 20
"""So many risks are listed; the register has the others."""


class Proof(NamedTuple):
    """A record that a cell has, and for how long it speaks."""

    record: Record[Any]
    first: date
    last: date | None
    standing: Standing
    over: bool
    """Whether it ended before the day that is shown, or is not valid yet."""


class Past(NamedTuple):
    """What was told for a time, and what of it differed from before."""

    span: Span[ElementDeclared]
    last: date | None
    differs: tuple[Field, ...]
    """None at the first, of which everything is new."""


@needs(Action.READ)
@require_safe
def element(request: HttpRequest, ledger: str, element: str) -> HttpResponse:
    """One element at the moment that is shown; of one that is not there then, only its history."""
    held = charted(request, ledger)
    if not isinstance(held, Charted):
        return held
    name = f"element/{element}"
    past = list(_past(held.chart.history(name)))
    if not past:
        return refuse(request, HIDDEN)
    found = held.chart.elements.get(name)
    register = risks_of(held.moment.question(ledger), held.moment.licence)
    if isinstance(register, list | Underway):
        return show_instead(request, register)
    linked = Linking(ledger, held.moment, caller_in(request))
    shown = {
        **around(request, held, ""),
        "name": name,
        "called": found.called if found else past[-1].span.told.label or element,
        "found": found,
        "past": past[::-1],
        "duty": DUTY,
        "anew": _anew(linked, found, held.moment.today) if found and linked.may_append(_ANEW) else "",
        **(_there(held.chart, found) if found else {}),
        **(_risks(register, name) if found else {}),
    }
    return render(request, "system_element.html", shown)


def _risks(register: RiskChart, name: str) -> dict[str, Any]:
    """The risks that can happen to an element, worst first, and how many can happen to the system as a whole."""
    return {
        "risks": found_in(register, Wish(element=name)),
        "whole_risks": sum(not one.facts.elements for one in register.rows.values()),
        "say": risk_words,
        "risk_page": RISK_PAGE,
    }


def _anew(linked: Linking, found: Element, today: date) -> str:
    """Where it is told anew, today: as the next telling, if something was told of it today already."""
    said = found.span.record
    before = getattr(said.facts, "telling", 0) if said.occurred == today else 0
    return linked.anew(found.name, found.told, found.licences, before + 1)


def _there(chart: Chart, found: Element) -> dict[str, Any]:
    """What is shown of an element that is there."""
    links = list(_links(chart, found.name))
    parts = [one for one in chart.elements.values() if one.told.within == found.name]
    return {
        "told": found.told,
        "above": chart.elements.get(found.told.within or ""),
        "parts": parts,
        "links": links,
        "most": MOST_LISTED,
        "populations": [one for one in chart.populations.values() if one.element == found.name],
        "functions": _functions(found.told),
        "supply_says": SUPPLY.get(found.told.supply or "", ""),
        "proofs": [_proofs(one, chart.day) for one in found.row.cells],
        "instead": _proofs(found.row.instead, chart.day),
        "unshown": [aspect for aspect, one in zip(ASPECTS, found.row.cells, strict=True) if not one.standing.is_shown],
    }


def _links(chart: Chart, name: str) -> Iterator[tuple[str, LinkRow, Element]]:
    """The links of an element: which way, the link, and the element at the other end."""
    for one in chart.links.values():
        if name in (one.source, one.target):
            other = one.target if one.source == name else one.source
            way = "both ways" if one.both_ways else "out" if one.source == name else "in"
            yield way, one, chart.elements[other]


def _functions(told: ElementDeclared) -> list[tuple[str, str]]:
    """Each security function: in use, offered and not in use, or not there."""

    def state(one: SecurityFunction) -> str:
        return "used" if one in told.enabled else "unused" if one in told.offers else "absent"

    found = [(words(one).capitalize(), state(one)) for one in get_args(SecurityFunction)]
    return sorted(found, key=lambda one: ("unused", "used", "absent").index(one[1]))


def _proofs(cell: Cell, day: date) -> list[Proof]:
    """The records of a cell that were there by a day, the latest first."""
    return [_proof(one, day) for one in reversed(cell.findings) if one.record.occurred <= day]


def _proof(one: Finding, day: date) -> Proof:
    standing = Standing(one.record.facts.strength) if one.holds else Standing.FAILED
    last = None if one.until == NEVER else one.until - DAY
    return Proof(one.record, one.first, last, standing, one.holds and not one.first <= day < one.until)


def _past(spans: Sequence[Span[ElementDeclared]]) -> Iterator[Past]:
    before: ElementDeclared | None = None
    for one in spans:
        differs = fields_between(before, one.told) if before else ()
        yield Past(one, None if one.until == NEVER else one.until - DAY, differs)
        before = one.told
