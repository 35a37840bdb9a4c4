"""The table of the system: which elements somebody wants to see, in which order, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, get_args

from meterward.core.base.problem import Code, Problem
from meterward.core.records.terms import ElementType
from meterward.core.records.unfit import short
from meterward.core.system.cells import Standing
from meterward.present.answer import number_in
from meterward.present.kind_words import words
from meterward.present.system_words import CATEGORIES, NO_ZONE, OPERATORS, POWERS, operated, sort_of, standing, unused
from meterward.usecases.draw_system import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from meterward.usecases.draw_system import Chart

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
_LONGEST = 120


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
        said = {name: str(value) for name, value in self._asdict().items() if value != getattr(_USUAL, name)}
        return {name: value for name, value in {**said, **other}.items() if value}

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


class Listed(NamedTuple):
    """A page of the elements that were asked for."""

    rows: Sequence[Element]
    found: int
    page: int
    pages: int
    counts: Mapping[Standing, int]
    """How many of those found stand how, worst first."""


def wish_in(query: Mapping[str, str]) -> Wish | Problem:
    """What an address asks for."""
    said = {name: query.get(name, "").strip()[:_LONGEST] for name in _USUAL._fields}
    for name, choices in _CHOICES.items():
        if said[name] and said[name] not in choices:
            hint = f"Choose one of: {', '.join(choices)}."
            return Problem(Code.FIELD_VALUE, f"{short(said[name])} is none of the choices.", hint, name)
    page = number_in(said.pop("page")) or 1
    return Wish(**{name: value for name, value in said.items() if value}, page=page)


def found_in(chart: Chart, wish: Wish) -> list[Element]:
    """The elements that fit, in order."""
    fits = [_FITS[name](value) for name, value in wish._asdict().items() if name in _FITS and value]
    found = [one for one in chart.elements.values() if all(fit(one) for fit in fits)]
    return sorted(found, key=_ORDERS[wish.sort])


def page_of(found: Sequence[Element], page: int) -> Listed:
    """A page of what was found; the last one, if there are not so many."""
    pages = max(1, -(-len(found) // PAGE))
    here = min(max(1, page), pages)
    counted = Counter(one.row.standing for one in found)
    counts = {one: counted[one] for one in Standing if counted[one]}
    return Listed(found[(here - 1) * PAGE : here * PAGE], len(found), here, pages, counts)


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
