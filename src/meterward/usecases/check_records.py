"""Check what only the whole of a ledger, read beside a law pack, can show: adoptions, and names that nobody knows.

Only effective records are looked at: what was corrected or withdrawn harms nobody, so a slip is mended by a record.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import (
    audit_reported,
    direction_answered,
    direction_issued,
    judgement_made,
    pack_adopted,
    recommendation_decided,
    state_evidenced,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.facts.reader import Reader
    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record

FUEL = "fuel"
"""The parameter that follows from the licence itself, so that nobody can adopt another."""


def check_records(pack: Pack, packs: Mapping[str, Pack], licences: Sequence[Reader]) -> Iterator[Problem]:
    """Everything that is wrong with the effective records of some licences, by the pack in use and those adopted.

    `packs` are those that are here, by name. The line of a problem is the record's place among the entries, from 1.
    """
    said: set[tuple[bytes, str]] = set()
    for read in licences:
        for record, problem in _of_licence(pack, packs, read):
            if (record.id, problem.field) not in said:
                said.add((record.id, problem.field))
                yield replace(problem, line=record.index + 1)


def _of_licence(pack: Pack, packs: Mapping[str, Pack], read: Reader) -> Iterator[tuple[Record[Any], Problem]]:
    adopted = read.all(pack_adopted.KIND)
    in_use = [pack, *(packs[name] for name in {record.facts.pack for record in adopted} if name in packs)]
    for record in adopted:
        for problem in _adoption(pack, packs, record):
            yield record, problem
    states = dict.fromkeys(name for one in in_use for name in one.reference.states)
    questions = dict.fromkeys(name for one in in_use for name in one.reference.questions)
    for finding in read.all(state_evidenced.KIND):
        if finding.facts.fact not in states:
            yield finding, _unknown("fact", finding.facts.fact, f"{pack.name} asks about no such state", states)
    for judgement in read.all(judgement_made.KIND):
        if judgement.facts.question not in questions:
            found = judgement.facts.question
            yield judgement, _unknown("question", found, f"{pack.name} asks no such question", questions)
    yield from _answers(read)
    yield from _decisions(read)


def _unknown(field: str, name: str, why: str, known: Mapping[str, object] | Sequence[str]) -> Problem:
    hint = f"{nearest(name, known)}The names are: {', '.join(known) or 'none'}."
    return Problem(Code.NAME_UNKNOWN, f"It is “{name}”, but {why}.", hint, f"facts.{field}")


def _adoption(pack: Pack, packs: Mapping[str, Pack], record: Record[Any]) -> Iterator[Problem]:
    facts = record.facts
    if not 1 <= facts.pack_version <= (packs[facts.pack].version if facts.pack in packs else 0):
        there = ", ".join(f"{name}, version {one.version}" for name, one in sorted(packs.items()))
        message = f"It adopts version {facts.pack_version} of “{facts.pack}”, which is not here."
        yield Problem(Code.PACK_UNKNOWN, message, f"{nearest(facts.pack, packs)}The packs are: {there}.", "facts.pack")
    if facts.pack != pack.name:
        return
    for place, setting in enumerate(facts.parameters):
        where = f"facts.parameters[{place}]"
        if setting.name == FUEL:
            hint = "Leave it out: the licence.held of each licence says which fuel it is for."
            message = "The fuel is not adopted: it follows from the licence."
            yield Problem(Code.PARAMETER_DERIVED, message, hint, where)
        else:
            yield from (replace(one, field=where) for one in check_hypothesis(pack, {setting.name: setting.value}))


def check_hypothesis(pack: Pack, hypothesis: Mapping[str, str]) -> list[Problem]:
    """What is wrong with parameters that somebody tries out."""
    known = {parameter.name: parameter.values for parameter in pack.parameters}
    problems = []
    for name, value in hypothesis.items():
        if name not in known:
            hint = f"{nearest(name, known)}The parameters are: {', '.join(known)}."
            problems.append(Problem(Code.PARAMETER_UNKNOWN, f"{pack.name} has no parameter “{name}”.", hint))
        elif value not in known[name]:
            hint = f"Its values are: {', '.join(known[name])}."
            problems.append(Problem(Code.PARAMETER_VALUE, f"{name} cannot be “{value}”.", hint))
    return problems


def _answers(read: Reader) -> Iterator[tuple[Record[Any], Problem]]:
    """Answers to what no version of their direction requires; without any direction there is nothing to compare."""
    last = _last_versions(read)
    required: dict[str, list[str]] = {}
    for direction in read.all(direction_issued.KIND):
        names = (requirement.name for requirement in direction.facts.requirements)
        required.setdefault(last[direction.subject], []).extend(names)
    known = {subject: dict.fromkeys(names) for subject, names in required.items()}
    for answer in read.all(direction_answered.KIND):
        names_there = known.get(last.get(answer.subject, ""))
        if names_there is not None and answer.facts.requirement not in names_there:
            why = f"{answer.subject} has no such requirement"
            yield answer, _unknown("requirement", answer.facts.requirement, why, names_there)


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


def _decisions(read: Reader) -> Iterator[tuple[Record[Any], Problem]]:
    """Decisions on what no report of their audit recommends; where none says what it does, nothing is wrong."""
    recommended: dict[str, dict[str, None]] = {}
    for report in read.all(audit_reported.KIND):
        if report.facts.recommendations is not None:
            recommended.setdefault(report.subject, {}).update(dict.fromkeys(report.facts.recommendations))
    for decision in read.all(recommendation_decided.KIND):
        name, known = decision.facts.recommendation, recommended.get(decision.subject)
        if name is not None and known is not None and name not in known:
            why = f"no report of {decision.subject} recommends that"
            yield decision, _unknown("recommendation", name, why, known)
