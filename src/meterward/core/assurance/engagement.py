"""An audit as its records tell it, from the engagement to what became of each recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from meterward.core.base.days import NEVER
from meterward.core.records.kinds import (
    action_assessed,
    action_completed,
    action_planned,
    audit_answered,
    audit_asked,
    audit_engaged,
    audit_reported,
    audit_scoped,
    document_received,
    independence_declared,
    management_considered,
    management_informed,
    recommendation_decided,
    report_commented,
)
from meterward.core.records.kinds.action_planned import ActionPlanned
from meterward.core.records.kinds.audit_asked import AuditAsked
from meterward.core.records.kinds.audit_engaged import AuditEngaged
from meterward.core.records.kinds.audit_reported import AuditReported
from meterward.core.records.kinds.audit_scoped import AuditScoped
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.records.kind import Kind

T = TypeVar("T")
ACTED_ON = ("accept", "part")
"""The decisions after which something is to be done."""


class Enquiry(NamedTuple):
    """A request for evidence, and how it was answered."""

    record: Record[AuditAsked]
    answers: tuple[Record[Any], ...]
    ended: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be answered."""
        return not self.ended and bool(self.left) and not any(one.facts.complete for one in self.answers)

    @property
    def left(self) -> tuple[str, ...]:
        """The things that no answer names."""
        given = {item for one in self.answers for item in one.facts.items}
        return tuple(item.name for item in self.record.facts.items if item.name not in given)

    def is_late(self, day: date) -> bool:
        """Whether it was not answered in time."""
        return self.is_open and self.record.facts.due < day


class ActionTold(NamedTuple):
    """An action, whether it was done, and whether somebody else found that it had its effect."""

    record: Record[ActionPlanned]
    completed: Record[Any] | None
    assessed: Record[Any] | None
    own: Record[Any] | None
    """A check by the same person who completed it, which does not count."""

    def is_late(self, day: date) -> bool:
        """Whether it was not done in time."""
        return self.completed is None and self.record.facts.due < day


class Recommended(NamedTuple):
    """A recommendation, the decision that stands, and the actions that follow."""

    name: str
    decided: Record[Any] | None
    actions: tuple[ActionTold, ...]
    followed: tuple[tuple[Record[AuditReported], str], ...] = ()
    """What later reports say of it: how far it was found to be."""

    @property
    def needs_action(self) -> bool:
        """Whether it was accepted and nothing is planned."""
        return bool(self.decided and self.decided.facts.decision in ACTED_ON and not self.actions)


class Audit(NamedTuple):
    """One audit on a day."""

    name: str
    licensee: str
    engaged: Record[AuditEngaged]
    declared: Record[Any] | None
    plans: tuple[Record[AuditScoped], ...]
    enquiries: tuple[Enquiry, ...]
    drafts: tuple[Record[AuditReported], ...]
    comments: tuple[Record[Any], ...]
    report: Record[AuditReported] | None
    received: Record[Any] | None
    informed: Record[Any] | None
    considered: Record[Any] | None
    recommended: tuple[Recommended, ...]
    nothing: Record[Any] | None = None
    """The note that there is nothing to decide, where the report recommends nothing."""

    @property
    def short(self) -> str:
        """Its name without the namespace."""
        return self.name.partition("/")[2]

    @property
    def auditor(self) -> str:
        """The organisation that audits."""
        return self.engaged.facts.organisation

    @property
    def plan(self) -> Record[AuditScoped] | None:
        """The plan that stands."""
        return self.plans[-1] if self.plans else None

    @property
    def said(self) -> Record[AuditReported] | None:
        """The report, or the last draft as long as there is none."""
        return self.report or (self.drafts[-1] if self.drafts else None)

    @property
    def fieldwork(self) -> tuple[date, date] | None:
        """First and last day of the fieldwork, as it was reported or else as it is planned."""
        told = self.said or self.plan
        return (told.facts.fieldwork_start, told.facts.fieldwork_end) if told else None

    @property
    def decided(self) -> int:
        """How many recommendations are decided."""
        return sum(one.decided is not None for one in self.recommended)

    @property
    def actions(self) -> tuple[ActionTold, ...]:
        """Every action that follows."""
        return tuple(action for one in self.recommended for action in one.actions)


