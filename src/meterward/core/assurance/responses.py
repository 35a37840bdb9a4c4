"""What the licensee does with a report: senior management considers it, decisions and actions are recorded (Z.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.assurance.audits import reports
from meterward.core.base.days import NEVER, stretches
from meterward.core.facts.fact import Fact, Told
from meterward.core.facts.matter import Answer, Matter, Source, done_by
from meterward.core.isms.management import MISSING, considered
from meterward.core.records.kinds import (
    action_completed,
    action_planned,
    document_received,
    recommendation_decided,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from meterward.core.base.timeline import Timeline
    from meterward.core.facts.ask import Ask
    from meterward.core.facts.node import Node
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.action_planned import ActionPlanned
    from meterward.core.records.kinds.audit_reported import AuditReported
    from meterward.core.records.record import Record

_ACTED_ON = ("accept", "part")


def consideration(read: Reader, ask: Ask) -> Told:
    """Each report, the whole of it, was brought to senior management's attention and considered."""
    return Told(matters=tuple(matter for record in reports(read, ask) for matter in _considered(read, record)))


def decisions(read: Reader, ask: Ask) -> Told:
    """A decision on each recommendation, and for each accepted one an action that is kept up to date."""
    return Told(matters=tuple(matter for record in reports(read, ask) for matter in _decided(read, record)))


def _since_receipt(
    read: Reader,
    report: Record[AuditReported],
    name: str,
    answer: Timeline[Answer],
    explain: Callable[[date], tuple[Node, ...]],
    missing: str,
) -> Iterator[Matter]:
    """A matter whose clock starts with the receipt of a report; until a receipt is known, with the report's own day."""
    receipt = next(iter(read.of(document_received.KIND, report.subject)), None)
    received = max(receipt.occurred, report.occurred) if receipt else NEVER
    if received > report.occurred:
        flag = (f"{report.subject}: no receipt is recorded; our own limit counts from the report's day",)
        yield Matter(
            name,
            report.occurred,
            None,
            Source.PRODUCT,
            answer,
            (report,),
            explain,
            missing,
            closed=received,
            attention=flag,
        )
    if receipt:
        yield Matter(name, received, None, Source.PRODUCT, answer, (report, receipt), explain, missing)


def _considered(read: Reader, report: Record[AuditReported]) -> Iterator[Matter]:
    answer, explain = considered(read, report.subject)
    return _since_receipt(read, report, f"report of {report.subject}", answer, explain, MISSING)


def _decided(read: Reader, report: Record[AuditReported]) -> Iterator[Matter]:
    for recommendation in report.facts.recommendations or ("",):
        name = (
            f"{recommendation} of {report.subject}" if recommendation else f"that {report.subject} recommends nothing"
        )
        made = read.of(recommendation_decided.KIND, report.subject, recommendation)
        answer, explain = done_by(made)
        missing = f"recommendation.decided: {name}"
        yield from _since_receipt(read, report, f"decision on {name}", answer, explain, missing)
        planned = read.of(action_planned.KIND, report.subject, recommendation)
        for decided, (_, changed) in zip(made, stretches(one.occurred for one in made), strict=True):
            if decided.facts.decision in _ACTED_ON:
                yield _planning(name, decided, planned, changed)
        yield from (_action(read, action) for action in planned)


def _planning(name: str, decided: Record[Any], planned: Sequence[Record[ActionPlanned]], changed: date) -> Matter:
    answer, explain = done_by(planned)
    missing = f"action.planned: for {name}, with owner and date"
    matter = f"action for {name}"
    return Matter(matter, decided.occurred, None, Source.PRODUCT, answer, (decided,), explain, missing, closed=changed)


def _action(read: Reader, action: Record[ActionPlanned]) -> Matter:
    answer, explain = done_by(read.of(action_completed.KIND, action.subject))
    successor = read.successor(action)
    return Matter(
        action.subject,
        action.occurred,
        action.facts.due,
        Source.PRODUCT,
        answer,
        (action,),
        explain,
        f"action.completed: {action.subject}, with proof",
        closed=min(read.ended(action), successor.occurred if successor else NEVER),
    )


FACTS = (
    Fact(
        "report_considered",
        "Whether senior management was informed of each audit report and considered it.",
        consideration,
    ),
    Fact("report_decisions", "The decisions on each recommendation, and the actions that follow.", decisions),
)
