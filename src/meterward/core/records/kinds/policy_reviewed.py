"""`policy.reviewed`: the policy was looked at again."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import MANAGERS, Role


class PolicyReviewed(NamedTuple):
    """A version of the policy is reviewed, as a whole or because of events, with a decision even if nothing changes."""

    decision: Annotated[Literal["keep", "amend"], "What was decided."]
    events: Annotated[
        tuple[str, ...],
        Ref(whole=True),
        "The incidents, audits, directions or changes it answers. None: a review of the whole.",
    ] = ()


WHOLE = "whole"


def by_event(_: str, facts: PolicyReviewed) -> list[tuple[str, ...]]:
    """Looked up by each event that it answers, or as a review of the whole."""
    return [(event,) for event in facts.events] or [(WHOLE,)]


KIND = Kind(
    name="policy.reviewed",
    facts=PolicyReviewed,
    by=(*MANAGERS, Role.RISK_OWNER),
    text={"conclusion": "What was considered and concluded."},
    about=("policy",),
    document=True,
    constraints=(distinct("events"),),
    cells=by_event,
    example={"decision": "keep"},
)
