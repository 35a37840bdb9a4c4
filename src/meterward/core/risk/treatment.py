"""Whether every risk above appetite is treated, or accepted by senior management for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import NEVER, after
from meterward.core.facts.combine import Member, all_of
from meterward.core.facts.node import Outcome
from meterward.core.facts.request import request
from meterward.core.facts.state import Finding, State, known, state_of
from meterward.core.records.kinds import assessment_completed, risk_treated

if TYPE_CHECKING:
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.assessment_completed import AssessmentCompleted
    from meterward.core.records.record import Record


def assessment(read: Reader, subject: str | None) -> Record[AssessmentCompleted] | None:
    """The risk assessment of that name, if there is one that counts."""
    records = read.of(assessment_completed.KIND, subject) if subject else ()
    return records[-1] if records else None


def treated(read: Reader, subject: str | None) -> State:
    """Whether each risk above appetite of an assessment has a treatment or an acceptance that still stands."""
    found = assessment(read, subject)
    label = "every risk above appetite treated or accepted"
    if found is None:
        missing = request(assessment_completed.KIND, "the assessment that the policy cites", subject or "")
        return known(label, Outcome.UNKNOWN, missing=missing)
    risks = [Member(_risk(read, found.subject, risk), found.occurred) for risk in found.facts.above_appetite]
    if not risks:
        return state_of(f"{label}: none is above appetite", [Finding(found, found.occurred, NEVER)], None)
    missing = request(assessment_completed.KIND, f"{found.subject}, on or before this day", found.subject)
    return all_of(label, risks, missing)


def _risk(read: Reader, subject: str, risk: str) -> State:
    findings = [
        Finding(record, record.occurred, after(record.facts.accepted_until))
        for record in read.of(risk_treated.KIND, subject, risk)
    ]
    missing = request(risk_treated.KIND, f"{risk} of {subject}", subject, {"risk": risk})
    return state_of(f"{risk} treated or accepted", findings, missing)
