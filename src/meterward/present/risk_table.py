"""The register as a table: which risks somebody wants to see, in which order, page by page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import NEVER
from meterward.core.base.problem import Problem
from meterward.present.answer import number_in
from meterward.present.paged import params_of, said_in
from meterward.present.risk_words import CONSEQUENCES, LEVEL_STATES, STANDING_WORDS, STATES, natural, worst_of
from meterward.usecases.draw_risks import WORST_FIRST, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from meterward.core.records.terms import Consequence
    from meterward.core.risk.register import Standing
    from meterward.core.risk.scales import Rating
    from meterward.usecases.draw_risks import RiskChart

PAGE = 100
ABOVE = "above"
SORTS = {
    "residual": "Residual level, worst first",
    "inherent": "Inherent level, worst first",
    "current": "Current level, worst first",
    "target": "Target level, worst first",
    "standing": "How it stands, worst first",
    "next": "Next date",
    "name": "Name",
    "label": "What it is called",
    "owner": "Owner",
}
STAND: Mapping[str, str] = {ABOVE: "Above appetite", **{one: STANDING_WORDS[one].word for one in WORST_FIRST}}
NEXT = {"late": "Something is late", "soon": "Something is due within 90 days"}
SOON = 90


class Wish(NamedTuple):
    """Which risks somebody wants to see, in which order, and which page of them."""

    words: str = ""
    standing: str = ""
    consequence: str = ""
    owner: str = ""
    element: str = ""
    scenario: str = ""
    turns: str = ""
    of: str = "residual"
    """The state whose levels are asked for."""
    level: int = 0
    likelihood: int = 0
    severity: int = 0
    """The level of the consequence that is asked for, or of the one that makes a risk highest."""
    sort: str = "residual"
    page: int = 1

    def params(self, **other: str) -> dict[str, str]:
        """What an address needs to keep the wish, or another one; what is usual is left out."""
        return params_of(self, _USUAL, other)

    @property
    def filters(self) -> bool:
        """Whether some risks are left out."""
        return self._replace(sort="", page=1, of="") != _USUAL._replace(sort="", page=1, of="")


_USUAL = Wish()
_NUMBERS = ("level", "likelihood", "severity", "page")
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "standing": STAND,
    "consequence": {str(name): text for name, text in CONSEQUENCES.items()},
    "turns": NEXT,
    "of": {name: STATES[name].word for name in LEVEL_STATES},
    "sort": SORTS,
}


def wish_in(query: Mapping[str, str]) -> Wish | Problem:
    """What an address asks for."""
    said = said_in(query, Wish._fields, _CHOICES)
    if isinstance(said, Problem):
        return said
    numbers: dict[str, Any] = {name: number_in(said.pop(name)) or getattr(_USUAL, name) for name in _NUMBERS}
    texts: dict[str, Any] = {name: value for name, value in said.items() if value}
    return _USUAL._replace(**texts, **numbers)


def found_in(chart: RiskChart, wish: Wish) -> list[Row]:
    """The risks that fit, in order."""
    return sorted(fitting(chart, wish), key=_ORDERS[wish.sort])


def fitting(chart: RiskChart, wish: Wish) -> list[Row]:
    """The risks that fit, by name."""
    fits = list(_fits(chart, wish))
    return [one for one in chart.rows.values() if all(fit(one) for fit in fits)]


def counted(rows: Sequence[Row]) -> dict[Standing, int]:
    """How many stand how, worst first."""
    counts = Counter(one.rated.standing for one in rows)
    return {one: counts[one] for one in WORST_FIRST if counts[one]}


def owners_of(chart: RiskChart) -> list[str]:
    """Who answers for some risk."""
    return sorted({one.facts.owner for one in chart.rows.values() if one.facts.owner})


def rating_of(row: Row, state: str) -> Rating | None:
    """What a risk comes to in a state."""
    found: Rating | None = getattr(row.rated, state)
    return found


def level_of(rating: Rating, consequence: str) -> int:
    """The level of risk of a consequence, or the highest; 0 if that was not estimated."""
    return _of(rating.levels, consequence) if consequence else rating.level


def severity_of(rating: Rating, consequence: str) -> int:
    """The level of a consequence, or of the one that makes a risk highest; 0 if that was not estimated."""
    if not consequence:
        return rating.consequences[worst_of(rating)]
    return _of(rating.consequences, consequence)


def _of(levels: Mapping[Consequence, int], consequence: str) -> int:
    return next((level for name, level in levels.items() if name == consequence), 0)


def _fits(chart: RiskChart, wish: Wish) -> Iterator[Callable[[Row], bool]]:
    for name, value in wish._asdict().items():
        if name in _FITS and value:
            yield _FITS[name](chart, value)
    if wish.level or wish.likelihood or wish.severity:
        yield lambda one: _is_rated(one, wish)


def _is_rated(one: Row, wish: Wish) -> bool:
    rating = rating_of(one, wish.of)
    if rating is None:
        return False
    return (
        wish.level in (0, level_of(rating, wish.consequence))
        and wish.likelihood in (0, rating.likelihood)
        and wish.severity in (0, severity_of(rating, wish.consequence))
    )


def _turns(chart: RiskChart, wanted: str) -> Callable[[Row], bool]:
    def fits(one: Row) -> bool:
        if one.next is None:
            return False
        late = one.next.turn == "overdue"
        return late if wanted == "late" else not late and (one.next.day - chart.day).days <= SOON

    return fits


def _stands(_: RiskChart, wanted: str) -> Callable[[Row], bool]:
    return lambda one: one.is_above if wanted == ABOVE else one.rated.standing == wanted


def _touches(_: RiskChart, wanted: str) -> Callable[[Row], bool]:
    name = wanted if wanted.startswith("element/") else f"element/{wanted}"
    return lambda one: name in one.facts.elements


def _has_words(_: RiskChart, wanted: str) -> Callable[[Row], bool]:
    parts = wanted.casefold().split()
    return lambda one: all(part in one.words for part in parts)


def _worst(state: str) -> Callable[[Row], tuple[object, ...]]:
    def order(one: Row) -> tuple[object, ...]:
        rating = rating_of(one, state)
        if rating is None:
            return (1, 0, 0, 0, natural(one.risk.short))
        return (0, -rating.level, -len(rating.above), -rating.likelihood, natural(one.risk.short))

    return order


_FITS: Mapping[str, Callable[[RiskChart, str], Callable[[Row], bool]]] = {
    "words": _has_words,
    "standing": _stands,
    "consequence": lambda _, wanted: lambda one: wanted in one.facts.consequences,
    "owner": lambda _, wanted: lambda one: one.facts.owner == wanted,
    "element": _touches,
    "scenario": lambda _, wanted: lambda one: one.facts.scenario == wanted,
    "turns": _turns,
}
_ORDERS: Mapping[str, Callable[[Row], tuple[object, ...]]] = {
    **{state: _worst(state) for state in LEVEL_STATES},
    "standing": lambda one: (WORST_FIRST.index(one.rated.standing), *_worst("residual")(one)),
    "next": lambda one: (one.next.day if one.next else NEVER, natural(one.risk.short)),
    "name": lambda one: (natural(one.risk.short),),
    "label": lambda one: (one.facts.label.casefold(), natural(one.risk.short)),
    "owner": lambda one: (one.facts.owner is None, one.facts.owner or "", natural(one.risk.short)),
}
