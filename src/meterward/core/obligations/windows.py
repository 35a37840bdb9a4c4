"""The five readings of "at least once in each subsequent year", each with its windows. Worked case: `duties.md`."""

from __future__ import annotations

from datetime import date
from itertools import count, pairwise
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import DAY, EVER, LATEST, NEVER, add_months, in_words
from meterward.core.base.timeline import Timeline, of_changes
from meterward.core.facts.act import Act
from meterward.core.facts.matter import DOUBTFUL, UNANSWERED, Answered, Matter
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.owed import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from meterward.core.facts.fact import Wanted

_YEAR = 12
_ATTENTION_MONTHS = 15


def too_long_after(day: date) -> date:
    """The first day on which the gap after an act is longer than our own limit."""
    return add_months(day, _ATTENTION_MONTHS) + DAY


class Counted(NamedTuple):
    """An act as known on a day: the day it counts on, and whether it counts for certain or may."""

    day: date
    certain: bool
    act: Act


class Window(NamedTuple):
    """Days, first and last inclusive, in which one act is owed."""

    first: date
    last: date


class Stretch(NamedTuple):
    """The days that somebody asks about: no matter that was closed before the first of them is needed."""

    first: date
    last: date


class Years(NamedTuple):
    """How the years after the first deadline are counted."""

    commencement: date
    first_due: date
    reading: str


def answered_as_known(acts: Sequence[Counted]) -> Timeline[Answered]:
    """The answer that acts give, each as it is known: the earliest that counts for certain, else doubt."""
    changes = [(EVER, UNANSWERED)]
    earliest = NEVER
    for act in sorted(acts, key=lambda one: one.act.known_on):
        if act.certain:
            earliest = min(earliest, act.day)
            changes.append((act.act.known_on, Answered(Outcome.HELD, earliest)))
        elif earliest == NEVER:
            changes.append((act.act.known_on, DOUBTFUL))
    return of_changes(changes)


def windows_of(acts: Sequence[Counted], years: Years, days: Stretch, wanted: Wanted) -> list[Matter]:
    """One matter for each window up to the first after the last act, or after some days; that one stands open for good.

    A window that was missed can still be answered, late, by an act in the window after it.
    """
    serving = _after_first(acts, years.first_due, keep_late=years.reading == "late-first-serves-its-window")
    last_act = max((act.day for act in serving), default=years.first_due)
    windows = list(_until(_windows(years), max(last_act, min(days.last, LATEST))))
    gaps = _long_gaps(acts, days.first)
    return [
        _matter(window, following, serving, wanted)._replace(attention=_gap(gaps, window, wanted))
        for window, following in zip(windows, [*windows[1:], None], strict=True)
        if following is None or following.last >= days.first
    ]


def since_last(acts: Sequence[Counted], days: Stretch, wanted: Wanted) -> list[Matter]:
    """Twelve months from each act that counted, first from the one that served the first deadline.

    Within twelve months of an act the duty is met. After that it is breached until the next act makes it good, late,
    for the twelve months that follow.
    """
    counted = sorted({act.day for act in acts if act.certain})
    matters = _doubtful(acts, counted[0] if counted else NEVER, wanted)
    for place, day in enumerate(counted):
        following, after_that = [*counted[place + 1 : place + 3], NEVER, NEVER][:2]
        due = add_months(day, _YEAR)
        if after_that <= days.first:
            continue
        served = [act for act in acts if act.day == day and act.certain]
        matters.append(_standing(day, min(due + DAY, following), served, wanted))
        if following > due:
            answers = [act for act in acts if day < act.day <= following]
            closed = NEVER if following == NEVER else min(add_months(following, _YEAR) + DAY, after_that)
            matters.append(_overdue(day, due, closed, answers, wanted))
    return matters


def _doubtful(acts: Sequence[Counted], first: date, wanted: Wanted) -> list[Matter]:
    """Open from the first act that may count, until one counts for certain."""
    doubtful = [act for act in acts if act.day < first]
    if not doubtful:
        return []
    name, answered = f"whether a first {wanted.noun} counts", answered_as_known(doubtful)
    opened, explained = doubtful[0].day, _explained(doubtful)
    return [Matter(name, opened, None, Source.CLAUSE, answered, (), explained, wanted.supply, closed=first)]


