"""What the licensee does with a report: senior management considers it, decisions and actions are recorded (Z.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.assurance.audits import reports
from meterward.core.base.days import NEVER, stretches
from meterward.core.facts.fact import Fact, Told
from meterward.core.facts.matter import Answered, Matter, done_by
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.owed import Source
from meterward.core.facts.request import request
from meterward.core.isms.management import considered
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
    from meterward.core.facts.reader import Reader
    from meterward.core.facts.request import Request
    from meterward.core.records.kinds.action_planned import ActionPlanned
    from meterward.core.records.kinds.audit_reported import AuditReported
    from meterward.core.records.kinds.recommendation_decided import RecommendationDecided
    from meterward.core.records.record import Record

_ACTED_ON = ("accept", "part")


def consideration(read: Reader, ask: Ask) -> Told:
    """Each report, the whole of it, was brought to senior management's attention and considered."""
    return Told(matters=tuple(matter for record in reports(read, ask) for matter in _considered(read, record)))


def decisions(read: Reader, ask: Ask) -> Told:
    """A decision on each recommendation, and for each accepted one an action that is kept up to date."""
    found = reports(read, ask)
    decided = [matter for record in found for matter in _decided(read, record)]
    first: dict[tuple[str, str], date] = {}
    for record in found:
        for part in (*_asked(record), ""):
            first.setdefault((record.subject, part), record.occurred)
    planned = [
        _action(read, action, day) for part, day in first.items() for action in read.of(action_planned.KIND, *part)
    ]
    return Told(matters=(*decided, *planned))


def _since_receipt(
    read: Reader,
    report: Record[AuditReported],
    name: str,
    answered: Timeline[Answered],
    explain: Callable[[date], tuple[Node, ...]],
    missing: Request | None = None,
) -> Iterator[Matter]:
    """A matter whose clock starts with the receipt of a report; until a receipt is known, with the report's own day.

    What was received before that was a draft. A later edition takes the report's place.
    """
    receipts = read.of(document_received.KIND, report.subject)
    receipt = next((one for one in receipts if one.occurred >= report.occurred), None)
    received, replaced = receipt.occurred if receipt else NEVER, _replaced(read, report)
    if received > report.occurred:
        flag = (f"{report.subject}: no receipt is recorded; our own limit counts from the report's day",)
        yield Matter(
            name,
            report.occurred,
            None,
            Source.PRODUCT,
            answered,
            (report,),
            explain,
            missing,
            closed=min(received, replaced),
            attention=flag,
        )
    if receipt and received < replaced:
        opened_by = (report, receipt)
        yield Matter(name, received, None, Source.PRODUCT, answered, opened_by, explain, missing, closed=replaced)


def _replaced(read: Reader, report: Record[AuditReported]) -> date:
    """The day on which another edition took a report's place; NEVER if none did."""
    return read.until(report, counts=lambda edition: edition.facts.status == "final")


def _considered(read: Reader, report: Record[AuditReported]) -> Iterator[Matter]:
    answered, explain = considered(read, report.subject, since=report.occurred)
    return _since_receipt(read, report, f"consideration of the report of {report.subject}", answered, explain)


def _decided(read: Reader, report: Record[AuditReported]) -> Iterator[Matter]:
    replaced = _replaced(read, report)
    for recommendation in _asked(report):
        name = (
            f"{recommendation} of {report.subject}" if recommendation else f"that {report.subject} recommends nothing"
        )
        made = read.of(recommendation_decided.KIND, report.subject, recommendation)
        answered, _ = done_by(made)
        about = {"recommendation": recommendation, "decision": "" if recommendation else "nothing_to_decide"}
        missing = request(recommendation_decided.KIND, name, report.subject, about)
        yield from _since_receipt(read, report, f"decision on {name}", answered, _decisions(made), missing)
        planned = read.of(action_planned.KIND, report.subject, recommendation)
        for decided, (first, changed) in zip(made, stretches(one.occurred for one in made), strict=True):
            since, until = max(first, report.occurred), min(changed, replaced)
            if decided.facts.decision in _ACTED_ON and since < until:
                yield _planning(name, decided, planned, since)._replace(closed=until)


def _decisions(made: Sequence[Record[RecommendationDecided]]) -> Callable[[date], tuple[Node, ...]]:
    """The decision that stands on a day, and before it the first one, which says when it was decided at all."""

    def explain(day: date) -> tuple[Node, ...]:
        known = [record for record in made if record.occurred <= day]
        without = Outcome.HELD if len(known) > 1 else Outcome.UNKNOWN
        return tuple(
            Node(
                f"{'first decided' if place else 'decided'}: {record.facts.decision}", Outcome.HELD, (record,), without
            )
            for place, record in enumerate(dict.fromkeys((*known[-1:], *known[:1])))
        )

    return explain


def _asked(report: Record[AuditReported]) -> tuple[str, ...]:
    """What a report asks to be decided, by name; without a name, that there is nothing to decide."""
    return report.facts.recommendations or ("",)


def _planning(name: str, decided: Record[Any], planned: Sequence[Record[ActionPlanned]], since: date) -> Matter:
    answered, explain = done_by(planned)
    answers = {"of": decided.subject, "part": decided.facts.recommendation}
    missing = request(action_planned.KIND, f"for {name}, with owner and date", facts=answers)
    return Matter(f"action for {name}", since, None, Source.PRODUCT, answered, (decided,), explain, missing)


def _action(read: Reader, action: Record[ActionPlanned], reported: date) -> Matter:
    """An action that answers a report, or one of its recommendations, since that was reported."""
    answered, explain = done_by(read.of(action_completed.KIND, action.subject))
    return Matter(
        action.subject,
        max(action.occurred, reported),
        action.facts.due,
        Source.PRODUCT,
        answered,
        (action,),
        explain,
        request(action_completed.KIND, f"{action.subject}, with proof", action.subject),
        closed=read.until(action),
    )


FACTS = (
    Fact(
        "report_considered",
        "Whether senior management was informed of each audit report and considered it.",
        consideration,
    ),
    Fact("report_decisions", "The decisions on each recommendation, and the actions that follow.", decisions),
)
