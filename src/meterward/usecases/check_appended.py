"""Check records that are about to be appended beside a law pack: nothing may keep the ledger from being evaluated.

A further record is compared with the few earlier ones that say what there is for it to name. A record that says what
there is for others to name is compared with those others too: they may have become wrong by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.base.canonical import Json
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.kinds import (
    action_planned,
    assessment_completed,
    audit_reported,
    direction_answered,
    direction_issued,
    element_declared,
    judgement_made,
    pack_adopted,
    policy_issued,
    recommendation_decided,
    record_ended,
    risk_treated,
    standard_assessed,
    state_evidenced,
    system_described,
)
from meterward.core.records.record import NO_LINKS, Record
from meterward.core.system.winding import tells_within
from meterward.usecases.check_records import check_records

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from meterward.core.base.problem import Problem
    from meterward.core.obligations.law import Pack
    from meterward.core.records.kind import Kind

Earlier: TypeAlias = "Callable[[Collection[str], Collection[str]], Iterable[Record[Any]]]"
"""Gives the earlier records of some kinds, about some subjects if any are named, and those that act on these."""

_EVERY = ""
"""In place of a subject: whatever it is about."""
_NAMING = (state_evidenced.KIND, judgement_made.KIND)
_SYSTEM = (element_declared.KIND, system_described.KIND)


class Further(NamedTuple):
    """Records that are about to be appended, and the earlier ones that they act on, by id."""

    records: Sequence[Record[Any]]
    targets: Mapping[bytes, Record[Any]]
    lines: Sequence[Mapping[str, Json]] = ()
    """The lines that the records come of, in the same order: with their words and files, which records have not."""


class _Part(NamedTuple):
    """Records of a kind, about a subject or about whatever it is."""

    kind: str
    subject: str


def check_appended(
    pack: Pack, packs: Mapping[str, Pack], further: Further, earlier: Earlier
) -> list[tuple[int, Problem]]:
    """What stands against some further records, each problem with the record's place among them."""
    if not further.records:
        return []
    first = further.records[0].index
    several = len(packs) > 1
    needed = {part for record in further.records for part in _needed(record, further, several=several)}
    there = [record for record in _fetched(needed, earlier) if record.index < first]
    there += [record for record in further.targets.values() if record.index < first]
    found = _wrong(pack, packs, [*there, *further.records])
    if not found:
        return []
    before = {(problem.line, problem.field) for problem in _wrong(pack, packs, there)}
    new = [problem for problem in found if (problem.line, problem.field) not in before]
    return [_placed(problem, first, further) for problem in new]


def targets_in(index: Index, records: Iterable[Record[Any]]) -> Iterator[Record[Any]]:
    """The records of a licence that some records act on."""
    return (index.records[target] for one in records for target in one.links if target in index.records)


def _part(kind: Kind[Any], subject: str = _EVERY) -> _Part:
    return _Part(kind.name, subject)


def _needed(record: Record[Any], further: Further, *, several: bool) -> Iterator[_Part]:
    """The earlier records without which nobody can tell whether a further one makes anything wrong."""
    what, links = record, record.links
    if links.withdraws:
        there = {one.id: one for one in further.records}
        what = further.targets.get(links.withdraws) or there[links.withdraws]
    yield from _named_by(what)
    if tells_within(what) or (_is_of_system(what) and (links.corrects or links.withdraws)):
        yield from (_part(one) for one in _SYSTEM)
    if links.corrects or links.withdraws or what.kind is audit_reported.KIND:
        yield from _naming(what)
    if links.withdraws and what.links.corrects:
        yield _part(what.kind, what.subject)
        yield from _comes_back(what)
    if several:
        yield from _with_packs(what)


def _is_of_system(record: Record[Any]) -> bool:
    """Whether something else is told of an element, once the record is taken back."""
    ends = record.kind is record_ended.KIND and record.subject.startswith(f"{system_described.ELEMENT}/")
    return record.kind in _SYSTEM or ends


