"""What a regulator's own ledger says of each licensee: directions and requests that stand, and cases that are open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from meterward.core.assurance.direction_story import stories
from meterward.core.assurance.request_story import Clock, request_story
from meterward.core.base.days import NEVER
from meterward.core.records.effective import effective
from meterward.core.records.kinds import (
    bundle_taken,
    case_closed,
    case_noted,
    case_opened,
    direction_answered,
    direction_issued,
    direction_progressed,
    evidence_produced,
    evidence_requested,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from meterward.core.assurance.direction_story import Story
    from meterward.core.records.effective import Effective
    from meterward.core.records.record import Record

KINDS = tuple(
    one.KIND.name
    for one in (
        *(bundle_taken, case_closed, case_noted, case_opened),
        *(direction_answered, direction_issued, direction_progressed, evidence_produced, evidence_requested),
    )
)
"""The kinds that are read for it."""


@dataclass(slots=True)
class Case:
    """An enforcement case: what opened it, what was noted, and what closed it, if anything did."""

    opened: Record[Any]
    notes: list[Record[Any]] = field(default_factory=list)
    closed: Record[Any] | None = None


@dataclass(slots=True)
class Outstanding:
    """What stands between a regulator and one licensee, as far as the regulator's own ledger tells."""

    directions: list[Record[Any]] = field(default_factory=list)
    late_directions: int = 0
    """How many of them have a requirement whose day passed, and nothing here answers it."""
    requests: list[Record[Any]] = field(default_factory=list)
    """Those that nothing here answers in full."""
    late_requests: int = 0
    bundles: list[Record[Any]] = field(default_factory=list)
    """Those that were taken in, in the order of the ledger."""
    cases: list[Case] = field(default_factory=list)

    @property
    def open_cases(self) -> int:
        """How many cases are open."""
        return sum(one.closed is None for one in self.cases)


def outstanding(records: Iterable[Record[Any]], day: date, go_live: Mapping[str, date]) -> Mapping[str, Outstanding]:
    """What stands on a day, by licensee. At Go Live of the Code directions lapse; it is given where it is known."""
    said = effective(records)
    found: defaultdict[str, Outstanding] = defaultdict(Outstanding)
    about: defaultdict[str, list[Record[Any]]] = defaultdict(list)
    for one in said.records:
        if one.occurred <= day:
            about[one.subject].append(one)
    for some in about.values():
        spoken = replace(said, records=some)
        for one in some:
            if one.kind is direction_issued.KIND:
                _direct(found, stories(one, spoken, day, go_live))
            else:
                _tell(found, one, spoken, day)
    return found


def _direct(found: Mapping[str, Outstanding], told: Iterable[Story]) -> None:
    for story in told:
        if not story.over:
            found[story.addressee].directions.append(story.direction)
            found[story.addressee].late_directions += story.standing == "overdue"


def _tell(found: Mapping[str, Outstanding], one: Record[Any], said: Effective, day: date) -> None:
    """Note what one record comes to, beside what was said about the same thing."""
    if one.kind is evidence_requested.KIND:
        asked = request_story(one, said, day, Clock(one.facts.due or NEVER, is_ours=one.facts.due is None))
        if not asked.answered and not asked.over:
            found[one.about].requests.append(one)
            found[one.about].late_requests += asked.standing == "overdue"
    elif said.until(one) > day and one.kind is bundle_taken.KIND:
        found[one.about].bundles.append(one)
    elif said.until(one) > day and one.kind is case_opened.KIND:
        found[one.about].cases.append(_case(one, said))


def _case(opened: Record[Any], said: Effective) -> Case:
    notes = [one for one in said.records if one.kind is case_noted.KIND]
    closed = (one for one in reversed(said.records) if one.kind is case_closed.KIND)
    return Case(opened, notes, next(closed, None))
