"""Say in one sentence how things stand, and count the duties by status."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.core.base.days import in_words
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import WORST_FIRST, Group, Status, group_of

if TYPE_CHECKING:
    from meterward.core.obligations.position import DutyPosition, Position
    from meterward.core.obligations.regimes import Regime

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@dataclass(frozen=True, slots=True)
class Summary:
    """A position in brief. A roll-up is not counted: the duties that it rolls up are."""

    sentence: str
    counts: tuple[tuple[Status, int], ...]
    """Each status that occurs with how many duties have it, worst first."""
    flagged: int
    """How many duties ask for attention."""
    attention: tuple[str, ...] = ()
    """What to look at that is about no single duty: the records that say when the condition binds."""


def summarise(position: Position) -> Summary:
    """A position in brief."""
    duties = [duty for duty in position.duties if duty.duty.kind is not DutyKind.UMBRELLA]
    found = Counter(duty.status for duty in duties)
    flagged = sum(1 for duty in duties if duty.attention)
    counts = tuple((status, found[status]) for status in WORST_FIRST if found[status])
    return Summary(_sentence(position, duties, flagged), counts, flagged, position.attention)


def word(status: Status) -> str:
    """A status as a person reads it."""
    return status.value.replace("-", " ")


def worst_children(position: Position, duty: DutyPosition) -> list[DutyPosition]:
    """The duties that a roll-up rolls up, worst first, without those in order."""
    there = {one.duty.id: one for one in position.duties}
    open_ones = [there[child] for child in duty.duty.children if group_of(there[child].status) in _NOT_IN_ORDER]
    return sorted(open_ones, key=lambda one: WORST_FIRST.index(one.status))


_NOT_IN_ORDER = (Group.BREACH, Group.CONTESTED, Group.OPEN)


def _sentence(position: Position, duties: list[DutyPosition], flagged: int) -> str:
    groups = Counter(group_of(duty.status) for duty in duties)
    found = [
        (groups[Group.BREACH], "is breached", "are breached"),
        (groups[Group.CONTESTED], _contested(duties), "are contested"),
        (groups[Group.OPEN], "lacks evidence or a judgement", "lack evidence or a judgement"),
    ]
    clauses = [(count, one if count == 1 else many) for count, one, many in found if count]
    if not clauses:
        return _in_order(position, groups, flagged)
    first, *rest = clauses
    words = [_first(*first), *(f"{_number(count)} {verb}" for count, verb in rest)]
    return f"{_listed(words)}."


def _contested(duties: list[DutyPosition]) -> str:
    """What contested duties are, each side by its status, where one is: it depends on how its clause is read."""
    found = [duty for duty in duties if duty.status is Status.CONTESTED]
    if len(found) != 1:
        return "are contested"
    sides = {reading.status for reading in found[0].readings}
    words = [word(status) for status in WORST_FIRST if status in sides]
    return f"is contested ({_listed(words, 'or')}, as {found[0].duty.clause} is read)"


def _in_order(position: Position, groups: Counter[Group], flagged: int) -> str:
    if set(groups) <= {Group.NEUTRAL}:
        return _not_binding(position)
    if flagged:
        verb = "asks" if flagged == 1 else "ask"
        return f"Everything is in order; {_number(flagged)} {verb} for attention."
    if position.attention:
        return "Everything is in order; what says when the condition binds asks for attention."
    return "Everything is in order."


def _not_binding(position: Position) -> str:
    regime = position.evaluation.regime(position.as_at)
    if regime.commencement is None:
        return "The condition does not bind: no record up to that day says when it comes into force."
    if regime.begins is None:
        return "The condition does not bind: no record up to that day says that the licence is held."
    if position.as_at < regime.begins:
        verb = "comes into force" if regime.begins == regime.commencement else "binds once the licence is held,"
        return f"The condition does not bind yet: it {verb} on {in_words(regime.begins)}."
    if position.as_at >= regime.ends:
        return f"The condition binds no more: it ended with {ended_with(regime)}."
    return "Nothing yet asks anything."


def ended_with(regime: Regime) -> str:
    """What ended the days on which the condition binds, and when."""
    what = "Go Live" if regime.ends == regime.go_live else "the licence"
    return f"{what} on {in_words(regime.ends)}"


def _first(count: int, verb: str) -> str:
    number = _number(count)
    return f"{number[0].upper()}{number[1:]} {'duty' if count == 1 else 'duties'} {verb}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _listed(words: list[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def in_force_since(position: Position) -> str:
    """Since when the condition has been in force, in words; empty where it does not bind."""
    regime = position.evaluation.regime(position.as_at)
    first = regime.begins
    if first is None or not first <= position.as_at < regime.ends:
        return ""
    return f"in force since {in_words(first)}"
