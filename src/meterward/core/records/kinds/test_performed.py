"""`test.performed`: a test of the auditors, and how it came out."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.keeper import Keeper
from meterward.core.records.kind import Kind, distinct, text_if
from meterward.core.records.roles import AUDITORS


class Performed(NamedTuple):
    """Auditors test whether something works as designed. It stays in their ledger; the report tells the counts."""

    audit: Annotated[str, Ref(("audit",)), "The audit that it is for."]
    clause: Annotated[str, "The clause that it is about."]
    method: Annotated[Literal["inspection", "observation", "enquiry", "reperformance"], "How it was done."]
    result: Annotated[Literal["as_designed", "exception", "not_performed"], "How it came out."]
    elements: Annotated[tuple[str, ...], "The elements of the system that it is about, by name."] = ()
    sample: Annotated[str | None, Ref(("sample",)), "The sample that it was done on."] = None
    papers: Annotated[tuple[str, ...], Ref(("paper",)), "The working papers that show it."] = ()


KIND = Kind(
    name="test.performed",
    facts=Performed,
    by=AUDITORS,
    homes=(Keeper.AUDITOR,),
    text={"procedure": "What was done.", "outcome": "What was found."},
    needs_text=("procedure",),
    introduces="test",
    links=("corrects", "replaces"),
    constraints=(
        distinct("elements"),
        distinct("papers"),
        text_if("outcome", lambda facts: facts.result != "as_designed", "an exception, or a test not done, is told"),
    ),
    example={"audit": "audit/1", "clause": "Z.10(b)", "method": "inspection", "result": "as_designed"},
)
