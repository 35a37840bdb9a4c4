"""`independence.declared`: auditors declare what else ties them to the licensee that they audit."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.kind import Kind, distinct
from meterward.core.records.kinds.audit_engaged import OtherWork
from meterward.core.records.roles import AUDITORS


class IndependenceDeclared(NamedTuple):
    """Auditors declare, of themselves, what else they do or lately did for the licensee, or that there is nothing."""

    interests: Annotated[tuple[str, ...], "What ties them to the licensee beside the audit; an empty list: nothing."]
    other_work: Annotated[tuple[OtherWork, ...], "Other work for the licensee, with its days."] = ()


KIND = Kind(
    name="independence.declared",
    facts=IndependenceDeclared,
    by=AUDITORS,
    text={"declaration": "The declaration in words."},
    about=("audit",),
    shared=lambda _: (),
    links=("corrects", "replaces"),
    constraints=(distinct("interests"),),
    example={"interests": []},
)
