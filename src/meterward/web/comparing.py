"""The changes page, prepared: what differs between two positions, in the order of importance, and because of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import DAY, add_months, in_words, plural
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import Group, Status, group_of
from meterward.present.differences import Change, differences
from meterward.present.phrases import entries
from meterward.usecases.ports import Hit
from meterward.web.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence


_WORST = (Group.BREACH, Group.CONTESTED, Group.OPEN)
MOST_NAMED = 5
"""So many records are named of each change."""
_MOST_OF_ONE = 200
_MOST_OF_ALL = 1_000
_USUAL_DAYS = 30
_QUARTER = 3
_YEAR = 12


class Turned(NamedTuple):
    """A duty that stands otherwise, for one or several licences alike, with the records because of which it does."""

    change: Change
    licences: tuple[str, ...]
    came: list[Hit]
    """Those that were recorded in between, the newest first."""
    older: list[Hit]
    """Those that were there, and on which it rests now or rests no more."""
    unnamed: int
    """So many more."""
    rolls_up: bool
    """Whether it is a roll-up, which rests on duties and on no record of its own."""
    time_alone: bool
    """Whether nothing but days passed: nothing that it rests on was recorded in between, or it was to come anyway."""
    passed: date | None
    """Of these days, the one on which it turned, if that is known."""
    way: str
    """`worse`, `better`, or `no worse` where it is neither."""

    @property
    def rest(self) -> str:
        """How many records are not named, in words."""
        named = len((self.came or self.older)[:MOST_NAMED])
        count = len(self.came) + len(self.older) + self.unnamed - named
        return f"and {plural(count, 'more record')} that it rests on now, or rests on no more" if count else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two positions."""

    turned: list[Turned]
    """Duties with another status, worst first."""
    told: list[Turned]
    """Duties with the same status, of which something else is to be told."""
    sentence: str
    between: str


class Days(NamedTuple):
    """The days between two positions, and how each duty stands at the first and at the last, by licence and id."""

    first: date
    last: date
    stood: Mapping[tuple[str, str], Mapping[str, Any]]
    stands: Mapping[tuple[str, str], Mapping[str, Any]]

    @property
    def pass_by(self) -> bool:
        """Whether the second is later than the first."""
        return self.first < self.last

    def foretold(self, change: Change) -> bool:
        """Whether the first position said that it would turn so if nothing was done, or that something was due then."""
        turns = self._before(change).get("turns")
        if turns and (turns["day"], turns["status"]) == (change.since, change.after):
            return True
        return _rank(change.after) < _rank(change.before) and self.turned_on(change) in self._deadlines(change)

    def turned_on(self, change: Change) -> date | None:
        """The day that passed: the last before the status turned, or the last deadline that went by."""
        found = self._deadlines(change)
        if change.before != change.after:
            found = [date.fromisoformat(change.since) - DAY] if change.since else []
        return max((day for day in found if self.first <= day < self.last), default=None)

    def way(self, change: Change) -> str:
        """Whether a duty stands worse than before or better; neither within the same group of statuses.

        What is contested is neither better nor worse than what lacks evidence: its readings say which way it went.
        """
        which = (change.licence, change.duty)
        was, now = (_ranks(duties.get(which, {})) for duties in (self.stood, self.stands))
        ways = {_way(was[reading], now[reading]) for reading in was.keys() & now.keys()} - {"no worse"}
        return ways.pop() if len(ways) == 1 else _way(_rank(change.before), _rank(change.after))

    def _deadlines(self, change: Change) -> list[date]:
        return [date.fromisoformat(one["day"]) for one in self._before(change).get("deadlines", ())]

    def _before(self, change: Change) -> Mapping[str, Any]:
        return self.stood.get((change.licence, change.duty), {})


class Preset(NamedTuple):
    """Two moments that people often want to compare."""

    title: str
    start: Moment
    end: Moment

    @property
    def query(self) -> str:
        """The address of the comparison."""
        return self.end.also(**query_of(self.start, "from_"), **query_of(self.end, "to_"), as_at="", known_at="")


def query_of(moment: Moment, prefix: str) -> dict[str, str]:
    """A moment as an address names it beside another."""
    known = "" if moment.known_at is None else str(moment.known_at)
    return {f"{prefix}as_at": moment.day.isoformat(), f"{prefix}known_at": known}


