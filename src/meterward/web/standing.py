"""The position page, prepared from the JSON of a position: which duties to show, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import WORST_FIRST, Group
from meterward.web.dues import Due, dues, missed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.web.dues import Passed

ALL, OPEN, FLAGGED = "all", "open", "flagged"
SHOWS = (ALL, OPEN, FLAGGED, *(status.value for status in WORST_FIRST))
SORTS = {"clause": "By clause", "urgency": "By urgency", "deadline": "By deadline"}

_OPEN_GROUPS = (Group.BREACH.value, Group.CONTESTED.value, Group.OPEN.value)
_PLACES = {status.value: place for place, status in enumerate(WORST_FIRST)}
_FAR = "9999"


class Wish(NamedTuple):
    """Which duties somebody wants to see, in which order."""

    show: str = ALL
    sort: str = "clause"

    def params(self, **other: str) -> dict[str, str]:
        """What an address needs to keep the wish, or another; what is usual is left out."""
        wish = self._replace(**other)
        return {name: value for name, value in wish._asdict().items() if value != getattr(USUAL, name)}


USUAL = Wish()


class Row(NamedTuple):
    """A duty in the list: as JSON has it, and what is due next."""

    duty: Mapping[str, Any]
    due: Due | None

    @property
    def unsaid(self) -> list[str]:
        """What to look at that the one fact does not say."""
        return [flag for flag in self.duty["attention"] if flag not in self.duty["told"]]


class Part(NamedTuple):
    """Some duties under a heading."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Licence:
    """The position of one licence, as far as somebody wants to see it."""

    name: str
    position: Mapping[str, Any]
    parts: list[Part]
    due: list[Due]
    missed: list[Passed]
    first: date | None


class Difference(NamedTuple):
    """A duty that two licences do not stand alike in."""

    id: str
    clause: str
    title: str
    sides: list[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that the page shows."""

    licences: list[Licence]
    differences: list[Difference]
    names: list[str]
    open: int
    flagged: int
    total: int


def wish_of(query: Mapping[str, str]) -> Wish | Problem:
    """What an address wishes to see."""
    wish = Wish(query.get("show", "") or ALL, query.get("sort", "") or USUAL.sort)
    for name, value, known in (("show", wish.show, SHOWS), ("sort", wish.sort, tuple(SORTS))):
        if value not in known:
            hint = f"Choose one of {', '.join(known)}."
            return Problem(Code.FIELD_VALUE, f"There is nothing to {name} by “{value[:40]}”.", hint, name)
    return wish


def standing(page: Mapping[str, Any], wish: Wish, names: Sequence[str]) -> Standing:
    """The page of a position. `names` are all licences, also where one alone is shown."""
    as_at = date.fromisoformat(page["as_at"])
    positions = page["positions"]
    scored = [duty for one in positions for duty in one["duties"] if duty["kind"] != DutyKind.UMBRELLA]
    return Standing(
        [_licence(one, page["parts"], wish, as_at) for one in positions],
        _differences(positions),
        list(names),
        sum(1 for duty in scored if duty["group"] in _OPEN_GROUPS),
        sum(1 for duty in scored if duty["attention"]),
        sum(len(one["duties"]) for one in positions),
    )


def _licence(position: Mapping[str, Any], parts: Mapping[str, str], wish: Wish, as_at: date) -> Licence:
    rows = [_row(duty, as_at) for duty in position["duties"] if _is_wanted(duty, wish.show)]
    first = position["first_day"]
    return Licence(
        position["licence"],
        position,
        _parts(rows, parts, wish.sort),
        dues(position["deadlines"], as_at),
        missed(position["duties"]),
        date.fromisoformat(first) if first else None,
    )


def _is_wanted(duty: Mapping[str, Any], show: str) -> bool:
    """Whether a duty is shown. A roll-up is not counted, so it only stands where everything does."""
    if show == ALL:
        return True
    if duty["kind"] == DutyKind.UMBRELLA:
        return False
    if show == OPEN:
        return duty["group"] in _OPEN_GROUPS
    return bool(duty["attention"]) if show == FLAGGED else duty["status"] == show


def _parts(rows: list[Row], titles: Mapping[str, str], sort: str) -> list[Part]:
    if sort == "urgency":
        rows.sort(key=lambda row: (_PLACES[row.duty["status"]], not row.duty["attention"], _day(row)))
        return [Part("The most urgent first", rows)] if rows else []
    if sort == "deadline":
        rows.sort(key=_day)
        return [Part("The next deadline first", rows)] if rows else []
    by_part = groupby(rows, key=lambda row: str(row.duty["part"]))
    return [Part(f"Part {part} · {titles[part]}", list(some)) for part, some in by_part]


def _day(row: Row) -> str:
    return row.due.day.isoformat() if row.due else _FAR


def _row(duty: Mapping[str, Any], as_at: date) -> Row:
    found = dues(duty["deadlines"], as_at)
    return Row(duty, found[0] if found else None)


def _differences(positions: Sequence[Mapping[str, Any]]) -> list[Difference]:
    """Where licences do not stand alike, clause by clause."""
    by_duty: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for position in positions:
        for duty in position["duties"]:
            by_duty.setdefault(duty["id"], []).append((position["licence"], duty))
    return [
        Difference(which, sides[0][1]["clause"], sides[0][1]["title"], sides)
        for which, sides in by_duty.items()
        if len(sides) > 1 and len({duty["status"] for _, duty in sides}) > 1
    ]
