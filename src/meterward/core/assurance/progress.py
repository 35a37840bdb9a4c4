"""How far an audit is on a day, and what is owed next, by whom and by when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds import (
    action_assessed,
    action_completed,
    action_planned,
    audit_answered,
    audit_reported,
    audit_scoped,
    document_received,
    independence_declared,
    management_considered,
    management_informed,
    recommendation_decided,
    report_commented,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.assurance.engagement import Audit


class Stage(StrEnum):
    """How far an audit is."""

    ENGAGED = "engaged"
    PLANNED = "planned"
    FIELDWORK = "fieldwork"
    AFTER_FIELDWORK = "after_fieldwork"
    DRAFT = "draft"
    COMMENTED = "commented"
    ISSUED = "issued"
    RECEIVED = "received"
    CONSIDERED = "considered"
    DECIDED = "decided"
    CLOSED = "closed"


class Side(StrEnum):
    """Whose turn it is."""

    AUDITOR = "auditor"
    LICENSEE = "licensee"


class Owed(NamedTuple):
    """Something that comes next: what, whose turn it is, by when if there is a day, and the record that tells it."""

    what: str
    side: Side
    kind: str
    due: date | None = None
    subject: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """What is known of the record's facts already."""
    apart: tuple[str, str] | None = None
    """The person, and the organisation, by whom it cannot be done."""

    def is_late(self, day: date) -> bool:
        """Whether its day passed."""
        return self.due is not None and self.due < day


def stage_of(audit: Audit, day: date) -> Stage:
    """How far an audit is on a day."""
    if audit.report is None:
        return _under_way(audit, day)
    if audit.received is None:
        return Stage.ISSUED
    if audit.considered is None or audit.informed is None:
        return Stage.RECEIVED
    if audit.decided < len(audit.recommended) or not (audit.recommended or audit.nothing):
        return Stage.CONSIDERED
    done = all(one.completed for one in audit.actions) and not any(one.needs_action for one in audit.recommended)
    return Stage.CLOSED if done else Stage.DECIDED


def owed(audit: Audit, day: date, own: Side = Side.LICENSEE) -> tuple[Owed, ...]:
    """What is owed next, in the order in which it comes. What follows the report, the licensee's ledger alone tells."""
    after = _after(audit) if audit.report and own is Side.LICENSEE else ()
    return (*_before(audit, day), *after)


def _under_way(audit: Audit, day: date) -> Stage:
    if audit.drafts:
        commented = any(one.order > audit.drafts[-1].order for one in audit.comments)
        return Stage.COMMENTED if commented else Stage.DRAFT
    if audit.plan is None or audit.fieldwork is None:
        return Stage.ENGAGED
    first, last = audit.fieldwork
    return Stage.PLANNED if day < first else Stage.FIELDWORK if day <= last else Stage.AFTER_FIELDWORK


def _before(audit: Audit, day: date) -> Iterator[Owed]:
    """What is owed until there is a report; what was asked and not answered stays open."""
    name, auditor = audit.name, ("auditor", audit.auditor)
    for enquiry in audit.enquiries:
        if enquiry.is_open:
            asked, items = enquiry.record, tuple(("items", item) for item in enquiry.left)
            what = f"Answer {asked.subject}"
            yield Owed(what, Side.LICENSEE, audit_answered.KIND.name, asked.facts.due, asked.subject, (auditor, *items))
    if audit.report:
        return
    if audit.declared is None:
        yield Owed("Declare your independence", Side.AUDITOR, independence_declared.KIND.name, None, name)
    if audit.plan is None and not audit.drafts:
        yield Owed("Plan the audit and its scope", Side.AUDITOR, audit_scoped.KIND.name, None, name)
        return
    stage, promised = stage_of(audit, day), audit.plan.facts.report_by if audit.plan else None
    if stage is Stage.DRAFT:
        yield Owed("Check the facts of the draft", Side.LICENSEE, report_commented.KIND.name, None, name, (auditor,))
    if stage in (Stage.AFTER_FIELDWORK, Stage.DRAFT, Stage.COMMENTED):
        what = "Issue the report" if audit.drafts else "Write the report"
        yield Owed(what, Side.AUDITOR, audit_reported.KIND.name, promised, name)


def _after(audit: Audit) -> Iterator[Owed]:
    """What is owed since there is a report. How long that may take is the law's to say."""
    name = audit.name
    if audit.received is None:
        yield Owed("Record the receipt of the report", Side.LICENSEE, document_received.KIND.name, None, name)
    whole = (("whole", "true"),)
    if audit.informed is None:
        what = "Bring the whole report to senior management"
        yield Owed(what, Side.LICENSEE, management_informed.KIND.name, None, name, whole)
    if audit.considered is None:
        what = "Let senior management consider the whole report"
        yield Owed(what, Side.LICENSEE, management_considered.KIND.name, None, name, whole)
    yield from _recommendations(audit)
    if not audit.recommended and audit.nothing is None:
        nothing = (("decision", "nothing_to_decide"),)
        what = "Note that there is nothing to decide"
        yield Owed(what, Side.LICENSEE, recommendation_decided.KIND.name, None, name, nothing)


def _recommendations(audit: Audit) -> Iterator[Owed]:
    for one in audit.recommended:
        if one.decided is None:
            about = (("recommendation", one.name),)
            yield Owed(
                f"Decide on {one.name}", Side.LICENSEE, recommendation_decided.KIND.name, None, audit.name, about
            )
        if one.needs_action:
            known = (("of", audit.name), ("part", one.name))
            yield Owed(f"Plan an action for {one.name}", Side.LICENSEE, action_planned.KIND.name, None, "", known)
        for action in one.actions:
            subject, due = action.record.subject, action.record.facts.due
            if action.completed is None:
                yield Owed(f"Complete {subject}", Side.LICENSEE, action_completed.KIND.name, due, subject)
            elif action.assessed is None:
                what = f"Let somebody else check whether {subject} had its effect"
                actor = action.completed.actor
                by = (actor.person, actor.organisation)
                yield Owed(what, Side.LICENSEE, action_assessed.KIND.name, None, subject, (), by)
