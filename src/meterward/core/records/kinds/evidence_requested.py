"""`evidence.requested`: the Authority or the Secretary of State asks for evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper
from meterward.core.records.kind import Kind
from meterward.core.records.naming import names_are_their_issuers
from meterward.core.records.roles import ISSUING, PERSONNEL, REGULATORS
from meterward.core.records.terms import Issuer


class EvidenceRequested(NamedTuple):
    """Documentary evidence of compliance is requested."""

    by: Annotated[tuple[Issuer, ...], "Who asks."]
    clauses: Annotated[tuple[str, ...], "What it is about."] = ()
    due: Annotated[date | None, "Last day on which it is in time, if the request names one."] = None


KIND = Kind(
    name="evidence.requested",
    facts=EvidenceRequested,
    by=(*REGULATORS, *PERSONNEL),
    text={"request": "The request's words."},
    homes=(Keeper.LICENSEE, *REGULATOR_KEEPERS),
    introduces="request",
    shared=lambda facts: [ISSUING[issuer] for issuer in facts.by],
    lasting=True,
    document=True,
    constraints=(names_are_their_issuers,),
    example={"by": ["authority"], "clauses": ["Z.9"], "due": "2014-02-28"},
)
