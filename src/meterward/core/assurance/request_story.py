"""The story of a request for evidence: by when it is to be answered, what was produced, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds import evidence_produced
from meterward.core.records.kinds.evidence_produced import EvidenceProduced
from meterward.core.records.kinds.evidence_requested import EvidenceRequested
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from meterward.core.records.effective import Effective


class Clock(NamedTuple):
    """By when a request is to be answered: by the date that it names, or by our own limit, which breaches nothing."""

    last: date
    is_ours: bool

    def left(self, day: date) -> int:
        """How many days are left on a day; below nothing, how many it is late."""
        return (self.last - day).days


class RequestStory(NamedTuple):
    """A request, as it stands."""

    request: Record[EvidenceRequested]
    clock: Clock
    produced: tuple[Record[EvidenceProduced], ...]
    over: Record[Any] | None
    day: date

    @property
    def answered(self) -> Record[EvidenceProduced] | None:
        """What answered it: the first answer that is complete; a part does not."""
        return next((one for one in self.produced if one.facts.complete), None)

    @property
    def standing(self) -> str:
        """In a word: `over`, `answered`, `late` (answered so), `part`, `overdue`, `slow` (past our limit) or `open`."""
        if self.answered:
            late = not self.clock.is_ours and self.answered.occurred > self.clock.last
            return "late" if late else "answered"
        if self.over:
            return "over"
        if self.day > self.clock.last:
            return "slow" if self.clock.is_ours else "overdue"
        return "part" if self.produced else "open"


def request_story(request: Record[EvidenceRequested], said: Effective, day: date, clock: Clock) -> RequestStory:
    """A request's story as at a day. `said` has what was said about it."""
    produced = tuple(
        one
        for one in said.records
        if one.kind is evidence_produced.KIND and one.about == request.about and one.occurred <= day
    )
    end = said.end(request)
    return RequestStory(request, clock, produced, end if end and end.occurred <= day else None, day)