def audits_of(read: Reader, day: date, licensee: str = "") -> tuple[Audit, ...]:
    """The audits that were begun by a day, in order: of one licensee, where the ledger knows of several."""
    found = [one for one in read.all(audit_engaged.KIND) if one.occurred <= day and licensee in ("", one.about)]
    return tuple(_audit(read, one, day) for one in found if read.successor(one) is None)


def audit_named(read: Reader, name: str, day: date, licensee: str) -> Audit | None:
    """One audit of a licensee; None if there is none of that name yet."""
    return next((one for one in audits_of(read, day, licensee) if one.name == name), None)


def _audit(read: Reader, engaged: Record[AuditEngaged], day: date) -> Audit:
    name, about = engaged.subject, engaged.about

    def of(kind: Kind[T]) -> list[Record[T]]:
        return [one for one in read.of(kind, name) if one.occurred <= day and one.about == about]

    said = of(audit_reported.KIND)
    finals = [one for one in said if one.facts.status == "final"]
    report = finals[-1] if finals else None
    since = report.occurred if report else NEVER
    names = report.facts.recommendations if report else None
    return Audit(
        name,
        about,
        engaged,
        _last(of(independence_declared.KIND)),
        tuple(of(audit_scoped.KIND)),
        tuple(_enquiry(read, one, day) for one in _asked(read, name, about, day)),
        tuple(one for one in said if one.facts.status == "draft"),
        tuple(of(report_commented.KIND)),
        report,
        next((one for one in of(document_received.KIND) if one.occurred >= since), None),
        _whole(of(management_informed.KIND), since),
        _whole(of(management_considered.KIND), since),
        tuple(_recommended(read, name, one, about, day) for one in names or ()),
        next((one for one in of(recommendation_decided.KIND) if one.facts.recommendation is None), None),
    )


def _asked(read: Reader, audit: str, about: str, day: date) -> list[Record[AuditAsked]]:
    every = read.all(audit_asked.KIND)
    return [one for one in every if one.facts.audit == audit and one.about == about and one.occurred <= day]


def _enquiry(read: Reader, asked: Record[AuditAsked], day: date) -> Enquiry:
    answers = [one for one in read.of(audit_answered.KIND, asked.subject) if one.about == asked.about]
    return Enquiry(asked, tuple(one for one in answers if one.occurred <= day), read.ended(asked) <= day)


def _recommended(read: Reader, audit: str, name: str, about: str, day: date) -> Recommended:
    decided = [one for one in read.of(recommendation_decided.KIND, audit, name) if one.occurred <= day]
    planned = [one for one in read.of(action_planned.KIND, audit, name) if one.occurred <= day < read.until(one)]
    followed = tuple(
        (report, row.state)
        for report in read.all(audit_reported.KIND)
        if report.occurred <= day and report.about == about
        for row in report.facts.follow_up
        if (row.audit, row.recommendation) == (audit, name)
    )
    return Recommended(name, _last(decided), tuple(_action(read, one, day) for one in planned), followed)


def _action(read: Reader, planned: Record[ActionPlanned], day: date) -> ActionTold:
    completed = _last([one for one in read.of(action_completed.KIND, planned.subject) if one.occurred <= day])
    checks = [
        one
        for one in read.of(action_assessed.KIND, planned.subject)
        if completed and completed.occurred <= one.occurred <= day
    ]
    others = [one for one in checks if completed and not _same_person(one, completed)]
    return ActionTold(planned, completed, _last(others), _last([one for one in checks if one not in others]))


def _same_person(one: Record[Any], other: Record[Any]) -> bool:
    return (one.actor.person, one.actor.organisation) == (other.actor.person, other.actor.organisation)


def _whole(found: Sequence[Record[Any]], since: date) -> Record[Any] | None:
    """The first that was of the whole report."""
    return next((one for one in found if one.facts.whole and one.occurred >= since), None)


def _last(found: Sequence[Record[T]]) -> Record[T] | None:
    return found[-1] if found else None
