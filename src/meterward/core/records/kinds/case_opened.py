"""`case.opened`: a regulator opens an enforcement case about a licensee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.digests import is_digest
from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.roles import REGULATORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class CaseOpened(NamedTuple):
    """A case is opened: a matter of compliance is looked into. It stays in the ledger of the regulator who opens it.

    The condition sets no sanction, and a case decides nothing about a duty: where a duty stands is computed.
    """

    clauses: Annotated[tuple[str, ...], "The clauses that it is about."] = ()
    rests_on: Annotated[
        tuple[str, ...], "What it rests on: ids of records, or names of bundles that were taken in, such as bundle/1."
    ] = ()


def grounds_are_named(seen: Seen[CaseOpened]) -> Iterable[Unmet]:
    """What a case rests on is named so that anybody can find it again."""
    for place, name in enumerate(seen.facts.rests_on):
        if not is_digest(name) and not name.startswith("bundle/"):
            hint = "Write a record's id, all 64 hex digits of it, or the name of a bundle, such as bundle/1."
            yield Unmet(f"facts.rests_on[{place}]", "It is neither a record nor a bundle.", hint)


KIND = Kind(
    name="case.opened",
    facts=CaseOpened,
    by=REGULATORS,
    text={"matter": "What is looked into, and why."},
    needs_text=("matter",),
    introduces="case",
    homes=REGULATOR_KEEPERS,
    constraints=(distinct("clauses"), distinct("rests_on"), grounds_are_named),
    example={"clauses": ["Z.14"], "rests_on": ["bundle/1"]},
)
