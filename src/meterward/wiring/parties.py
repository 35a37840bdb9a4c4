"""The organisations that records of a ledger can be about, beside the one whose ledger it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.holding import GRANTING
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import access_granted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.record import Record
    from meterward.wiring.installed import Installation


def about_whom(store: Installation, ledger: str, records: Iterable[Record[Any]]) -> list[str]:
    """Whom a record of an auditor's or a regulator's ledger can be about: itself first, then the licensees.

    These are the ones whose ledgers are kept here too, of which auditors hear only of those that ever let them in; and
    those that its records are about already. A licensee's own records are about itself, and nothing is to be chosen.
    """
    head = store.ledgers.head(ledger)
    if head is None or head.sort is Keeper.LICENSEE:
        return []
    there = [one for one in store.ledgers.heads() if one.sort is Keeper.LICENSEE and one.size]
    if head.sort is Keeper.AUDITOR:
        store.read_few(there, GRANTING)
        there = [one for one in there if _lets_in(store.records_of(one, GRANTING), head.keeper)]
    here = {one.keeper for one in there}
    return [head.keeper, *sorted(here.union(one.about for one in records) - {head.keeper})]


def _lets_in(records: Iterable[Record[Any]], organisation: str) -> bool:
    """Whether some records of a licensee's ledger let an organisation's people in, now or before."""
    return any(one.kind is access_granted.KIND and one.facts.organisation == organisation for one in records)