def presets(today: date, size: int, audit: date | None, first: date) -> list[Preset]:
    """Comparisons that people often want; the first is shown when nothing is asked for.

    Nothing was known before the day on which the first entry was recorded.
    """
    now = Moment(today)
    year_ago = add_months(today, -_YEAR)
    found = [
        Preset("The last 30 days", _then(today, today - _USUAL_DAYS * DAY), now),
        Preset("Since yesterday", _then(today, today - DAY), now),
        Preset("The last three months", _then(today, add_months(today, -_QUARTER)), now),
        *([Preset("Since the last audit", _then(today, audit), now)] if audit else []),
        *([Preset("By the last record alone", Moment(today, None, size - 1), now)] if size > 1 else []),
        Preset("A year ago, as known then and now", _then(today, year_ago), Moment(today, year_ago)),
        Preset("Now, with itself", now, now),
    ]
    return [one for one in found[:-1] if _known_of(one.start, first)] or found[-1:]


def _known_of(moment: Moment, first: date) -> bool:
    return not isinstance(moment.known_at, date) or moment.known_at >= first


def _then(today: date, day: date) -> Moment:
    return Moment(today, day, day)


def compare(
    before: Mapping[str, Any], after: Mapping[str, Any], look_up: Callable[[Collection[str]], Sequence[Hit]]
) -> Comparison:
    """What differs, with the records because of which it does, looked up all at once."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in differences(before, after):
        groups.setdefault((change.duty, change.before, change.after, change.fact, change.moved), []).append(change)
    wanted = {one for group in groups.values() for change in group for one in change.records[:_MOST_OF_ONE]}
    hits = {hit.id: hit for hit in look_up(sorted(wanted)[:_MOST_OF_ALL])}
    known = min(before["ledger"]["size"], after["ledger"]["size"])
    rolls_up = {duty["id"] for one in after["positions"] for duty in one["duties"] if duty["kind"] == DutyKind.UMBRELLA}
    stood, stands = (
        {(one["licence"], duty["id"]): duty for one in position["positions"] for duty in one["duties"]}
        for position in (before, after)
    )
    days = Days(date.fromisoformat(before["as_at"]), date.fromisoformat(after["as_at"]), stood, stands)
    made = [_turned(group, hits, known, rolls_up, days) for group in groups.values()]
    turned = [one for one in made if one.change.before != one.change.after]
    told = [one for one in made if one.change.before == one.change.after]
    return Comparison(turned, told, _sentence(turned, told), _between(before, after))


def _turned(
    group: Sequence[Change], hits: Mapping[str, Hit], known: int, rolls_up: Collection[str], days: Days
) -> Turned:
    ids = dict.fromkeys(one for change in group for one in change.records)
    found = sorted((hits[one] for one in ids if one in hits), key=lambda hit: hit.index, reverse=True)
    came = [hit for hit in found if hit.index >= known]
    licences = tuple(change.licence for change in group)
    older = found[len(came) :]
    roll_up, unnamed = group[0].duty in rolls_up, len(ids) - len(found)
    alone = days.pass_by and not roll_up and ((not came and not unnamed) or days.foretold(group[0]))
    passed = days.turned_on(group[0]) if alone else None
    return Turned(group[0], licences, came, older, unnamed, roll_up, alone, passed, days.way(group[0]))


def _sentence(turned: Sequence[Turned], told: Sequence[Turned]) -> str:
    if not turned and not told:
        return "Nothing changed."
    if not turned:
        return "No status changed."
    count = Counter(one.way for one in turned)
    ways = [f"{count[way]:,} {way}" for way in ("worse", "better", "no worse") if count[way]]
    duties = "1 duty stands" if len(turned) == 1 else f"{len(turned):,} duties stand"
    return f"{duties} otherwise: {', '.join(ways)}."


def _ranks(duty: Mapping[str, Any]) -> dict[str, int]:
    return {one["id"]: _rank(one["status"]) for one in duty.get("readings", ())}


def _way(before: int, after: int) -> str:
    return "no worse" if before == after else ("worse" if after < before else "better")


def _rank(status: str) -> int:
    """How good a status is, from a breach on; one that is not there is as good as any in order."""
    group = group_of(Status(status)) if status else Group.IN_ORDER
    return _WORST.index(group) if group in _WORST else len(_WORST)


def _between(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    grown = after["ledger"]["size"] - before["ledger"]["size"]
    if not grown and before["as_at"] == after["as_at"]:
        return "Both are the same moment."
    if not grown:
        return f"The same {entries(after['ledger']['size'])} were known at both; only the day differs."
    more = "more" if grown > 0 else "fewer"
    return f"{entries(abs(grown))} {more} were known at the second than at the first."


def in_full(moment: Moment) -> str:
    """A moment in words."""
    known = "as known then" if moment.known_at == moment.day else moment.known()
    return f"{in_words(moment.day)}, {known}"
