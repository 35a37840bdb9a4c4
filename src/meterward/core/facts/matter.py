"""Matters: one thing that is owed, from a day, perhaps by a day, and what answers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import EVER, NEVER
from meterward.core.base.timeline import Timeline, of_changes
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.owed import Owed, Source
from meterward.core.facts.request import Request
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meterward.core.facts.act import Act


class Answered(NamedTuple):
    """Whether a matter is answered as far as is known on a day: held with the day that counts, unknown, or failed."""

    outcome: Outcome
    day: date | None = None


UNANSWERED = Answered(Outcome.FAILED)
DOUBTFUL = Answered(Outcome.UNKNOWN)


class Matter(NamedTuple):
    """Something owed from `opened` on, by `due` (inclusive) if there is a limit, out of sight from `closed` on."""

    name: str
    opened: date
    due: date | None
    source: Source
    answered: Timeline[Answered]
    records: tuple[Record[Any], ...] = ()
    """The records that opened it."""
    answers: Callable[[date], tuple[Node, ...]] = lambda _: ()
    """What answers it, or could, as far as is known on a day."""
    missing: Request | None = None
    clock: date | None = None
    """The day from which a limit counts, if it is not `opened`."""
    closed: date = NEVER
    attention: tuple[str, ...] = ()

    @property
    def owed(self) -> Owed:
        """What is to be done, and by when."""
        return Owed(self.name, self.due, self.source)


def answered_by(acts: Iterable[Act]) -> Timeline[Answered]:
    """The answer that acts give: the earliest that counts, else doubt if one may count."""
    acts = list(acts)
    days = sorted(
        {EVER}
        | {start for act in acts for start in act.counts.timeline.starts if start > act.known_on}
        | {act.known_on for act in acts}
    )
    return of_changes((day, _answered(acts, day)) for day in days)


def _answered(acts: Sequence[Act], day: date) -> Answered:
    outcomes = [(act.counts.timeline.at(day), act) for act in acts if act.known_on <= day]
    counting = [act.day for outcome, act in outcomes if outcome is Outcome.HELD]
    if counting:
        return Answered(Outcome.HELD, min(counting))
    return DOUBTFUL if any(outcome is Outcome.UNKNOWN for outcome, _ in outcomes) else UNANSWERED


def done_by(records: Sequence[Record[Any]]) -> tuple[Timeline[Answered], Callable[[date], tuple[Node, ...]]]:
    """The answer that the first of some records gives, each of which would do, and its explanation."""
    first, second = [*sorted(records, key=lambda record: record.order), None, None][:2]
    changes: list[tuple[date, Answered]] = [(EVER, UNANSWERED)]
    if first:
        changes.append((first.occurred, Answered(Outcome.HELD, first.occurred)))

    def explain(day: date) -> tuple[Node, ...]:
        if first is None or day < first.occurred:
            return ()
        without = Outcome.HELD if second and second.occurred <= day else Outcome.UNKNOWN
        return (Node(f"done by {first.kind.name}", Outcome.HELD, (first,), without),)

    return of_changes(changes), explain
