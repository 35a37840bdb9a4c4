"""`paper.filed`: a working paper of the auditors. The licensee never sees it."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.keeper import Keeper
from meterward.core.records.kind import Kind, distinct, needs_file
from meterward.core.records.roles import AUDITORS
from meterward.core.records.values import Label


class PaperFiled(NamedTuple):
    """Auditors file a working paper. It stays in their ledger."""

    audit: Annotated[str, Ref(("audit",)), "The audit that it is for."]
    label: Annotated[Label, "What it is called."]
    clause: Annotated[str, "The clause that it is about."]
    elements: Annotated[tuple[str, ...], "The elements of the system that it is about, by name."] = ()


KIND = Kind(
    name="paper.filed",
    facts=PaperFiled,
    by=AUDITORS,
    homes=(Keeper.AUDITOR,),
    text={"note": "What it shows."},
    introduces="paper",
    document=True,
    links=("corrects", "replaces"),
    constraints=(distinct("elements"), needs_file("a working paper is a file")),
    example={"audit": "audit/1", "label": "Walk through a key ceremony", "clause": "Z.10(b)"},
)
