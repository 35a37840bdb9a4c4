"""`management.considered`: senior management weighed something."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.apart import Apart
from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import PERSONNEL


class ManagementConsidered(NamedTuple):
    """Members of senior management consider a policy version, an audit report, or how risks are assessed and treated.

    The condition asks for no approval.
    """

    members: Annotated[tuple[str, ...], "The members who considered it, by pseudonym."]
    whole: Annotated[bool, "Whether the whole document was considered, not a summary."]


KIND = Kind(
    name="management.considered",
    facts=ManagementConsidered,
    by=PERSONNEL,
    text={"minute": "What was weighed and concluded."},
    about=("policy", "audit", "context", "assessment", "design"),
    document=True,
    weighty=True,
    apart=(
        Apart(
            ("policy.issued", "assessment.completed", "context.established", "design.adopted", "audit.reported"),
            "considers alone what they wrote",
            acting=lambda facts: facts.members,
        ),
    ),
    constraints=(distinct("members"),),
    example={"members": ["p-04"], "whole": True},
)
