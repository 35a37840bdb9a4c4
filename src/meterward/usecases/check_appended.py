"""Check records that are about to be appended beside a law pack: what would keep the ledger from being evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.usecases.check_records import check_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meterward.core.base.problem import Problem
    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record


def check_appended(pack: Pack, packs: Mapping[str, Pack], records: Sequence[Record[Any]]) -> list[tuple[int, Problem]]:
    """What stands against some new records, each problem with the record's place among them."""
    if not records:
        return []
    first = records[0].index
    return [(problem.line - 1 - first, problem) for problem in check_records(pack, packs, _read(records))]


def _read(records: Iterable[Record[Any]]) -> list[Reader]:
    licences = sorted({licence for record in records for licence in record.licences})
    indexes = [Index(licence) for licence in licences]
    for index in indexes:
        for record in records:
            index.append(record)
    return [Reader(index) for index in indexes]
