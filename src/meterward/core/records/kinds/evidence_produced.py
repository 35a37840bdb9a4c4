"""`evidence.produced`: what was asked for was handed over."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.kind import Kind, needs_file
from meterward.core.records.roles import PERSONNEL


class EvidenceProduced(NamedTuple):
    """The licensee produces the evidence that was requested."""

    complete: Annotated[bool, "Whether this is all that was asked for; a part alone does not answer the request."]


KIND = Kind(
    name="evidence.produced",
    facts=EvidenceProduced,
    by=PERSONNEL,
    text={"note": "What was handed over, and how."},
    about=("request",),
    document=True,
    constraints=(needs_file("what was produced is shown by its manifest"),),
    example={"complete": True},
)
