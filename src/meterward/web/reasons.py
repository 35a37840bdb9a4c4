"""Why a duty stands as it does for one licence, as its page shows it: readings, instances, history, what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import DAY, NEVER
from meterward.core.facts.node import Outcome
from meterward.core.facts.owed import Source
from meterward.core.facts.request import Request
from meterward.core.obligations.status import WORST_FIRST, Group, Status, group_of
from meterward.core.obligations.strand import matter_status
from meterward.present.position_json import deadline_json
from meterward.usecases.explain_clause import explain_duty
from meterward.usecases.trace_history import trace_history
from meterward.web.dues import dues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.base.timeline import Span
    from meterward.core.facts.matter import Matter
    from meterward.core.obligations.position import DutyPosition, Missed, Position
    from meterward.usecases.explain_clause import Explained, Explanation
    from meterward.web.dues import Due

_TO_MEND = (Group.BREACH, Group.CONTESTED, Group.OPEN)
"""How a duty stands that can be put right."""


class Instance(NamedTuple):
    """One thing that the duty asked for: a window, an event, a request, with its days and how it stands."""

    what: str
    opened: date
    due: date | None
    own: bool
    status: Status
    done: date | None


class Mending(NamedTuple):
    """What would put a duty right: what is missing under its readings, or of a roll-up the duties that lack it."""

    requests: list[Request]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a duty stands as it does for one licence."""

    licence: str
    explained: Explained
    shown: list[tuple[Explanation, bool]]
    """Each reading, and whether it is shown unfolded, as the first that comes to its group of statuses is. Where they
    disagree, the worst stands first; else the default one."""
    instances: list[Instance]
    history: list[Span[Status]]
    due: list[Due]
    missed: list[tuple[Missed, date]]
    mending: Mending | None
    """What would put it right; None where it is in order, or nothing is known to be missing."""


def why(position: Position, duty: DutyPosition) -> Why:
    """Why a duty of a position stands as it does."""
    explained = explain_duty(position, duty)
    deadlines = [deadline_json(one) for one in duty.deadlines]
    missed = sorted(duty.history, reverse=True)
    return Why(
        position.evaluation.basis.licence,
        explained,
        list(_shown(explained)),
        list(_instances(position, duty))[::-1],
        trace_history(position, duty)[::-1],
        dues(deadlines, position.as_at),
        [(one, one.day - DAY) for one in missed],
        _mending(explained),
    )


def _mending(explained: Explained) -> Mending | None:
    """What is missing under the readings that are not in order, the worst first, each thing once."""
    wrong = [one for one in explained.readings if group_of(one.follows.status) in _TO_MEND]
    wrong.sort(key=lambda one: WORST_FIRST.index(one.follows.status))
    lacking = tuple(dict.fromkeys(name for one in wrong for name in one.lacking))
    requests = [] if lacking else list(dict.fromkeys(request for one in wrong for request in one.missing))
    return Mending(requests, lacking) if requests or lacking else None


def _shown(explained: Explained) -> Iterator[tuple[Explanation, bool]]:
    worst_first = sorted(explained.readings, key=lambda one: WORST_FIRST.index(one.follows.status))
    seen = set()
    for reading in explained.readings if explained.agree else worst_first:
        group = group_of(reading.follows.status)
        yield reading, group not in seen
        seen.add(group)


def _instances(position: Position, duty: DutyPosition) -> Iterator[Instance]:
    """What the default reading asked for up to the day, one thing a line, in order of opening."""
    result = position.evaluation.duty(duty.duty.id)
    outlook = result.readings[0].outlook(position.as_at) if result else None
    matters = outlook.matters(position.as_at) if outlook else ()
    for matter in sorted(matters, key=lambda one: (one.opened, one.name)):
        if matter.opened <= position.as_at:
            yield _instance(matter, position.as_at)


def _instance(matter: Matter, as_at: date) -> Instance:
    """How a matter stands; one that is closed, as it stood on its last day."""
    day = as_at if matter.closed == NEVER else min(as_at, matter.closed - DAY)
    answered = matter.answered.at(day)
    done = answered.day if answered.outcome is Outcome.HELD else None
    own = matter.source is Source.PRODUCT
    return Instance(matter.name, matter.opened, matter.due, own, matter_status(matter, day), done)
