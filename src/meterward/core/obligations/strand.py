"""Strands: the status of one thing that a duty asks about, on every day. A duty is the worst of its strands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meterward.core.base.days import DAY, EVER, NEVER, in_words, stretches
from meterward.core.base.timeline import Timeline, constant, of_changes, tally
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.owed import Source
from meterward.core.obligations.law import Force
from meterward.core.obligations.status import Status, worst

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence
    from datetime import date

    from meterward.core.facts.combine import Member
    from meterward.core.facts.fact import Judged
    from meterward.core.facts.matter import Matter

_EFFORT = (Force.WITHIN_POWER, Force.REASONABLE_STEPS)


@dataclass(frozen=True, slots=True)
class Strand:
    """One strand. Where it is not triggered it takes no part in the roll-up."""

    label: str
    timeline: Timeline[Status]
    explain: Callable[[date], Node]


@dataclass(frozen=True, slots=True)
class Outlook:
    """A duty under one reading: its status on every day, why, and the matters it consists of, as known on a day."""

    timeline: Timeline[Status]
    explain: Callable[[date], tuple[Node, ...]]
    matters: Callable[[date], Sequence[Matter]]


_NOTHING = Outlook(constant(Status.NOT_TRIGGERED), lambda _: (), lambda _: ())


def outlook(strands: Sequence[Strand], matters: Sequence[Matter] = ()) -> Outlook:
    """Roll strands up."""
    timeline = tally([_NOTHING.timeline, *(strand.timeline for strand in strands)], worst_counted)

    def explain(day: date) -> tuple[Node, ...]:
        if timeline.at(day) is Status.NOT_TRIGGERED:
            return ()
        return tuple(strand.explain(day) for strand in strands if strand.timeline.at(day) is not Status.NOT_TRIGGERED)

    return Outlook(timeline, explain, lambda _: matters)


def together(outlooks: Sequence[Outlook], before: Outlook = _NOTHING) -> Outlook:
    """Several outlooks as one. Where none of them asks for anything, what was answered before still stands."""
    if len(outlooks) == 1 and before is _NOTHING:
        return outlooks[0]

    def explain(day: date) -> tuple[Node, ...]:
        return tuple(node for one in outlooks for node in one.explain(day)) or before.explain(day)

    return Outlook(
        tally([before.timeline, *(one.timeline for one in outlooks)], worst_counted),
        explain,
        lambda day: [matter for one in outlooks for matter in one.matters(day)],
    )


def worst_counted(now: Counter[Status]) -> Status:
    """The worst of the statuses counted."""
    return worst(now)


def of_member(member: Member, force: Force) -> Strand:
    """A state duty: met while it holds, indeterminate while unknown. A failure breaches, save in a duty of effort."""
    failed = Status.INDETERMINATE if force in _EFFORT else Status.BREACHED
    statuses = {Outcome.HELD: Status.MET, Outcome.UNKNOWN: Status.INDETERMINATE, Outcome.FAILED: failed}
    state = member.state
    timeline = state.timeline.map(statuses.__getitem__).between(member.first, member.until, Status.NOT_TRIGGERED)
    return Strand(state.label, timeline, state.explain)


def of_judged(judged: Judged) -> Strand:
    """A question of judgement: a recorded no is a finding, and breaches."""
    unknown = Status.INDETERMINATE if judged.owed else Status.NOT_TRIGGERED
    held = Status.NOT_TRIGGERED if judged.closes else Status.MET
    statuses = {Outcome.HELD: held, Outcome.UNKNOWN: unknown, Outcome.FAILED: Status.BREACHED}
    inside = judged.state.timeline.map(statuses.__getitem__)
    timeline = inside.between(judged.first, judged.until, Status.NOT_TRIGGERED)
    if not judged.records:
        return Strand(judged.state.label, timeline, judged.state.explain)

    def explain(day: date) -> Node:
        label = f"after {', '.join(record.subject for record in judged.records)}"
        children = (judged.state.explain(day),)
        return Node(label, timeline.at(day), judged.records, Status.NOT_TRIGGERED, children=children)

    return Strand(judged.state.label, timeline, explain)


def of_matter(matter: Matter) -> Strand:
    """A matter that is owed: pending to its limit, then breached (open, if the limit is ours), met once done."""
    return _of(matter, matter_status)


def of_event(matter: Matter) -> Strand:
    """An event that asks for a review. Review is a state: it holds unless an event is unanswered beyond its limit."""
    return _of(matter, _event_status)


def _event_status(matter: Matter, day: date) -> Status:
    status = matter_status(matter, day)
    return Status.MET if status in (Status.PENDING, Status.MET_LATE) else status


def _of(matter: Matter, status_of: Callable[[Matter, date], Status]) -> Strand:
    days = {EVER, matter.opened, *matter.answered.starts}
    if matter.due:
        days.add(matter.due + DAY)
    if matter.closed != NEVER:
        days.add(matter.closed)
    timeline = of_changes((day, status_of(matter, day)) for day in sorted(days))
    return Strand(matter.name, timeline, lambda day: _explain(matter, day, status_of(matter, day)))


def matter_status(matter: Matter, day: date) -> Status:
    """The status of one matter on a day: the plain statement of the rule."""
    if day < matter.opened or day >= matter.closed:
        return Status.NOT_TRIGGERED
    answered = matter.answered.at(day)
    if answered.outcome is Outcome.HELD and answered.day:
        return Status.MET_LATE if matter.due and answered.day > matter.due else Status.MET
    if answered.outcome is Outcome.UNKNOWN:
        return Status.INDETERMINATE
    if matter.due is None or day <= matter.due:
        return Status.PENDING
    return Status.INDETERMINATE if matter.source is Source.PRODUCT else Status.BREACHED


def followed(matters: Sequence[Matter]) -> list[tuple[Matter, date]]:
    """Each matter with the day on which a later one opens; NEVER for the last."""
    later = dict(stretches(sorted({matter.opened for matter in matters})))
    return [(matter, later[matter.opened]) for matter in matters]


def retire(matters: Sequence[tuple[Matter, date]]) -> list[Matter]:
    """Take answered matters out of sight once the next one opens (they go to history); what is still owed stays."""
    return [_retired(matter, following) for matter, following in matters]


def answered_before(matters: Sequence[Matter], retired: Sequence[Matter]) -> Outlook:
    """Met while something answered would still be in sight, had it not gone to history: when nothing else is asked.

    That it was answered late is history too.
    """
    hidden = [(now.closed, was) for was, now in zip(matters, retired, strict=True) if now is not was]
    changes = [(EVER, Status.NOT_TRIGGERED)]
    end = EVER
    for first, until in sorted((first, was.closed) for first, was in hidden):
        if first > end:
            changes.extend(((end, Status.NOT_TRIGGERED), (first, Status.MET)))
        end = max(end, until)

    def explain(day: date) -> tuple[Node, ...]:
        there = (was for first, was in hidden if first <= day < was.closed)
        return tuple(replace(_explain(was, day, Status.MET), attention=()) for was in there)

    return Outlook(of_changes((*changes, (end, Status.NOT_TRIGGERED))), explain, lambda _: ())


def _retired(matter: Matter, next_opened: date) -> Matter:
    done = matter.answered.starts[-1] if matter.answered.values[-1].outcome is Outcome.HELD else NEVER
    closed = min(matter.closed, max(done, next_opened))
    if closed == matter.closed:
        return matter
    return matter._replace(closed=closed)


def _explain(matter: Matter, day: date, shown: Status) -> Node:
    status = matter_status(matter, day)
    answers = matter.answers(day)
    owed = status in (Status.PENDING, Status.INDETERMINATE, Status.BREACHED)
    overdue = matter.due is not None and day > matter.due
    flags = list(matter.attention)
    if matter.source is Source.PRODUCT and matter.due and (status is Status.MET_LATE or (owed and overdue)):
        flags.append(limit_passed(matter.name, matter.due))
    turns = matter.due + DAY if matter.due and status is Status.PENDING else None
    return Node(
        f"{matter.name}{_limit(matter)}",
        shown,
        matter.records,
        Status.NOT_TRIGGERED if matter.records else None,
        missing=matter.missing if owed else None,
        attention=tuple(flags),
        turns=turns,
        owed=matter.owed,
        children=answers,
    )


def limit_passed(what: str, due: date) -> str:
    """The flag on what is owed, or was done, after a limit of our own."""
    return f"{what}: our own limit, {in_words(due)}, passed"


def _limit(matter: Matter) -> str:
    if matter.due is None:
        return ""
    return f", due {in_words(matter.due)}{' (our own limit)' if matter.source is Source.PRODUCT else ''}"
