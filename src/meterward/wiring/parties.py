"""The organisations that records of a ledger can be about, beside the one whose ledger it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.keeper import Keeper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.record import Record
    from meterward.wiring.installed import Installation


def about_whom(store: Installation, ledger: str, records: Iterable[Record[Any]]) -> list[str]:
    """Whom a record of an auditor's or a regulator's ledger can be about: itself first, then the licensees.

    These are the ones whose ledgers are kept here too, and those that its records are about already. A licensee's own
    records are about itself, and nothing is to be chosen.
    """
    head = store.ledgers.head(ledger)
    if head is None or head.sort is Keeper.LICENSEE:
        return []
    here = {one.licensee for one in store.ledgers.heads() if one.sort is Keeper.LICENSEE and one.size}
    return [head.licensee, *sorted(here.union(one.about for one in records) - {head.licensee})]
