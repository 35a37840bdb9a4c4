"""Names in effective records of what another record names: requirements, recommendations, gaps and risks.

Where no effective record says what there is, there is nothing to compare with, and nothing is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from meterward.core.base.nearest import listed
from meterward.core.records.kinds import (
    action_planned,
    assessment_completed,
    audit_reported,
    direction_answered,
    direction_issued,
    recommendation_decided,
    risk_treated,
    standard_assessed,
)
from meterward.usecases.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.facts.reader import Reader
    from meterward.usecases.slip import Found

_Names: TypeAlias = "Mapping[str, Mapping[str, None]]"
"""For a subject, the names that its records give."""


def slips_of_parts(read: Reader) -> Found:
    """Everything that is named as a part of something that has no such part."""
    recommended = _recommended(read)
    yield from _answers(read)
    yield from _decisions(read, recommended)
    yield from _nothing_to_decide(read, recommended)
    yield from _actions(read, recommended)
    yield from _treatments(read)


def _recommended(read: Reader) -> _Names:
    """By audit, what its reports recommend; an audit is missing where none says what it does."""
    recommended: dict[str, dict[str, None]] = {}
    for report in read.all(audit_reported.KIND):
        if report.facts.recommendations is not None:
            recommended.setdefault(report.subject, {}).update(dict.fromkeys(report.facts.recommendations))
    return recommended


def _answers(read: Reader) -> Found:
    """Answers to what no version of their direction requires."""
    last = _last_versions(read)
    required: dict[str, dict[str, None]] = {}
    for direction in read.all(direction_issued.KIND):
        names = dict.fromkeys(requirement.name for requirement in direction.facts.requirements)
        required.setdefault(last[direction.subject], {}).update(names)
    for answer in read.all(direction_answered.KIND):
        known, name = required.get(last.get(answer.subject, "")), answer.facts.requirement
        if known is not None and name not in known:
            yield answer, Slip("facts.requirement", name, f"{answer.subject} has no such requirement", known)


def _last_versions(read: Reader) -> dict[str, str]:
    """For each direction, the last of those that replace each other from it on; versions of one have one last."""
    last: dict[str, str] = {}
    for first in read.all(direction_issued.KIND):
        direction, passed = first, [first.subject]
        while direction.subject not in last and (successor := read.successor(direction)):
            direction = successor
            passed.append(direction.subject)
        last.update(dict.fromkeys(passed, last.get(direction.subject, direction.subject)))
    return last


def _decisions(read: Reader, recommended: _Names) -> Found:
    """Decisions on what no report of their audit recommends."""
    for decision in read.all(recommendation_decided.KIND):
        name, known = decision.facts.recommendation, recommended.get(decision.subject)
        if name is not None and known is not None and name not in known:
            why = f"no report of {decision.subject} recommends that"
            yield decision, Slip("facts.recommendation", name, why, known)


def _nothing_to_decide(read: Reader, recommended: _Names) -> Found:
    """Notes that there is nothing to decide, where every final report of the audit recommends something.

    Before the final report nobody knows what it recommends, and one that leaves it open asks for such a note.
    """
    reports = [report for report in read.all(audit_reported.KIND) if report.facts.status == "final"]
    silent = {report.subject for report in reports if not report.facts.recommendations}
    outspoken = {report.subject for report in reports} - silent
    for decision in read.all(recommendation_decided.KIND):
        if decision.facts.recommendation is None and decision.subject in outspoken:
            why, name = f"every report of {decision.subject} recommends something", decision.facts.decision
            hint = f"Decide on each: {listed(recommended[decision.subject])}."
            yield decision, Slip("facts.decision", name, why, hint=hint)


def _actions(read: Reader, recommended: _Names) -> Found:
    """Actions for a recommendation that no report makes, or for a gap that an assessment did not find.

    What an incident or anything else consists of, nobody records: a part of that is named freely.
    """
    gaps = {one.subject: dict.fromkeys(one.facts.gaps) for one in read.all(standard_assessed.KIND)}
    for action in read.all(action_planned.KIND):
        of, part = action.facts.of, action.facts.part
        known = gaps.get(of, recommended.get(of))
        if part is not None and known is not None and part not in known:
            why = f"{of} found no such gap" if of in gaps else f"no report of {of} recommends that"
            yield action, Slip("facts.part", part, why, known)


def _treatments(read: Reader) -> Found:
    """Treatments of what their assessment does not name, if it names any risk: it counts those below appetite."""
    named = {one.subject: dict.fromkeys(one.facts.above_appetite) for one in read.all(assessment_completed.KIND)}
    for treatment in read.all(risk_treated.KIND):
        known, name = named.get(treatment.subject), treatment.facts.risk
        if known and name not in known:
            why = f"{treatment.subject} names no such risk above appetite"
            yield treatment, Slip("facts.risk", name, why, known)
