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
        tuple[str, ...], Ref(), "The incidents, audits, directions or changes it answers. None: a review of the whole."
    ] = ()


KIND = Kind(
    name="policy.reviewed",
    facts=PolicyReviewed,
    by=(*MANAGERS, Role.RISK_OWNER),
    text={"conclusion": "What was considered and concluded."},
    about=("policy",),
    document=True,
    constraints=(distinct("events"),),
    example={"decision": "keep"},
)
