"""The table of the system: which elements somebody wants to see, in which order, page by page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, get_args

from meterward.core.base.problem import Problem
from meterward.core.records.terms import ElementType
from meterward.core.system.cells import Standing
from meterward.present.answer import number_in
from meterward.present.kind_words import words
from meterward.present.paged import params_of, said_in
from meterward.present.system_words import CATEGORIES, NO_ZONE, OPERATORS, POWERS, operated, sort_of, standing, unused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from meterward.usecases.draw_system import Chart, Element

PAGE = 50
OPEN, UNUSED = "open", "unused"
SORTS = {
    "name": "Name",
    "category": "What it is",
    "operator": "Operator",
    "zone": "Zone",
    "state": "Proof, worst first",
}
TYPES = {name: words(name).capitalize() for name in get_args(ElementType)}
STATES = {
    OPEN: "Anything not shown",
    **{one.value: standing(one).word for one in Standing},
}
FUNCTIONS = {UNUSED: "Offers what is not in use"}
_PLACES = {one: place for place, one in enumerate(Standing)}


class Wish(NamedTuple):
    """Which elements somebody wants to see, in which order, and which page of them."""

    words: str = ""
    category: str = ""
    type: str = ""
    operator: str = ""
    power: str = ""
    zone: str = ""
    state: str = ""
    functions: str = ""
    sort: str = "name"
    page: int = 1

    def params(self, **other: str) -> dict[str, str]:
        """What an address needs to keep the wish, or another one; what is usual is left out."""
        return params_of(self, _USUAL, other)

    @property
    def filters(self) -> bool:
        """Whether some elements are left out."""
        return self[:8] != _USUAL[:8]


_USUAL = Wish()
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "category": {str(name): called for name, called in CATEGORIES.items()},
    "type": TYPES,
    "operator": OPERATORS,
    "power": POWERS,
    "state": STATES,
    "functions": FUNCTIONS,
    "sort": SORTS,
}


def wish_in(query: Mapping[str, str]) -> Wish | Problem:
    """What an address asks for."""
    said = said_in(query, Wish._fields, _CHOICES)
    if isinstance(said, Problem):
        return said
    page = number_in(said.pop("page")) or 1
    return Wish(**{name: value for name, value in said.items() if value}, page=page)


def found_in(chart: Chart, wish: Wish) -> list[Element]:
    """The elements that fit, in order."""
    fits = [_FITS[name](value) for name, value in wish._asdict().items() if name in _FITS and value]
    found = [one for one in chart.elements.values() if all(fit(one) for fit in fits)]
    return sorted(found, key=_ORDERS[wish.sort])


def counted(rows: Iterable[Element]) -> dict[Standing, int]:
    """How many stand how, worst first."""
    counts = Counter(one.row.standing for one in rows)
    return {one: counts[one] for one in Standing if counts[one]}


def zones_of(chart: Chart) -> list[str]:
    """The zones that elements are said to lie in."""
    return sorted({one.told.zone for one in chart.elements.values() if one.told.zone})


def devices_of(chart: Chart, names: Iterable[str]) -> dict[str, int]:
    """How many devices there are of some elements."""
    found = dict.fromkeys(names, 0)
    for one in chart.populations.values():
        if one.element in found and one.state != "decommissioned":
            found[one.element] += one.devices
    return found


def _has_words(wanted: str) -> Callable[[Element], bool]:
    parts = wanted.casefold().split()
    return lambda one: all(part in _text(one) for part in parts)


def _text(one: Element) -> str:
    told = one.told
    said = (one.name, told.label or "", told.party or "", told.zone or "", sort_of(told))
    return " ".join(said).casefold()


_FITS: Mapping[str, Callable[[str], Callable[[Element], bool]]] = {
    "words": _has_words,
    "category": lambda wanted: lambda one: wanted in one.told.categories,
    "type": lambda wanted: lambda one: one.told.type == wanted,
    "operator": lambda wanted: lambda one: one.told.operator == wanted,
    "power": lambda wanted: lambda one: one.told.power == wanted,
    "zone": lambda wanted: lambda one: (one.told.zone or NO_ZONE) == wanted,
    "state": lambda wanted: (
        lambda one: not one.row.standing.is_shown if wanted == OPEN else one.row.standing.value == wanted
    ),
    "functions": lambda _: lambda one: bool(unused(one.told)),
}
_ORDERS: Mapping[str, Callable[[Element], tuple[object, ...]]] = {
    "name": lambda one: (one.called.casefold(), one.name),
    "category": lambda one: (one.told.categories, one.called.casefold(), one.name),
    "operator": lambda one: (operated(one.told), one.called.casefold(), one.name),
    "zone": lambda one: (one.told.zone is None, one.told.zone or "", one.called.casefold(), one.name),
    "state": lambda one: (_PLACES[one.row.standing], one.called.casefold(), one.name),
}
