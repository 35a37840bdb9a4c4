"""`direction.drafted`: a direction is put into words that those who are to issue it can look at."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.core.records.kind import Kind
from meterward.core.records.kinds.direction_issued import KEPT, Ground, Purpose, Requirement
from meterward.core.records.roles import ISSUING, REGULATORS
from meterward.core.records.terms import Issuer


class DirectionDrafted(NamedTuple):
    """A direction is drafted: what it would say, to whom. Nothing is required of anybody before it is issued.

    Where it is to be issued jointly, the other issuer has the draft too. A new version takes the place of the last,
    under the same name, and is agreed anew.
    """

    issuers: Annotated[tuple[Issuer, ...], "Who is to issue it."]
    addressees: Annotated[tuple[str, ...], "The licensees that it would be addressed to."]
    requirements: Annotated[tuple[Requirement, ...], "What it would require."]
    purposes: Annotated[tuple[Purpose, ...], "What it is for, of the six purposes that the condition allows."] = ()
    evidence: Annotated[tuple[str, ...], "The evidence considered: names of records or requests, or digests."] = ()
    grounds: Annotated[tuple[Ground, ...], "For what the Authority directs."] = ()


KIND = Kind(
    name="direction.drafted",
    facts=DirectionDrafted,
    by=REGULATORS,
    text={"direction": "The direction's words, as they are meant.", "reasons": "The reasons that would be given."},
    introduces="draft",
    homes=REGULATOR_KEEPERS,
    shared=lambda facts: [ISSUING[issuer] for issuer in facts.issuers],
    lasting=True,
    renewed=True,
    links=("corrects", "replaces"),
    constraints=KEPT,
    example={
        "issuers": ["secretary_of_state", "authority"],
        "addressees": ["northlight"],
        "purposes": ["mitigate"],
        "requirements": [{"name": "step-1", "act": "do", "due": "2014-06-30"}],
    },
)
