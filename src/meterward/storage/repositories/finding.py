"""Finding entries of a ledger, in a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.storage import models
from meterward.storage.repositories import terms
from meterward.storage.repositories.rows import HIT
from meterward.usecases.find_terms import groups_of
from meterward.usecases.ports import Hit, Hits

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from meterward.usecases.ports import Wanted


def search(ledger: str, wanted: Wanted, below: int, limit: int) -> Hits:
    """The newest entries below an index that are wanted, and where to go on."""
    groups = groups_of(wanted)
    if below <= 0 or not all(groups):
        return Hits([], None)
    keys = terms.find(ledger, groups, below, limit + 1)
    hits = hits_of(models.Entry.objects.filter(pk__in=keys[:limit]))
    return Hits(hits, hits[-1].index if len(keys) > limit else None)


def hits_of(entries: QuerySet[models.Entry]) -> list[Hit]:
    """Some entries, newest first.

    They are sorted here: asked for in order, a database that has no statistics walks through the whole ledger.
    """
    return sorted((Hit(*row) for row in entries.values_list(*HIT)), key=lambda hit: -hit.index)