def _standing(day: date, closed: date, served: Sequence[Counted], wanted: Wanted) -> Matter:
    return Matter(
        f"twelve months from the {wanted.noun} of {in_words(day)}",
        day,
        None,
        Source.CLAUSE,
        answered_as_known(served),
        answers=_explained(served),
        closed=closed,
    )


def _overdue(day: date, due: date, closed: date, acts: Sequence[Counted], wanted: Wanted) -> Matter:
    return Matter(
        f"next {wanted.noun} within twelve months of {in_words(day)}",
        due + DAY,
        due,
        Source.CLAUSE,
        answered_as_known(acts),
        answers=_explained(acts),
        missing=wanted.supply,
        clock=day,
        closed=closed,
    )


def _explained(acts: Sequence[Counted]) -> Callable[[date], tuple[Node, ...]]:
    return lambda day: tuple(act.act.explain(day) for act in acts)


def _windows(years: Years) -> Iterator[Window]:
    if years.reading == "calendar-years":
        ends = (date(year, 12, 31) for year in count(years.first_due.year))
    elif years.reading == "anniversaries":
        starts = (add_months(years.commencement, _YEAR * year) for year in count(1))
        ends = (start - DAY for start in starts if start > years.first_due)
    else:
        ends = (_year_after(years.first_due, number) for number in count())
    for end, following in pairwise(ends):
        yield Window(end + DAY, following)


def _year_after(deadline: date, number: int) -> date:
    """The last day of a year that is counted from the day after a deadline.

    It is the deadline's corresponding date, except that a year from 1 March ends with February, on its 28th or 29th.
    """
    return max(add_months(deadline, _YEAR * number), add_months(deadline + DAY, _YEAR * number) - DAY)


def _until(windows: Iterator[Window], day: date) -> Iterator[Window]:
    """The windows up to the first that begins after a day."""
    for window in windows:
        yield window
        if window.first > day:
            return


def _after_first(acts: Sequence[Counted], first_due: date, *, keep_late: bool) -> list[Counted]:
    """The acts that can serve a window: all but the one that serves the first deadline.

    While it is in doubt whether an earlier act serves that deadline, the first that counts for certain only may serve a
    window: it serves the deadline itself if no earlier one counts.
    """
    if not keep_late:
        certain = next((place for place, act in enumerate(acts) if act.certain), 0)
        acts = [act._replace(certain=act.certain and place > certain) for place, act in enumerate(acts)][1:]
    return [act for act in acts if act.day > first_due]


def _matter(window: Window, following: Window | None, acts: Sequence[Counted], wanted: Wanted) -> Matter:
    last = following.last if following else NEVER
    serving = [act for act in acts if window.first <= act.day <= last]

    return Matter(
        f"{wanted.noun} from {in_words(window.first)} to {in_words(window.last)}",
        window.first,
        window.last,
        Source.CLAUSE,
        answered_as_known(serving),
        answers=_explained(serving),
        missing=wanted.supply,
        closed=last + DAY if following else NEVER,
    )


def _long_gaps(acts: Sequence[Counted], day: date) -> list[tuple[date, date | None]]:
    """The gaps between acts that are longer than our own limit, whatever each act serves; the last may still be open.

    Acts that may count keep none from growing: whether they end it is what is in doubt.
    """
    days = sorted({act.day for act in acts if act.certain})
    found: list[tuple[date, date | None]] = [
        (one, other) for one, other in pairwise(days) if other >= too_long_after(one)
    ]
    if days and day >= too_long_after(days[-1]):
        found.append((days[-1], None))
    return found


def _gap(gaps: Sequence[tuple[date, date | None]], window: Window, wanted: Wanted) -> tuple[str, ...]:
    """The gaps that end in a window, and the one that is still open, whatever the window."""
    return tuple(
        f"more than {_ATTENTION_MONTHS} months between the {wanted.noun}s of {in_words(one)} and {in_words(other)}"
        if other
        else f"more than {_ATTENTION_MONTHS} months since the last {wanted.noun} that counts, of {in_words(one)}"
        for one, other in gaps
        if other is None or window.first <= other <= window.last
    )
