"""Whether every risk above appetite is treated, or accepted by senior management for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import NEVER, after
from meterward.core.facts.combine import Member, all_of
from meterward.core.facts.node import Outcome
from meterward.core.facts.request import request
from meterward.core.facts.state import Finding, State, known, state_of
from meterward.core.records.kinds import assessment_completed, risk_treated
from meterward.core.risk.measures import measures_of
from meterward.core.risk.register import RISK, above_appetite, register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.assessment_completed import AssessmentCompleted
    from meterward.core.records.record import Record


def assessment(read: Reader, subject: str | None) -> Record[AssessmentCompleted] | None:
    """The risk assessment of that name, if there is one that counts."""
    records = read.of(assessment_completed.KIND, subject) if subject else ()
    return records[-1] if records else None


def treated(read: Reader, subject: str | None) -> State:
    """Whether each risk above appetite has a treatment or an acceptance that still stands.

    Those that the assessment names, from its day on; and those that the register rates above appetite since, for risks
    are assessed on (3.9 of the consultation).
    """
    found = assessment(read, subject)
    label = "every risk above appetite treated or accepted"
    if found is None:
        missing = request(assessment_completed.KIND, "the assessment that the policy cites", subject or "")
        return known(label, Outcome.UNKNOWN, missing=missing)
    risks = [Member(_treated(read, found.subject, risk), found.occurred) for risk in found.facts.above_appetite]
    if not risks:
        none = state_of(f"{label}: {found.subject} names none", [Finding(found, found.occurred, NEVER)], None)
        risks.append(Member(none))
    risks.extend(_registered(read, found))
    return all_of(label, risks, request(assessment_completed.KIND, f"{found.subject}, before this day", found.subject))


def _registered(read: Reader, found: Record[AssessmentCompleted]) -> Iterator[Member]:
    """What the register rates above appetite, unless the assessment has named it already."""
    for risk in register(read).told():
        if risk.short not in found.facts.above_appetite:
            state = _treated(read, found.subject, risk.short)
            for first, until in above_appetite(read, risk):
                if until > found.occurred:
                    yield Member(state, max(first, found.occurred), until)


def _treated(read: Reader, subject: str, risk: str) -> State:
    """Of a risk in the register every treatment and measure counts; of another what is recorded of the assessment."""
    name = f"{RISK}{risk}"
    key = (risk,) if name in register(read).risks else (subject, risk)
    findings = [Finding(one, one.occurred, after(one.facts.accepted_until)) for one in read.of(risk_treated.KIND, *key)]
    measures = [one for one in measures_of(read, name) if one.first < one.given_up]
    findings += [Finding(one.record, one.first, one.given_up) for one in measures]
    findings.sort(key=lambda finding: finding.record.order)
    missing = request(risk_treated.KIND, f"{risk} of {subject}", subject, {"risk": risk})
    return state_of(f"{risk} treated or accepted", findings, missing)
