"""The position as at a day: for each duty its status, since when, what is due, what to look at, what was missed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meterward.core.base.days import DAY, EVER, NEVER
from meterward.core.facts.node import Node, Outcome, in_its_place
from meterward.core.facts.owed import Source
from meterward.core.obligations.attention import Beside, attention_of, attention_to_regimes, lifted, limits_of
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import Group, Status, group_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from meterward.core.base.timeline import Timeline
    from meterward.core.facts.matter import Matter
    from meterward.core.obligations.evaluate import DutyResult, Evaluation, ReadingResult
    from meterward.core.obligations.law import Duty


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """Something that is due, or overdue, as at a day; `lapses` where it falls on or after Go Live."""

    day: date
    duty: str
    what: str
    source: Source
    overdue: bool = False
    lapses: bool = False
    reading: str = ""
    """The reading that sets it, where the default reading does not."""


@dataclass(frozen=True, slots=True, order=True)
class Missed:
    """A deadline that passed unanswered: an event that stays in the history, also when it was made good."""

    day: date
    """The first day after the deadline."""
    duty: str
    what: str
    source: Source
    made_good: date | None = None


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """A duty under one reading, as at a day, with the reasons."""

    reading: str
    says: str
    status: Status
    since: date
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ReadingDue:
    """How a duty stands under one reading, and what that one sets next; None if it sets nothing as at the day."""

    reading: str
    says: str
    status: Status
    due: Deadline | None


@dataclass(frozen=True, slots=True)
class DutyPosition:
    """A duty as at a day. `turns`: the next day on which its status changes with nobody doing anything, and to what."""

    duty: Duty
    status: Status
    since: date
    readings: tuple[ReadingPosition, ...]
    deadlines: tuple[Deadline, ...]
    attention: tuple[str, ...]
    history: tuple[Missed, ...]
    turns: tuple[date, Status] | None

    @property
    def deadline(self) -> Deadline | None:
        """The next thing due, overdue ones first."""
        return min(self.deadlines, default=None)


@dataclass(frozen=True, slots=True)
class Position:
    """All duties of one licence as at a day."""

    evaluation: Evaluation
    as_at: date
    duties: tuple[DutyPosition, ...]

    @property
    def deadlines(self) -> list[Deadline]:
        """Everything due, in order of day, each thing once."""
        return sorted({deadline for duty in self.duties for deadline in duty.deadlines})

    @property
    def attention(self) -> tuple[str, ...]:
        """What to look at in the records that say when the condition binds: it is about no single duty."""
        evaluation, limits = self.evaluation, limits_of(self.evaluation.pack.reference)
        return attention_to_regimes(evaluation.regimes, evaluation.taken_back, self.as_at, limits)

    @property
    def worst(self) -> Group:
        """What the position comes to."""
        groups = {group_of(duty.status) for duty in self.duties}
        for group in (Group.BREACH, Group.CONTESTED, Group.OPEN):
            if group in groups:
                return group
        return Group.IN_ORDER

    @property
    def exit_code(self) -> int:
        """For scripts: 0 in order, 1 open, contested or attention, 2 breach."""
        if self.worst is Group.BREACH:
            return 2
        flagged = self.attention or any(duty.attention for duty in self.duties)
        return 1 if flagged or self.worst is not Group.IN_ORDER else 0


def duty_position(
    evaluation: Evaluation, result: DutyResult, as_at: date, ahead: Timeline[Status] | None = None
) -> DutyPosition:
    """One duty as at a day. `ahead` is its timeline if nothing were done after that day, where something was."""
    span = result.timeline.span(as_at)
    ahead = ahead or result.timeline
    until = ahead.span(as_at).until
    after = ahead.span(until) if until != NEVER else None
    readings = tuple(_reading(one, as_at) for one in result.readings)
    return DutyPosition(
        result.duty,
        span.value,
        span.first,
        readings,
        tuple(sorted(set(_deadlines(evaluation, result, readings[0].nodes, as_at)))),
        _attention(evaluation, result, readings[0].nodes, as_at),
        tuple(sorted(set(_history(result, as_at)))),
        (after.first, after.value) if after else None,
    )


def _reading(result: ReadingResult, as_at: date) -> ReadingPosition:
    span = result.timeline.span(as_at)
    outlook = result.outlook(as_at)
    nodes = outlook.explain(as_at) if outlook else ()
    return ReadingPosition(result.reading.id, result.reading.says, span.value, span.first, nodes)


def deadlines_by_reading(evaluation: Evaluation, result: DutyResult, as_at: date) -> Iterator[ReadingDue]:
    """What each reading of a duty sets next, side by side, also where several set the same day."""
    ends = evaluation.regime(as_at).ends
    for reading in result.readings:
        outlook = reading.outlook(as_at)
        due = min(_due(result.duty.id, outlook.matters(as_at) if outlook else (), as_at, ends), default=None)
        yield ReadingDue(reading.reading.id, reading.reading.says, reading.timeline.at(as_at), due)


def _attention(evaluation: Evaluation, result: DutyResult, nodes: Sequence[Node], as_at: date) -> tuple[str, ...]:
    """What to look at by the default reading; what was taken back in an earlier regime counts too."""
    default = result.readings[0]
    begun = [(regime, beside) for regime, beside in default.besides if regime.in_force[0] <= as_at]
    flags = [flag for regime, beside in begun if as_at < regime.in_force[1] for flag in beside.flags]
    taken_back = {one.order: one for _, beside in begun for one in beside.taken_back}
    outlook = default.outlook(as_at)
    matters = outlook.matters(as_at) if outlook else ()
    limits = limits_of(evaluation.pack.reference)
    if result.duty.kind is not DutyKind.UMBRELLA:
        flags += lifted(evaluation.regimes, default.timeline, limits)
    recurs = result.duty.kind is DutyKind.PERFORM_BY
    beside = Beside(tuple(flags), tuple(taken_back[order] for order in sorted(taken_back)), recurs)
    return attention_of(nodes, beside, matters, as_at, limits)


def _deadlines(evaluation: Evaluation, result: DutyResult, nodes: Sequence[Node], as_at: date) -> Iterator[Deadline]:
    ends = evaluation.regime(as_at).ends
    seen: set[tuple[date, str]] = set()
    for place, reading in enumerate(result.readings):
        outlook = reading.outlook(as_at)
        for one in _due(result.duty.id, outlook.matters(as_at) if outlook else (), as_at, ends):
            if (one.day, one.what) not in seen:
                seen.add((one.day, one.what))
                yield replace(one, reading=reading.reading.id if place else "")
    yield from _lapsing(result.duty.id, nodes)


def _history(result: DutyResult, as_at: date) -> Iterator[Missed]:
    """What was missed under the default reading: in each regime, what passed on its days, its end included.

    The first regime also answers for what had passed when the licensee learned that the condition binds. In a later
    one, a deadline that a parameter adopted late puts before its first day is missed on that day.
    """
    begun = [(regime, outlook) for regime, outlook in result.readings[0].outlooks if regime.in_force[0] <= as_at]
    seen: set[str] = set()
    for place, (regime, outlook) in enumerate(begun):
        first, until = regime.in_force
        for event in _missed(result.duty.id, outlook.matters(as_at), as_at, first if place else EVER):
            if event.day <= until and (event.day > first or event.what not in seen):
                seen.add(event.what)
                yield event


def _due(duty: str, matters: Sequence[Matter], as_at: date, ends: date) -> Iterator[Deadline]:
    for matter in matters:
        opened = (matter.clock or matter.opened) <= as_at or matter.opened <= as_at
        if not opened or as_at >= matter.closed or matter.due is None:
            continue
        if matter.answered.at(as_at).outcome is not Outcome.HELD:
            yield Deadline(matter.due, duty, matter.name, matter.source, matter.due < as_at, matter.due >= ends)


def _lapsing(duty: str, nodes: Sequence[Node]) -> Iterator[Deadline]:
    """The days on which proofs that a duty rests on end, each day once."""
    by_day: dict[date, list[str]] = {}
    for top in nodes:
        for path in top.paths():
            node = path[-1]
            if node.turns and node.outcome is Outcome.HELD:
                by_day.setdefault(node.turns - DAY, []).append(in_its_place(path))
    for day, labels in by_day.items():
        first = min(labels)
        what = f"proof ends: {first}" if len(labels) == 1 else f"{len(labels)} proofs end, such as {first}"
        yield Deadline(day, duty, what, Source.PROOF)


def _missed(duty: str, matters: Sequence[Matter], as_at: date, first: date) -> Iterator[Missed]:
    """Deadlines that passed unanswered before a day. One that passed with an answer in doubt may yet have been kept."""
    for matter in matters:
        due = matter.due
        if due is None or due >= as_at or due >= matter.closed:
            continue
        answered = matter.answered.at(as_at)
        if answered.outcome is Outcome.UNKNOWN and matter.answered.at(due + DAY).outcome is not Outcome.FAILED:
            continue
        good = answered.day if answered.outcome is Outcome.HELD else None
        day = max(due + DAY, matter.opened)
        if (good is None or good > due) and (day >= first or _open_on(matter, first, good)):
            yield Missed(max(day, first), duty, matter.name, matter.source, good)


def _open_on(matter: Matter, day: date, good: date | None) -> bool:
    """Whether a deadline that somebody else set was still unanswered on a later day."""
    return matter.source is not Source.PRODUCT and day < matter.closed and (good is None or good >= day)
