"""Which records go into a bundle: all, or those of a period, a clause, an audit or a direction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.manifest import EVERYTHING
from meterward.core.records.kinds import checkpoint_stamped, key_introduced, ledger_opened, licence_held
from meterward.core.records.record import NO_LINKS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from meterward.core.records.record import Record

_ALWAYS = {kind.KIND.name for kind in (ledger_opened, licence_held, key_introduced, checkpoint_stamped)}
"""The kinds without which nobody could read the others: whose ledger it is, who signs, and when it was."""

_NOTHING = "Choose other days, another clause or another subject, such as audit/1; “Records” shows what there is."


class Chosen(NamedTuple):
    """What is asked for; where nothing is, everything is."""

    clause: str = ""
    subject: str = ""
    """An audit, a direction, or whatever else records are about."""
    first: date | None = None
    last: date | None = None
    """The first and the last day on which what is recorded occurred."""
    party: str = ""
    """The organisation that it was said to."""

    def said(self) -> Mapping[str, str]:
        """The choice, as a manifest has it."""
        if self == Chosen():
            return {"what": EVERYTHING}
        days = {"first": self.first, "last": self.last}
        parts = {"clause": self.clause, "party": self.party, "subject": self.subject}
        return {
            "what": "some",
            **{name: value for name, value in parts.items() if value},
            **{name: day.isoformat() for name, day in days.items() if day},
        }


def select_records(records: Sequence[Record[Any]], chosen: Chosen, kinds: Collection[str]) -> frozenset[int] | Problem:
    """The places of what is chosen, if anything is. `kinds` are those that the clause reads, where one is asked for.

    With a record come those that it acts on, and those that act on it: no correction is left out, nor what it corrects.
    """
    meant = {record.id for record in records if _is_meant(record, chosen, kinds)}
    if not meant:
        return Problem(Code.RECORD_UNKNOWN, "No record of the ledger is what was chosen.", _NOTHING)
    found = meant | {record.id for record in records if record.kind.name in _ALWAYS}
    acting = [record for record in records if record.links is not NO_LINKS]
    size = -1
    while size != len(found):
        size = len(found)
        for record in acting:
            targets = {target for target in record.links if target}
            if record.id in found or found & targets:
                found |= {record.id, *targets}
    return frozenset(record.index for record in records if record.id in found)


def _is_meant(record: Record[Any], chosen: Chosen, kinds: Collection[str]) -> bool:
    return (
        (not chosen.clause or record.kind.name in kinds)
        and (not chosen.party or chosen.party in record.parties)
        and (not chosen.subject or chosen.subject in {record.subject, *record.named})
        and (chosen.first is None or record.occurred >= chosen.first)
        and (chosen.last is None or record.occurred <= chosen.last)
    )
