"""The queue of what makes a risk assessment stale: it goes on as threats change (3.9 of the consultation)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from meterward.core.base.days import add_months
from meterward.core.records.kinds import (
    assessment_completed,
    assessment_reviewed,
    audit_reported,
    direction_issued,
    element_declared,
    incident_recorded,
    match_settled,
    system_described,
    threats_matched,
)
from meterward.core.records.kinds.threats_matched import MatchRow
from meterward.core.records.record import Record
from meterward.core.records.terms import SYSTEM
from meterward.core.risk.matching import CONFIDENCES
from meterward.core.risk.register import rated, register
from meterward.core.risk.scales import scales_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.facts.reader import Reader
    from meterward.core.records.kind import Kind
    from meterward.core.risk.register import Risk

Why: TypeAlias = Literal[
    "age", "system", "incident", "audit", "direction", "match", "scales", "unrated", "overdue", "acceptance"
]
"""Why something is to be looked at: the assessment is old; the system changed; an incident, an audit report, a
direction, a new threat; estimates on other scales, or none; a measure that is late; an acceptance that has run out."""

_EVENTS: tuple[tuple[Why, Kind[Any]], ...] = (
    ("system", element_declared.KIND),
    ("system", system_described.KIND),
    ("incident", incident_recorded.KIND),
    ("audit", audit_reported.KIND),
    ("direction", direction_issued.KIND),
)


_DAY = timedelta(1)


class Due(NamedTuple):
    """Something to be looked at, since a day, with the risks that it touches."""

    why: Why
    subject: str
    since: date
    risks: tuple[str, ...]
    records: tuple[Record[Any], ...] = ()
    match: MatchRow | None = None
    """What matches and how sure that is, where that is why, as it was told last."""

    @property
    def order(self) -> tuple[int, date, str, str]:
        """Where it stands in the queue: the oldest first, and matches that are less than certain after all else."""
        unsure = CONFIDENCES.index(self.match.confidence) if self.match else 0
        return unsure, self.since, self.why, self.subject


class Places(NamedTuple):
    """The risks by the elements that they can happen to; those of the system as a whole can happen to each."""

    whole: frozenset[str]
    at: Mapping[str, list[str]]

    def touched(self, elements: Iterable[str]) -> tuple[str, ...]:
        """The risks that can happen to some elements, by name."""
        return tuple(sorted(self.whole.union(*(self.at.get(one, ()) for one in elements))))


def queue(read: Reader, day: date) -> tuple[Due, ...]:
    """Everything that asks for a re-assessment on a day, in its order."""
    there = register(read).on(day)
    at = by_element(there)
    found = [*_age(read, day), *_events(read, at, day), *_matches(read, at, day), *_risks(read, there, day)]
    return tuple(sorted(found, key=lambda due: due.order))


def last_assessment(read: Reader, day: date) -> Record[assessment_completed.AssessmentCompleted] | None:
    """The assessment that was completed last by a day."""
    there = [one for one in read.all(assessment_completed.KIND) if one.occurred <= day]
    return there[-1] if there else None


def _age(read: Reader, day: date) -> Iterator[Due]:
    last, scales = last_assessment(read, day), scales_on(read, day)
    if last and scales and day > (old := add_months(last.occurred, scales.record.facts.assess_months)):
        yield Due("age", last.subject, old, (), (last,))


def _events(read: Reader, at: Places, day: date) -> Iterator[Due]:
    """What happened since the last assessment, and that no review has answered.

    An assessment is of the system of its day; whether it knew of an incident, a report or a direction of that day is
    not known, and asked.
    """
    last = last_assessment(read, day)
    if last is None:
        return
    for why, kind in _EVENTS:
        for record in read.all(kind):
            subject = SYSTEM if kind is system_described.KIND else record.subject
            known = last.occurred if why == "system" else last.occurred - _DAY
            if known < record.occurred <= day and not _answered(read, subject, record, day):
                elements = (*record.introduced, *record.named, record.subject)
                yield Due(why, subject, record.occurred, at.touched(elements), (record,))


def _answered(read: Reader, subject: str, record: Record[Any], day: date) -> bool:
    answers = read.of(assessment_reviewed.KIND, subject)
    return any(record.occurred <= answer.occurred <= day for answer in answers)


def _matches(read: Reader, at: Places, day: date) -> Iterator[Due]:
    """Each match, from the first comparison that found it until somebody settled it."""
    first: dict[str, Record[threats_matched.ThreatsMatched]] = {}
    last: dict[str, MatchRow] = {}
    for record in read.all(threats_matched.KIND):
        for row in record.facts.matches if record.occurred <= day else ():
            first.setdefault(row.match, record)
            last[row.match] = row
    for name, row in last.items():
        if not _settled(read, name, day):
            yield Due("match", name, first[name].occurred, at.touched((row.element,)), (first[name],), row)


def _settled(read: Reader, match: str, day: date) -> bool:
    return any(one.occurred <= day for one in read.of(match_settled.KIND, match))


def _risks(read: Reader, there: tuple[Risk, ...], day: date) -> Iterator[Due]:
    """Risks without a rating, measures that are late, acceptances that ran out."""
    for risk in there:
        now = rated(read, risk, day)
        if now.residual is None:
            why: Why = "scales" if any(one.occurred <= day for one in risk.estimates) else "unrated"
            yield Due(why, risk.name, risk.first, (risk.name,), (risk.record,))
        for measure in risk.measures:
            if measure.is_overdue(day):
                yield Due("overdue", measure.record.subject, measure.record.facts.due, (risk.name,), (measure.record,))
        ended = [one for one in risk.treated if one.facts.accepted_until and one.facts.accepted_until < day]
        if ended and now.standing == "open" and (last := ended[-1].facts.accepted_until):
            yield Due("acceptance", risk.name, last, (risk.name,), (ended[-1],))


def by_element(there: Iterable[Risk]) -> Places:
    """Some risks by the elements that they can happen to."""
    whole: list[str] = []
    at: defaultdict[str, list[str]] = defaultdict(list)
    for risk in there:
        for element in risk.record.facts.elements:
            at[element].append(risk.name)
        if not risk.record.facts.elements:
            whole.append(risk.name)
    return Places(frozenset(whole), at)
