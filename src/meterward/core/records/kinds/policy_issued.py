"""`policy.issued`: a version of the information security policy."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import MANAGERS


class PolicyIssued(NamedTuple):
    """A version of the Information Security Policy is approved (the record's day) and takes effect."""

    effective: Annotated[date, "First day in effect; it may lie ahead."]
    assessment: Annotated[str | None, Ref(("assessment",)), "The risk assessment that it is based on."] = None
    addresses: Annotated[
        tuple[str, ...], "What it says how to operate securely: category/harm, such as network/supply."
    ] = ()
    provisions: Annotated[
        tuple[Literal["risk_treatment", "access", "incidents", "continuity"], ...], "What it makes provision for."
    ] = ()
    statements: Annotated[tuple[str, ...], "Its statements, by name, each to be given effect to."] = ()


KIND = Kind(
    name="policy.issued",
    facts=PolicyIssued,
    by=MANAGERS,
    text={"title": "Title and version.", "change": "What changed, and why."},
    introduces="policy",
    lasting=True,
    document=True,
    links=("corrects", "replaces"),
    weighty=True,
    constraints=(distinct("addresses"), distinct("provisions"), distinct("statements")),
    example={
        "effective": "2013-03-04",
        "assessment": "assessment/1",
        "addresses": ["network/supply"],
        "provisions": ["risk_treatment", "access", "incidents", "continuity"],
        "statements": ["S1"],
    },
)
