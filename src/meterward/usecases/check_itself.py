"""Check that this installation computes what it must: one receipt for the same records, in whatever order they come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.read_ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record


def check_itself(told: Sequence[Mapping[str, Any]], pack: Pack, as_at: date, engine: str) -> str:
    """Compute the receipts of a ledger twice, with its records forwards and backwards; empty if they are equal."""
    loaded = read_ledger(json.dumps(line).encode() for line in told)
    if loaded.problems:
        return f"the example does not read: {loaded.problems[0]}"
    forwards, backwards = (
        _receipts(loaded.licensee, records, pack, as_at, engine)
        for records in (loaded.records, list(reversed(loaded.records)))
    )
    if not forwards:
        return "the example has no licence"
    return "" if forwards == backwards else "the same records in another order give another receipt"


def _receipts(licensee: str, records: Sequence[Record[Any]], pack: Pack, as_at: date, engine: str) -> list[str]:
    licences = dossiers_of(licensee, records, None, {})
    if not isinstance(licences, list):
        return []
    return [licence.position(pack, as_at, engine).receipt.digest for licence in licences]
