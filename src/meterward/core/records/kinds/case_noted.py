"""`case.noted`: something is noted in an enforcement case."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.core.records.kind import Kind, distinct
from meterward.core.records.kinds.case_opened import grounds_are_named
from meterward.core.records.roles import REGULATORS


class CaseNoted(NamedTuple):
    """Something is noted in a case: what was found, said or done. The licensee never sees it."""

    what: Annotated[Literal["finding", "contact", "step", "note"], "What sort of note it is."]
    rests_on: Annotated[
        tuple[str, ...], "What it rests on: ids of records, or names of bundles that were taken in, such as bundle/1."
    ] = ()


KIND = Kind(
    name="case.noted",
    facts=CaseNoted,
    by=REGULATORS,
    text={"note": "The note."},
    needs_text=("note",),
    about=("case",),
    homes=REGULATOR_KEEPERS,
    constraints=(distinct("rests_on"), grounds_are_named),
    example={"what": "contact"},
)
