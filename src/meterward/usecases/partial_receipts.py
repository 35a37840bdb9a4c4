"""Receipts of a position where facts are withheld: partial, and only of the duties that rest on nothing withheld.

They say nothing of the others, neither in words nor by a digest: with a digest, whoever guesses the facts could tell
whether the guess is right.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from meterward.core.base.canonical import Json, canonical
from meterward.core.obligations.regimes import TELLING
from meterward.core.records.kinds import all_kinds
from meterward.core.records.withheld import is_unreadable, kind_of
from meterward.usecases.index_kinds import uses_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record
    from meterward.usecases.evaluate_position import Evaluated

INDETERMINATE, DUTIES = "indeterminate", "duties"
_KEPT = ("as_at", "catalogues", "engine", "hypothetical", "licence", "licensee", "pack")


def resting(pack: Pack, records: Sequence[Record[Any]], licence: str) -> tuple[str, ...] | None:
    """The duties under a licence that could read a record of which facts are withheld; None if there is no such record.

    Such a record may act on another, so that the duties that read that one rest on it as well.
    """
    if not any(is_unreadable(record) and record.counts_for(licence) for record in records):
        return None
    kinds = _touched(records, licence)
    if not kinds.isdisjoint(TELLING):
        return tuple(duty.id for duty in pack.duties)
    found = {use.duty.id for name in kinds for use in uses_of(pack, all_kinds()[name])}
    before = -1
    while before != len(found):
        before = len(found)
        found |= {duty.id for duty in pack.duties if not found.isdisjoint(duty.children)}
    return tuple(duty.id for duty in pack.duties if duty.id in found)


def partial_receipt(evaluated: Evaluated, unknown: Sequence[str]) -> Mapping[str, Json]:
    """The receipt of a position that was computed from what is not withheld, without the duties that are unknown."""
    body = evaluated.receipt.body()
    duties: dict[str, Json] = {name: one for name, one in evaluated.digests.items() if name not in unknown}
    found = {name: body[name] for name in (*_KEPT, *(("parameters",) if duties else ()))}
    found |= {DUTIES: duties, INDETERMINATE: list(unknown)}
    return {**found, "digest": sha256(canonical(found)).hexdigest()}


def _touched(records: Sequence[Record[Any]], licence: str) -> set[str]:
    """The kinds of the records about a licence that cannot be read, and of all that they act on."""
    by_id = {record.id: record for record in records}
    waiting = [record for record in records if is_unreadable(record) and record.counts_for(licence)]
    seen = {record.id for record in waiting}
    for record in waiting:
        for target in record.links:
            if target in by_id and target not in seen:
                seen.add(target)
                waiting.append(by_id[target])
    return {kind_of(by_id[identity]) for identity in seen}
