"""The table of licensees at a regulator's desk: which somebody wants to see, in which order, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.problem import Problem
from meterward.present.answer import number_in
from meterward.present.at_a_glance import GROUPS, UNKNOWN
from meterward.present.paged import params_of, said_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from meterward.core.records.record import Record
    from meterward.usecases.see_licensees import Glance

PAGE = 50
LATE = "late"
SORTS = {
    "name": "Name",
    "position": "Position, worst first",
    "overdue": "Overdue, most first",
    "audit": "Next audit, soonest first",
    "directions": "Directions, overdue first",
    "requests": "Requests, overdue first",
}
STATES = {**{name: word for name, (word, _) in GROUPS.items()}, UNKNOWN: "could not check"}
BASES = {"rights": "Rights here", "bundle": "A bundle", "nothing": "Nothing"}
SHOWS = {
    "duties": "Overdue duties",
    "directions": "Overdue directions",
    "requests": "Overdue requests",
    "cases": "Open cases",
}
_WORST = {name: place for place, name in enumerate((*GROUPS, UNKNOWN))}
_FAR = "9999"


class Wish(NamedTuple):
    """Which licensees somebody wants to see, in which order, and which page of them."""

    words: str = ""
    state: str = ""
    basis: str = ""
    late: str = ""
    sort: str = "position"
    page: int = 1

    def params(self, **other: str) -> dict[str, str]:
        """What an address needs to keep the wish, or another one; what is usual is left out."""
        return params_of(self, _USUAL, other)

    @property
    def filters(self) -> bool:
        """Whether some licensees are left out."""
        return self[:4] != _USUAL[:4]


_USUAL = Wish()
CHOICES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "state": ("Position", STATES),
    "basis": ("Rests on", BASES),
    "late": ("Only with", SHOWS),
}


def wish_in(query: Mapping[str, str]) -> Wish | Problem:
    """What an address asks for."""
    choices = {**{name: ones for name, (_, ones) in CHOICES.items()}, "sort": SORTS}
    said = said_in(query, Wish._fields, choices)
    if isinstance(said, Problem):
        return said
    page = number_in(said.pop("page")) or 1
    return Wish(**{name: value for name, value in said.items() if value}, page=page)


def state_of(row: Glance) -> str:
    """What the position of a licensee comes to; unknown where nothing was computed."""
    return str(row.found["group"]) if row.found else UNKNOWN


def late_of(row: Glance, what: str) -> int | None:
    """How much is overdue of something; None if nobody can tell."""
    told: Any = row.found["late"] if row.found else {}
    if what == "duties":
        duties: int | None = told.get("duties")
        return duties
    if what == "cases":
        return row.own.open_cases
    here, there = (row.own.late_directions, "directed") if what == "directions" else (row.own.late_requests, "asked")
    found: int | None = told.get(there)
    # What the licensee's own records answer need not have reached the regulator's ledger.
    return here if found is None else found


def asked_of(row: Glance, day: date) -> list[Record[Any]]:
    """The requests that are open. Those whose day passed are not, where its own records say that none is late."""
    told: Any = row.found["late"] if row.found else {}
    if told.get("asked") != 0:
        return row.own.requests
    return [one for one in row.own.requests if one.facts.due is None or one.facts.due >= day]


def found_in(rows: Iterable[Glance], wish: Wish) -> list[Glance]:
    """The licensees that fit, in order."""
    fits: list[Callable[[Glance], bool]] = [
        lambda row: wish.words.lower() in row.licensee,
        lambda row: wish.state in ("", state_of(row)),
        lambda row: wish.basis in ("", row.rests_on),
        lambda row: not wish.late or bool(late_of(row, wish.late)),
    ]
    return sorted((row for row in rows if all(fit(row) for fit in fits)), key=_ORDERS[wish.sort])


def counted(rows: Iterable[Glance]) -> list[tuple[str, int]]:
    """How many licensees stand how, worst first."""
    found = Counter(map(state_of, rows))
    return [(name, found[name]) for name in _WORST if found[name]]


class Month(NamedTuple):
    """How many licensees stood how at the end of a month."""

    day: str
    counts: Mapping[str, int]


def months_of(rows: Sequence[Glance]) -> list[Month]:
    """How licensees stood at the end of each month, of those of which that is known; the earliest first."""
    days = sorted({day for row in rows if row.found for day in row.found["months"]})
    told = [row.found["months"] for row in rows if row.found]
    counts = [Counter(str(one[day]) for one in told if day in one) for day in days]
    return [Month(day, count) for day, count in zip(days, counts, strict=True)]


def _most(what: str) -> Callable[[Glance], tuple[int, int, str]]:
    def key(row: Glance) -> tuple[int, int, str]:
        standing = {"directions": len(row.own.directions), "requests": len(row.own.requests)}.get(what, 0)
        return -(late_of(row, what) or 0), -standing, row.licensee

    return key


_ORDERS: Mapping[str, Callable[[Glance], Any]] = {
    "name": lambda row: row.licensee,
    "position": lambda row: (_WORST[state_of(row)], -(late_of(row, "duties") or 0), row.licensee),
    "overdue": _most("duties"),
    "audit": lambda row: ((row.found or {}).get("audit_due") or _FAR, row.licensee),
    "directions": _most("directions"),
    "requests": _most("requests"),
}
