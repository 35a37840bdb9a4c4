"""What `duties.md` says, day by day and as plainly as it can be said: slow, short, and sharing no rule with the engine.

Every function answers for one day from what is known on that day, and builds no timeline.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, takewhile
from typing import TYPE_CHECKING

from meterward.core.facts.node import Outcome
from meterward.core.facts.owed import Source
from meterward.core.obligations.status import Group, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from meterward.core.facts.matter import Answered

GROUPS = {
    Group.BREACH: (Status.BREACHED,),
    Group.CONTESTED: (Status.CONTESTED,),
    Group.OPEN: (Status.INDETERMINATE,),
    Group.IN_ORDER: (Status.PENDING, Status.MET_LATE, Status.MET),
    Group.NEUTRAL: (Status.NOT_IN_FORCE, Status.NOT_TRIGGERED, Status.CEASED),
}
WORST_FIRST = [status for statuses in GROUPS.values() for status in statuses]


def months_after(day: date, months: int) -> date:
    """The corresponding date, or the last day of a month that has none."""
    years, month = divmod(day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, number)
        except ValueError:
            continue
    return date(day.year + years, month + 1, day.day)


def of_matter(
    day: date, opened: date, due: date | None, source: Source, answers: Sequence[tuple[date, Answered]]
) -> Status:
    """One thing owed and not closed; `answers` says from which day on what is known of its answer."""
    known = [answered for since, answered in answers if since <= day]
    if day < opened:
        return Status.NOT_TRIGGERED
    if known and known[-1].outcome is Outcome.UNKNOWN:
        return Status.INDETERMINATE
    done = known[-1].day if known and known[-1].outcome is Outcome.HELD else None
    missed = due is not None and (done or day) > due
    if done:
        return Status.MET_LATE if missed else Status.MET
    if not missed:
        return Status.PENDING
    return Status.INDETERMINATE if source is Source.PRODUCT else Status.BREACHED


def of_state(day: date, held: Sequence[tuple[date, date, date]], failed: Sequence[date]) -> Outcome:
    """What was found on a day to hold from a first day until another, and the days of failures; a claim is neither."""
    failure = max((found for found in failed if found <= day), default=date.min)
    since = [(first, until) for found, first, until in held if failure < found and first <= day and first < until]
    if any(day < until for _, until in since):
        return Outcome.HELD
    return Outcome.FAILED if failure != date.min and not since else Outcome.UNKNOWN


def once(day: date, opened: date, deadline: date, acts: Sequence[date]) -> Status:
    """An act once, by a deadline."""
    known = [act for act in acts if act <= day]
    if day < opened:
        return Status.NOT_TRIGGERED
    if known:
        return Status.MET if min(known) <= deadline else Status.MET_LATE
    return Status.PENDING if day <= deadline else Status.BREACHED


def recurring(day: date, reading: str, commencement: date, deadline: date, acts: Sequence[date]) -> Status:
    """An act in every year after the deadline of the first; the first act of all serves that one."""
    known = sorted(act for act in acts if act <= day)
    if reading == "since-last":
        return _since_last(day, known)
    begun = list(takewhile(lambda first: first <= day, _years(reading, commencement, deadline)))
    if not begun:
        return Status.NOT_TRIGGERED
    serving = known if reading == "late-first-serves-its-window" else known[1:]
    missed = len(begun) > 1 and not any(begun[-2] <= act < begun[-1] for act in serving)
    if any(act >= begun[-1] for act in serving):
        return Status.MET_LATE if missed else Status.MET
    return Status.BREACHED if missed else Status.PENDING


def _since_last(day: date, known: Sequence[date]) -> Status:
    if not known:
        return Status.NOT_TRIGGERED
    last, before = known[-1], [act for act in known if act < known[-1]]
    if day > months_after(last, 12):
        return Status.BREACHED
    return Status.MET_LATE if before and last > months_after(before[-1], 12) else Status.MET


def _years(reading: str, commencement: date, deadline: date) -> Iterator[date]:
    """The first days of the years that begin after the deadline."""
    for number in count():
        if reading == "calendar-years":
            first = date(commencement.year + number, 1, 1)
        elif reading == "anniversaries":
            first = months_after(commencement, 12 * number)
        else:
            first = _year_later(deadline + timedelta(days=1), number)
        if first > deadline:
            yield first


def _year_later(first: date, years: int) -> date:
    """The first day of a later year: the same day, or 1 March where the year before ends on the 28th of February."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 3, 1)


def worst(statuses: Collection[Status]) -> Status:
    """Of several instances, or of the readings in one group."""
    return min(statuses, key=WORST_FIRST.index, default=Status.INDETERMINATE)


def over_readings(statuses: Collection[Status]) -> Status:
    """Of readings side by side."""
    groups = {group for group, members in GROUPS.items() if not set(members).isdisjoint(statuses)}
    alike = len(groups) == 1 or groups == {Group.NEUTRAL, Group.IN_ORDER}
    return worst(statuses) if alike else Status.CONTESTED


def over_children(statuses: Collection[Status]) -> Status:
    """Of the children of an umbrella; those that ask for nothing are nothing."""
    return worst([status for status in statuses if status not in GROUPS[Group.NEUTRAL]])
