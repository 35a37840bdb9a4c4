"""Directions of the Secretary of State and the Authority: what each requires, and what was done (Z.17 to Z.19)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from meterward.core.base.days import NEVER
from meterward.core.facts.combine import Member
from meterward.core.facts.evidence import evidenced
from meterward.core.facts.fact import Fact, Tell, Told
from meterward.core.facts.matter import Matter, Source, done_by
from meterward.core.records.kinds import direction_answered, direction_issued, document_received

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.direction_issued import DirectionIssued, Requirement
    from meterward.core.records.record import Record

_ASKS = ("runs_from", "doubtful")
ALL = ("do", "refrain", "report", "produce")


def required(acts: tuple[str, ...]) -> Tell:
    """What tells of the requirements of some sorts, of every direction that a reading takes to bind."""

    def tell(read: Reader, ask: Ask) -> Told:
        states: list[Member] = []
        matters: list[Matter] = []
        for direction, start in _binding(read, ask):
            until = _until(read, direction)
            for requirement in direction.facts.requirements:
                if requirement.act not in acts:
                    continue
                if requirement.act == "refrain":
                    state = evidenced(read, ask, "prohibition_kept", direction.subject, requirement.name)
                    states.append(Member(state, start, until))
                else:
                    matters.append(_matter(read, ask, direction, requirement, start, until))
        return Told(states=tuple(states), matters=tuple(matters))

    return tell


def doubts(ask: Ask, direction: Record[DirectionIssued]) -> tuple[str, ...]:
    """What makes it doubtful that a direction binds. A doubt is for the lawyers; it never makes a direction go away."""
    facts = direction.facts
    found = []
    if ask.parameters["z17_authority"] == "sos_only" and "secretary_of_state" not in facts.issuers:
        found.append("issued by the Authority alone, which the adopted bracket excludes")
    if not facts.issuers:
        found.append("it names no issuer")
    if ask.licensee not in facts.addressees:
        found.append(f"not addressed to {ask.licensee}")
    if not facts.purposes:
        found.append("it names none of the six purposes")
    if any(one.due and one.due < direction.occurred for one in facts.requirements):
        found.append("a date in it is before the day of its issue")
    if ask.parameters["z17c_report_authority"] == "no" and any(one.to == ("authority",) for one in facts.requirements):
        found.append("a report goes to the Authority alone, which the adopted bracket excludes")
    return tuple(f"{direction.subject}: validity in doubt, {doubt}; ask the lawyers" for doubt in found)


def _binding(read: Reader, ask: Ask) -> Iterator[tuple[Record[DirectionIssued], date]]:
    for direction in read.all(direction_issued.KIND):
        if ask.reading["doubtful"] == "does-not-bind" and doubts(ask, direction):
            continue
        if ask.reading["runs_from"] == "issue":
            yield direction, direction.occurred
        else:
            for receipt in read.of(document_received.KIND, direction.subject)[:1]:
                yield direction, max(receipt.occurred, direction.occurred)


def _until(read: Reader, direction: Record[DirectionIssued]) -> date:
    successor = read.successor(direction)
    return min(read.ended(direction), successor.occurred if successor else NEVER)


def _matter(
    read: Reader, ask: Ask, direction: Record[DirectionIssued], requirement: Requirement, start: date, until: date
) -> Matter:
    answer, explain = done_by(read.of(direction_answered.KIND, direction.subject, requirement.name))
    due = requirement.due
    if requirement.within_days is not None:
        due = start + timedelta(days=requirement.within_days)
    flags = doubts(ask, direction)
    if due is None:
        flags = (*flags, f"{direction.subject} sets no date for {requirement.name}; ask the issuer")
    return Matter(
        f"{requirement.name} of {direction.subject}",
        start,
        due,
        Source.INSTRUMENT,
        answer,
        (direction,),
        explain,
        f"direction.answered: {requirement.name} of {direction.subject}, with proof",
        closed=until,
        attention=flags,
    )


FACTS = (
    Fact("directions", "Everything that directions require, and what was done.", required(ALL), _ASKS),
    Fact("direction_reports", "The reports that directions require.", required(("report",)), _ASKS),
    Fact("direction_evidence", "The evidence that directions require.", required(("produce",)), _ASKS),
)
