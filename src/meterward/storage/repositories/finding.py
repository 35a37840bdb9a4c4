"""Finding entries of a ledger, in a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.storage import models
from meterward.storage.repositories import terms
from meterward.storage.repositories.rows import HIT
from meterward.usecases.find_terms import groups_of
from meterward.usecases.ports import Hit, Hits

if TYPE_CHECKING:
    from collections.abc import Collection

    from meterward.usecases.ports import Wanted


def search(ledger: str, wanted: Wanted, below: int, limit: int) -> Hits:
    """The newest entries below an index that are wanted, and where to go on."""
    groups = groups_of(wanted)
    if below <= 0 or not all(groups):
        return Hits([], None)
    keys = terms.find(ledger, groups, below, limit + 1)
    hits = hits_of(ledger, pk__in=keys[:limit])
    return Hits(hits, hits[-1].index if len(keys) > limit else None)


def hits_of(ledger: str, **among: Collection[object]) -> list[Hit]:
    """The entries of a ledger with some keys or statements, newest first."""
    rows = models.Entry.objects.filter(ledger_id=ledger, **among).order_by("-index")
    return [Hit(*row) for row in rows.values_list(*HIT)]
