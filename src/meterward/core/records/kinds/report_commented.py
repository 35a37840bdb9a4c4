"""`report.commented`: the licensee comments on the facts in a draft report."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import PERSONNEL


class ReportCommented(NamedTuple):
    """The licensee checks a draft report for its facts, and says which are wrong, or that none is."""

    auditor: Annotated[str, "The auditors' organisation."]
    accuracy: Annotated[Literal["agreed", "corrections"], "Whether the facts are agreed, or corrections proposed."]
    points: Annotated[
        tuple[str, ...], "The parts of the draft that corrections are about, such as a finding's name."
    ] = ()


KIND = Kind(
    name="report.commented",
    facts=ReportCommented,
    by=PERSONNEL,
    text={"said": "What the draft says, point by point.", "proposed": "What it should say, and what shows that."},
    about=("audit",),
    shared=lambda facts: (facts.auditor,),
    constraints=(distinct("points"),),
    example={"auditor": "auditor-a", "accuracy": "corrections", "points": ["finding-1"]},
)
