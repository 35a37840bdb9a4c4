"""`assessment.reviewed`: whether a risk assessment still stands after something changed."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import MANAGERS, Role


class AssessmentReviewed(NamedTuple):
    """A risk assessment is looked at again because of events: it stands, some risks are estimated anew, or all."""

    decision: Annotated[Literal["stands", "in_part", "anew"], "What was decided."]
    events: Annotated[
        tuple[str, ...], Ref(whole=True), "What it answers: elements, incidents, audits, directions, matches, by name."
    ] = ()


KIND = Kind(
    name="assessment.reviewed",
    facts=AssessmentReviewed,
    by=(*MANAGERS, Role.RISK_OWNER),
    text={"conclusion": "What was looked at, and why it stands or not."},
    needs_text=("conclusion",),
    about=("assessment",),
    constraints=(distinct("events"),),
    cells=lambda subject, facts: [(subject,), *((event,) for event in facts.events)],
    example={"decision": "stands"},
)
