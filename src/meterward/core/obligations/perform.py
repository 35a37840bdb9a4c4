"""Acts by a date, once or in every window. What an act serves depends only on what is known of it on that day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from meterward.core.base.days import EVER, stretches
from meterward.core.base.timeline import Timeline, of_changes
from meterward.core.facts.matter import Matter
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.owed import Source
from meterward.core.obligations.limits import due_after
from meterward.core.obligations.strand import Outlook, Strand, of_matter, outlook
from meterward.core.obligations.windows import (
    Counted,
    Stretch,
    Years,
    answered_as_known,
    since_last,
    too_long_after,
    windows_of,
)

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.facts.act import Act
    from meterward.core.facts.ask import Ask
    from meterward.core.facts.fact import Told, Wanted
    from meterward.core.obligations.law import Due
    from meterward.core.obligations.status import Status

MattersOf = Callable[[Sequence[Counted], Stretch], list[Matter]]
"""The matters that acts make up, for some days."""


def perform_by(told: Told, due: Due, ask: Ask, *, recurs: bool) -> Outlook:
    """An act once by a day counted from commencement, or, if it recurs, one in each window after that day."""
    first_due = due_after(ask.commencement, due, ask)

    def once(counted: Sequence[Counted], _: Stretch) -> list[Matter]:
        return [_first(counted, ask.commencement, first_due, told.wanted)]

    def recurring(counted: Sequence[Counted], days: Stretch) -> list[Matter]:
        if ask.reading["windows"] == "since-last":
            return since_last(counted, days, told.wanted)
        years = Years(ask.commencement, first_due, ask.reading["windows"])
        return windows_of(counted, years, days, told.wanted)

    if not recurs:
        return _by_knowledge(told.acts, once)
    return _by_knowledge(told.acts, recurring, [too_long_after(act.day) for act in told.acts])


def _first(counted: Sequence[Counted], opened: date, due: date, wanted: Wanted) -> Matter:
    return Matter(
        f"first {wanted.noun}",
        opened,
        due,
        Source.CLAUSE,
        answered_as_known(counted),
        answers=lambda day: tuple(act.act.explain(day) for act in counted),
        missing=wanted.supply,
    )


def _by_knowledge(acts: Sequence[Act], matters_of: MattersOf, turning: Sequence[date] = ()) -> Outlook:
    """Make the matters anew for every stretch of days on which the same is known of every act, and from turning days.

    Whoever asks for the matters on a day gets every deadline up to it, also those that no act ever answered.
    """
    periods = stretches(sorted({EVER, *turning, *(day for act in acts for day in _turning_points(act))}))
    outlooks = [outlook(*_strands(matters_of(_counted(acts, first), Stretch(first, EVER)))) for first, _ in periods]
    changes: list[tuple[date, Status]] = []
    for (first, until), made in zip(periods, outlooks, strict=True):
        changes.append((first, made.timeline.at(first)))
        changes.extend((span.first, span.value) for span in made.timeline.spans() if first < span.first < until)
    timeline: Timeline[Status] = of_changes(changes)

    firsts = [first for first, _ in periods]

    def known(day: date) -> Outlook:
        return outlooks[bisect_right(firsts, day) - 1]

    def explain(day: date) -> tuple[Node, ...]:
        idle = [
            act.explain(day) for act in acts if act.known_on <= day and act.counts.timeline.at(day) is Outcome.FAILED
        ]
        return (*known(day).explain(day), *idle)

    return Outlook(timeline, explain, lambda day: matters_of(_counted(acts, day), Stretch(EVER, day)))


def _strands(matters: list[Matter]) -> tuple[list[Strand], list[Matter]]:
    return [of_matter(matter) for matter in matters], matters


def _turning_points(act: Act) -> list[date]:
    return [act.known_on, *(start for start in act.counts.timeline.starts if start > act.known_on)]


def _counted(acts: Sequence[Act], day: date) -> list[Counted]:
    """The acts known on a day that count, or may, in order of the days on which they count.

    What is done once counts once: a further report of an audit that counts already is no further audit.
    """
    found = [
        Counted(act.day, act.counts.timeline.at(day) is Outcome.HELD, act)
        for act in acts
        if act.known_on <= day and act.counts.timeline.at(day) is not Outcome.FAILED
    ]
    found.sort(key=lambda one: (one.day, one.act.record.id))
    first: dict[str, Counted] = {}
    for one in found:
        if one.certain:
            first.setdefault(one.act.record.subject, one)
    return [one for one in found if _counts_beside(one, first.get(one.act.record.subject, one))]


def _counts_beside(one: Counted, first: Counted) -> bool:
    return one is first or one.day < first.day
