"""Read what a ledger says of audits, at a moment: the few kinds that tell of them, and what judges their auditors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.facts.ask import Ask
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.kinds import (
    all_kinds,
    document_received,
    judgement_made,
    management_considered,
    management_informed,
)
from meterward.core.records.terms import EVERY_LICENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record

_FAMILIES = frozenset(
    ("action", "audit", "auditor", "finding", "independence", "paper", "recommendation", "report", "sample", "test")
)
_BESIDES = (document_received, judgement_made, management_considered, management_informed)
KINDS = (
    *(name for name, kind in all_kinds().items() if kind.family in _FAMILIES),
    *(module.KIND.name for module in _BESIDES),
)
"""Everything that tells of an audit, whoever's ledger it stands in."""


def reader_of(records: Iterable[Record[Any]], size: int, day: date) -> Reader:
    """What was known of audits when a ledger had so many entries, as at a day, under whichever licence."""
    index = Index(EVERY_LICENCE)
    for one in records:
        retroactive = one.links.corrects or one.links.withdraws
        if one.index < size and (one.occurred <= day or retroactive):
            index.append(replace(one, licences=(EVERY_LICENCE,)))
    return Reader(index)


def asked_of(pack: Pack, licensee: str) -> Ask:
    """The setting in which standing and independence are read where no position is: they ask no parameter."""
    return Ask(licensee, pack.defaults(), date.min, pack.reference, pack.working_days)
