"""The story of a direction, for each of its addressees: what it requires, what was done, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.assurance.directions import PROHIBITED
from meterward.core.base.days import after
from meterward.core.records.kinds import (
    direction_advised,
    direction_answered,
    direction_progressed,
    direction_questioned,
    document_received,
    state_evidenced,
)
from meterward.core.records.kinds.direction_issued import DirectionIssued, Requirement
from meterward.core.records.kinds.direction_progressed import DirectionProgressed, Progress
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meterward.core.records.effective import Effective

KEPT = "prohibition_kept"
"""The state that is asked about where something is prohibited."""
_SHOWN = ("evidenced", "checked", "audited")
"""How something is shown that is more than claimed."""
FINAL = "final"


class StepState(StrEnum):
    """Where a requirement stands on a day."""

    DONE = "done"
    LATE = "done late"
    OPEN = "open"
    UNDATED = "no date"
    OVERDUE = "overdue"
    KEPT = "kept"
    BROKEN = "not kept"
    UNSHOWN = "not shown"
    OVER = "over"


OWED = (StepState.OPEN, StepState.UNDATED, StepState.OVERDUE)


class Over(NamedTuple):
    """Why a direction binds no more, and since when."""

    because: str
    """`amended`, `withdrawn` or `lapsed`."""
    since: date
    by: Record[Any] | None = None


class Step(NamedTuple):
    """One requirement, as it stands."""

    requirement: Requirement
    due: date | None
    state: StepState
    proofs: tuple[Record[Any], ...] = ()
    """What shows that it was met or kept, or that it was not."""
    told: Progress | None = None
    """What the licensee said of it last."""


class Story(NamedTuple):
    """A direction and one addressee."""

    direction: Record[DirectionIssued]
    addressee: str
    received: Record[Any] | None
    steps: tuple[Step, ...]
    questions: tuple[Record[Any], ...]
    advice: tuple[Record[Any], ...]
    reports: tuple[Record[DirectionProgressed], ...]
    over: Over | None

    @property
    def answers(self) -> tuple[Record[Any], ...]:
        """What shows that requirements were met, and what was found of prohibitions."""
        return tuple(one for step in self.steps for one in step.proofs)

    @property
    def final(self) -> Record[DirectionProgressed] | None:
        """The final report, if there is one."""
        return next((one for one in reversed(self.reports) if one.facts.report == FINAL), None)

    @property
    def owed(self) -> tuple[Step, ...]:
        """What is still to be done."""
        return tuple(one for one in self.steps if one.state in OWED)

    @property
    def overdue(self) -> tuple[Step, ...]:
        """What is late."""
        return tuple(one for one in self.steps if one.state is StepState.OVERDUE)

    @property
    def next_due(self) -> date | None:
        """The day on which something is due next, or was."""
        return min((one.due for one in self.owed if one.due), default=None)

    @property
    def done(self) -> int:
        """How many requirements were answered."""
        return sum(one.state in (StepState.DONE, StepState.LATE) for one in self.steps)

    @property
    def standing(self) -> str:
        """In a word: `amended`, `withdrawn`, `lapsed`, `overdue`, `unreceived`, `open` or `complied`."""
        if self.over:
            return self.over.because
        if self.overdue or any(one.state is StepState.BROKEN for one in self.steps):
            return "overdue"
        if not self.received:
            return "unreceived"
        return "open" if self.owed else "complied"


def stories(
    direction: Record[DirectionIssued], said: Effective, day: date, go_live: Mapping[str, date], of: Iterable[str] = ()
) -> list[Story]:
    """A direction's story for each of its addressees, or for some organisations, as at a day.

    `said` has what was said about it by then. At Go Live of the Code all directions lapse; it is given for each
    addressee of whom it is known.
    """
    about: defaultdict[str, list[Record[Any]]] = defaultdict(list)
    for one in said.records:
        about[one.about].append(one)
    taken = _taken_back(direction, said, day)
    return [
        _story(direction, name, about[name], day, taken or _lapsed(go_live.get(name), day))
        for name in of or direction.facts.addressees
    ]


def _taken_back(direction: Record[DirectionIssued], said: Effective, day: date) -> Over | None:
    end, successor = said.end(direction), said.successor(direction)
    if end and end.occurred <= day:
        return Over("withdrawn", end.occurred, end)
    if successor and successor.occurred <= day:
        return Over("amended", successor.occurred, successor)
    return None


def _lapsed(go_live: date | None, day: date) -> Over | None:
    return Over("lapsed", go_live) if go_live and go_live <= day else None


def _story(
    direction: Record[DirectionIssued], addressee: str, records: Iterable[Record[Any]], day: date, over: Over | None
) -> Story:
    of: defaultdict[str, list[Record[Any]]] = defaultdict(list)
    for one in records:
        if one.occurred <= day:
            of[one.kind.name].append(one)
    reports = tuple(of[direction_progressed.KIND.name])
    steps = tuple(_step(direction, one, of, reports, day) for one in direction.facts.requirements)
    return Story(
        direction,
        addressee,
        next(iter(of[document_received.KIND.name]), None),
        tuple(one._replace(state=StepState.OVER) if over and one.state in OWED else one for one in steps),
        tuple(of[direction_questioned.KIND.name]),
        tuple(of[direction_advised.KIND.name]),
        reports,
        over,
    )


def _step(
    direction: Record[DirectionIssued],
    requirement: Requirement,
    of: Mapping[str, Sequence[Record[Any]]],
    reports: Iterable[Record[DirectionProgressed]],
    day: date,
) -> Step:
    told = [step for one in reports for step in one.facts.steps if step.requirement == requirement.name]
    last = told[-1] if told else None
    if requirement.act == PROHIBITED:
        found = of.get(state_evidenced.KIND.name, ())
        shown = [one for one in found if one.facts.fact == KEPT and one.facts.aspect == requirement.name]
        state = _kept(shown, day)
        said = {"kept": StepState.KEPT, "not_kept": StepState.BROKEN}.get(last.state) if last else None
        return Step(requirement, None, state if shown or said is None else said, tuple(shown[-1:]), last)
    answers = of.get(direction_answered.KIND.name, ())
    answered = tuple(one for one in answers if one.facts.requirement == requirement.name)
    due = due_of(direction, requirement)
    return Step(requirement, due, _met(answered, due, day), answered, last)


def due_of(direction: Record[DirectionIssued], requirement: Requirement) -> date | None:
    """The last day on which a requirement is in time, counted from the day of issue if it counts days."""
    if requirement.within_days is not None:
        return direction.occurred + timedelta(days=requirement.within_days)
    return requirement.due


def _met(answered: Sequence[Record[Any]], due: date | None, day: date) -> StepState:
    if answered:
        return StepState.LATE if due and answered[0].occurred > due else StepState.DONE
    if due is None:
        return StepState.UNDATED
    return StepState.OVERDUE if day > due else StepState.OPEN


def _kept(shown: Sequence[Record[Any]], day: date) -> StepState:
    """A finding that it was broken stands until a later one; one that it was kept counts as long as it is valid."""
    last = next((one for one in reversed(shown) if one.facts.strength in _SHOWN), None)
    if last is None:
        return StepState.UNSHOWN
    if last.facts.outcome == "failed":
        return StepState.BROKEN
    return StepState.KEPT if not last.facts.valid_to or day < after(last.facts.valid_to) else StepState.UNSHOWN