def _named_by(record: Record[Any]) -> Iterator[_Part]:
    """What says which names a record may use."""
    kind, subject = record.kind, record.subject
    space = subject.partition("/")[0]
    if kind in _NAMING and space == "policy":
        yield _part(policy_issued.KIND, subject)
    elif kind is direction_issued.KIND and record.links is NO_LINKS:
        # Nobody could name it before, and it takes the place of nothing.
        return
    elif kind is direction_answered.KIND or kind is direction_issued.KIND or (kind in _NAMING and space == "direction"):
        yield _part(direction_issued.KIND)
    elif kind is recommendation_decided.KIND:
        yield _part(audit_reported.KIND, subject)
    elif kind is risk_treated.KIND:
        yield _part(assessment_completed.KIND, subject)
    elif kind is action_planned.KIND and record.facts.part is not None:
        yield from (_part(one, record.facts.of) for one in (audit_reported.KIND, standard_assessed.KIND))


def _naming(record: Record[Any]) -> Iterator[_Part]:
    """What uses names that a record gives."""
    kind, subject = record.kind, record.subject
    if kind is policy_issued.KIND:
        yield from (_part(one, subject) for one in (kind, *_NAMING))
    elif kind is direction_issued.KIND:
        yield _part(direction_answered.KIND)
        yield from (_part(one, subject) for one in _NAMING)
    elif kind is audit_reported.KIND:
        yield from (_part(kind, subject), _part(recommendation_decided.KIND, subject), _part(action_planned.KIND))
    elif kind is standard_assessed.KIND:
        yield from (_part(kind, subject), _part(action_planned.KIND))
    elif kind is assessment_completed.KIND:
        yield from (_part(kind, subject), _part(risk_treated.KIND, subject))


def _comes_back(record: Record[Any]) -> Iterator[_Part]:
    """What says which names may be used by whatever a correction had corrected: the same, unless it was an action."""
    if record.kind is action_planned.KIND:
        yield from (_part(audit_reported.KIND), _part(standard_assessed.KIND))


def _with_packs(record: Record[Any]) -> Iterator[_Part]:
    """Where there are several packs, those that were adopted say what is asked, and where the clauses are."""
    if record.kind in (*_NAMING, audit_reported.KIND):
        yield _part(pack_adopted.KIND)
    elif record.kind is pack_adopted.KIND:
        yield from (_part(one) for one in (*_NAMING, audit_reported.KIND, pack_adopted.KIND))


def _fetched(needed: Collection[_Part], earlier: Earlier) -> Iterator[Record[Any]]:
    whole = {part.kind for part in needed if part.subject == _EVERY}
    some = [part for part in needed if part.kind not in whole]
    if whole:
        yield from earlier(sorted(whole), ())
    if some:
        yield from earlier(sorted({part.kind for part in some}), sorted({part.subject for part in some}))


def _wrong(pack: Pack, packs: Mapping[str, Pack], records: Sequence[Record[Any]]) -> list[Problem]:
    licences = sorted({licence for record in records for licence in record.licences})
    indexes = [Index(licence) for licence in licences]
    for index in indexes:
        for record in records:
            index.append(record)
    return list(check_records(pack, packs, [Reader(index) for index in indexes]))


def _placed(problem: Problem, first: int, further: Further) -> tuple[int, Problem]:
    """A problem with the place of its record; for an earlier record, with that of a further one that makes it wrong."""
    place = problem.line - 1 - first
    if place >= 0:
        return place, problem
    message = f"With it, {problem.field} of entry {problem.line:,} would be wrong. {problem.message}"
    hint = "Correct or withdraw that entry first."
    acting = (place for place, one in enumerate(further.records) if one.links.corrects or one.links.withdraws)
    reports = (place for place, one in enumerate(further.records) if one.kind is audit_reported.KIND)
    return next(acting, next(reports, 0)), replace(problem, message=message, hint=hint, field="")
