"""Whether something was brought to senior management's attention, and considered: two events, both needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.days import EVER, in_words
from meterward.core.base.timeline import Timeline, of_changes
from meterward.core.facts.act import Act
from meterward.core.facts.matter import DOUBTFUL, UNANSWERED, Answered, answered_by
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.remark import Reason, Remark
from meterward.core.facts.request import request
from meterward.core.facts.state import known
from meterward.core.records.kinds import management_considered, management_informed, role_appointed
from meterward.core.records.roles import named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.facts.state import State
    from meterward.core.records.kind import Kind
    from meterward.core.records.kinds.management_considered import ManagementConsidered
    from meterward.core.records.kinds.management_informed import ManagementInformed
    from meterward.core.records.record import Record

SENIOR = "senior_manager"
_IN_PART = Remark(Reason.IN_PART, "Only a part or a summary was put to them.")
_NOT_SENIOR = Remark(
    Reason.NOT_SENIOR, "No member named held the role of senior manager on that day, as far as recorded."
)
_WHOLE = "the whole document, by members of senior management"


def considered(
    read: Reader, subject: str, since: date = EVER
) -> tuple[Timeline[Answered], Callable[[date], tuple[Node, ...]]]:
    """The answer that informing and considering give together, on the later of their days, and its explanation.

    What happened before `since` was about something else, such as a draft.
    """
    told, minuted = read.of(management_informed.KIND, subject), read.of(management_considered.KIND, subject)
    informed = [_act(read, record, "informed") for record in told if record.occurred >= since]
    weighed = [_act(read, record, "considered") for record in minuted if record.occurred >= since]
    first, second = answered_by(informed), answered_by(weighed)
    days = sorted({*first.starts, *second.starts})
    timeline = of_changes((day, _both(first.at(day), second.at(day))) for day in days)

    def explain(day: date) -> tuple[Node, ...]:
        return (
            _event(management_informed.KIND, subject, informed, first.at(day), day),
            _event(management_considered.KIND, subject, weighed, second.at(day), day),
        )

    return timeline, explain


def _both(one: Answered, other: Answered) -> Answered:
    if Outcome.FAILED in (one.outcome, other.outcome):
        return UNANSWERED
    if Outcome.UNKNOWN in (one.outcome, other.outcome):
        return DOUBTFUL
    return Answered(Outcome.HELD, max(one.day or EVER, other.day or EVER))


def _event(kind: Kind[Any], subject: str, acts: Sequence[Act], answered: Answered, day: date) -> Node:
    done = "informed" if kind is management_informed.KIND else "considered"
    nodes = tuple(act.explain(day) for act in acts if act.known_on <= day)
    missing = None if answered.outcome is Outcome.HELD else request(kind, f"of {subject}, {_WHOLE}", subject)
    return Node(f"senior management {done}", answered.outcome, missing=missing, children=nodes)


def _act(read: Reader, record: Record[ManagementInformed] | Record[ManagementConsidered], verb: str) -> Act:
    return Act(f"{verb} on {in_words(record.occurred)}", record.occurred, record, _counts(read, record))


def _counts(read: Reader, record: Record[ManagementInformed] | Record[ManagementConsidered]) -> State:
    if not record.facts.whole:
        return known("the whole document", Outcome.FAILED, _IN_PART)
    if any(_senior(read, person, record.occurred) for person in record.facts.members):
        return known("a member of senior management on that day", Outcome.HELD)
    person = record.facts.members[0] if len(record.facts.members) == 1 else None
    about = {"role": SENIOR, "person": person}
    missing = request(role_appointed.KIND, f"as {named([SENIOR])}, for a member named in the record", facts=about)
    return known("a member of senior management on that day", Outcome.UNKNOWN, _NOT_SENIOR, missing)


def _senior(read: Reader, person: str, day: date) -> bool:
    return any(
        record.facts.role == SENIOR and record.occurred <= day < read.ended(record)
        for record in read.of(role_appointed.KIND, person)
    )
