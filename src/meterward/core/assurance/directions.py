"""Directions of the Secretary of State and the Authority: what each requires, and what was done (Z.17 to Z.19)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from meterward.core.base.days import NEVER
from meterward.core.facts.asked import Asked
from meterward.core.facts.combine import Member
from meterward.core.facts.evidence import evidenced
from meterward.core.facts.fact import Fact, Tell, Told
from meterward.core.facts.matter import Matter, done_by
from meterward.core.facts.node import Flag
from meterward.core.facts.owed import Source
from meterward.core.facts.request import request
from meterward.core.records.kinds import direction_answered, direction_issued, document_received

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.direction_issued import DirectionIssued, Requirement
    from meterward.core.records.record import Record

_ASKS = ("runs_from", "doubtful")
PROHIBITED = "refrain"
ALL = ("do", PROHIBITED, "report", "produce")


def required(acts: tuple[str, ...]) -> Tell:
    """What tells of the requirements of some sorts, of every direction that a reading takes to bind."""

    def tell(read: Reader, ask: Ask) -> Told:
        states: list[Member] = []
        matters: list[Matter] = []
        flags = [flag for direction in read.all(direction_issued.KIND) for flag in _unreceived(read, direction)]
        for direction, start in _binding(read, ask):
            until = _until(read, ask, direction)
            for requirement in direction.facts.requirements:
                if requirement.act not in acts or not _binds(ask, direction, requirement):
                    continue
                if requirement.act == PROHIBITED:
                    state = evidenced(read, ask, "prohibition_kept", direction.subject, requirement.name)
                    states.append(Member(state, start, until))
                else:
                    matters.append(_matter(read, ask, direction, requirement, start, until))
        return Told(states=tuple(states), matters=tuple(matters), flags=tuple(flags) if acts == ALL else ())

    return tell


def doubts(ask: Ask, direction: Record[DirectionIssued], requirement: Requirement | None = None) -> tuple[str, ...]:
    """What makes it doubtful that a direction, or one requirement of it, binds.

    A doubt is for the lawyers; it never makes a direction go away. One about a requirement leaves the others alone.
    """
    found = [*_of_direction(ask, direction), *(_of_requirement(ask, direction, requirement) if requirement else ())]
    return tuple(f"{direction.subject}: validity in doubt, {doubt}; ask the lawyers" for doubt in found)


def _of_direction(ask: Ask, direction: Record[DirectionIssued]) -> Iterator[str]:
    facts = direction.facts
    if direction.occurred < ask.commencement:
        yield "issued before the condition came into force"
    if ask.parameters["z17_authority"] == "sos_only" and "secretary_of_state" not in facts.issuers:
        yield "issued by the Authority alone, which the adopted bracket excludes"
    if not facts.issuers:
        yield "it names no issuer"
    if ask.licensee not in facts.addressees:
        yield f"not addressed to {ask.licensee}"
    if not facts.purposes:
        yield "it names none of the six purposes"


def _of_requirement(ask: Ask, direction: Record[DirectionIssued], requirement: Requirement) -> Iterator[str]:
    if requirement.due and requirement.due < direction.occurred:
        yield f"the date for {requirement.name} is before the day of its issue"
    if ask.parameters["z17c_report_authority"] == "no" and requirement.to == ("authority",):
        yield f"{requirement.name} goes to the Authority alone, which the adopted bracket excludes"


def _binds(ask: Ask, direction: Record[DirectionIssued], requirement: Requirement | None = None) -> bool:
    """Whether a reading takes a direction, or one requirement of it, to bind."""
    return ask.reading["doubtful"] == "binds" or not doubts(ask, direction, requirement)


def _binding(read: Reader, ask: Ask) -> Iterator[tuple[Record[DirectionIssued], date]]:
    """The directions that a reading takes to bind, each with the day from which it does."""
    for direction in read.all(direction_issued.KIND):
        start = _start(read, ask, direction)
        if start < NEVER:
            yield direction, start


def _start(read: Reader, ask: Ask, direction: Record[DirectionIssued]) -> date:
    """The day from which a direction binds; NEVER if it does not."""
    if not _binds(ask, direction):
        return NEVER
    return direction.occurred if ask.reading["runs_from"] == "issue" else _received(read, direction)


def _received(read: Reader, direction: Record[DirectionIssued]) -> date:
    received = (receipt.occurred for receipt in read.of(document_received.KIND, direction.subject))
    return max(min(received, default=NEVER), direction.occurred)


def _until(read: Reader, ask: Ask, direction: Record[DirectionIssued]) -> date:
    """The day on which a direction is withdrawn, or one that replaces it begins to bind.

    Until an amendment binds, the version before it does; once the amendment is withdrawn, neither will any more.
    """
    until, successor = read.ended(direction), read.successor(direction)
    while successor:
        if _binds(ask, successor):
            until = min(until, _start(read, ask, successor), read.ended(successor))
        successor = read.successor(successor)
    return until


def _unreceived(read: Reader, direction: Record[DirectionIssued]) -> Iterator[Flag]:
    """Without a receipt the reading from receipt says nothing: something to look at while anything is still owed."""
    successor = read.successor(direction)
    over = min(read.ended(direction), successor.occurred if successor else NEVER)
    until = min(_received(read, direction), over, _answered(read, direction))
    if direction.occurred < until:
        words = f"{direction.subject}: no receipt is recorded; under the reading from receipt it does not bind yet"
        yield Flag(direction.occurred, until, words)


def _answered(read: Reader, direction: Record[DirectionIssued]) -> date:
    """The day by which all requirements were answered; NEVER if one was not, or is a standing prohibition."""
    answers = (
        min(
            (one.occurred for one in read.of(direction_answered.KIND, direction.subject, requirement.name)),
            default=NEVER,
        )
        for requirement in direction.facts.requirements
    )
    return max(answers, default=direction.occurred)


def _matter(
    read: Reader, ask: Ask, direction: Record[DirectionIssued], requirement: Requirement, start: date, until: date
) -> Matter:
    answered, explain = done_by(read.of(direction_answered.KIND, direction.subject, requirement.name))
    due = requirement.due
    if requirement.within_days is not None:
        due = start + timedelta(days=requirement.within_days)
    name, flags = f"{requirement.name} of {direction.subject}", doubts(ask, direction, requirement)
    if due is None:
        flags = (*flags, f"{direction.subject} sets no date for {requirement.name}; ask the issuer")
    return Matter(
        name,
        start,
        due,
        Source.INSTRUMENT,
        answered,
        (direction,),
        explain,
        request(direction_answered.KIND, f"{name}, with proof", direction.subject, {"requirement": requirement.name}),
        closed=until,
        attention=flags,
    )


def _prohibitions(read: Reader, subject: str) -> tuple[str, ...] | None:
    """What a direction prohibits, by name; None if it was withdrawn."""
    for direction in read.of(direction_issued.KIND, subject):
        return tuple(one.name for one in direction.facts.requirements if one.act == PROHIBITED)
    return None


ASKED = (Asked("prohibition_kept", ("direction",), _prohibitions),)

FACTS = (
    Fact("directions", "Everything that directions require, and what was done.", required(ALL), _ASKS),
    Fact("direction_reports", "The reports that directions require.", required(("report",)), _ASKS),
    Fact("direction_evidence", "The evidence that directions require.", required(("produce",)), _ASKS),
)
