"""`finding.made`: a finding of the auditors, which nobody else sees before it is reported."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.keeper import Keeper
from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import AUDITORS
from meterward.core.records.terms import Grade
from meterward.core.records.values import Label


class FindingMade(NamedTuple):
    """Auditors make a finding: what was to be expected, what was found, why, and what it comes to."""

    audit: Annotated[str, Ref(("audit",)), "The audit that it is for."]
    label: Annotated[Label, "What it is called."]
    clause: Annotated[str, "The clause that it is about."]
    grade: Annotated[Grade, "How grave it is."]
    tests: Annotated[tuple[str, ...], Ref(("test",)), "The tests that it rests on."] = ()
    recommendation: Annotated[str | None, "The recommendation that follows from it, by name."] = None


KIND = Kind(
    name="finding.made",
    facts=FindingMade,
    by=AUDITORS,
    homes=(Keeper.AUDITOR,),
    text={
        "criteria": "What was to be expected.",
        "condition": "What was found.",
        "cause": "Why it is so.",
        "effect": "What it comes to.",
        "recommendation": "What the auditors recommend.",
    },
    needs_text=("criteria", "condition", "cause", "effect"),
    introduces="finding",
    lasting=True,
    links=("corrects", "replaces"),
    constraints=(distinct("tests"),),
    example={"audit": "audit/1", "label": "Ceremonies without a second keeper", "clause": "Z.10(b)", "grade": "minor"},
)
