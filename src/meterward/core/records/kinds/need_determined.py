"""`need.determined`: something that people or sites must provide."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind
from meterward.core.records.roles import PERSONNEL


class NeedDetermined(NamedTuple):
    """A need that the policy's implementation rests on: a post, a qualification, a budget, a tool, a site control."""

    concern: Annotated[Literal["resource", "site"], "Whether it is a matter of resource, or of a site's controls."]
    basis: Annotated[str | None, Ref(("assessment",)), "The risk assessment that the need follows from."] = None


KIND = Kind(
    name="need.determined",
    facts=NeedDetermined,
    by=PERSONNEL,
    text={"description": "What is needed, how much of it, and why."},
    introduces="need",
    lasting=True,
    links=("corrects", "replaces"),
    example={"concern": "resource"},
)
