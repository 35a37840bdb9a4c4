"""`evidence.read`: somebody read sensitive evidence."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.keeper import Keeper
from meterward.core.records.kind import Kind
from meterward.core.records.roles import Role


class EvidenceRead(NamedTuple):
    """Somebody was given sensitive evidence of the organisation's ledger: who it was is the record's actor.

    It is recorded before anything is given, once for each person, thing and day. Sensitive is every attached file,
    everything that is taken away as a file, and every record, page and list that somebody of another organisation
    reads, or anybody by broken glass.
    """

    what: Annotated[Literal["record", "file", "bundle", "register", "export", "page"], "What was read."]
    named: Annotated[
        str,
        "A record by its id, a file by its SHA-256, whatever was exported by its file's name, a page or a list by its "
        "address in the ledger.",
    ]
    entry: Annotated[int | None, "Of a record: its number in the ledger, from 1."] = None


KIND = Kind(
    name="evidence.read",
    facts=EvidenceRead,
    by=tuple(Role),
    worked_out="Nothing is to be done: it is written down by itself before anything is given.",
    homes=(Keeper.READS,),
    links=(),
    example={"what": "file", "named": "c7be1ed902fb8dd4d48997c6452f5d7e509fbcdbe2808b16bcf4edce4c07d14e"},
)
