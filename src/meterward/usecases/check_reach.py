"""Check that what changes a shared record goes to the same organisations: whoever has the one must get the other.

As the separation of duties is, this is asked once, at the append; what is in a ledger already is never refused by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from meterward.core.records.record import Record
    from meterward.usecases.check_appended import Further


def check_reach(further: Further, ledgers: Callable[[], Collection[str]]) -> Iterator[tuple[int, Problem]]:
    """What stands against some further records that correct or replace shared ones, with each record's place.

    Asked of organisations that keep a ledger here: of the others nobody knows what they were given.
    """
    there = {**further.targets, **{one.id: one for one in further.records}}
    for place, record in enumerate(further.records):
        old = there.get(record.links.corrects or record.links.replaces)
        if old and record.kind.shared and old.facts is not None and old.parties != record.parties:
            changed = (old.parties ^ record.parties).intersection(ledgers())
            if changed:
                yield place, _problem(record, old, changed)


def _problem(record: Record[Any], old: Record[Any], changed: Collection[str]) -> Problem:
    had, gets = sorted(old.parties.intersection(changed)), sorted(record.parties.intersection(changed))
    parts = [f"{', '.join(had)} had that and would not hear of it"] if had else []
    parts += [f"{', '.join(gets)} would get it and never had that"] if gets else []
    message = f"It changes {old.subject}, and does not go to the same organisations: {'; '.join(parts)}."
    hint = "Keep whom it goes to. To say it to others, end or withdraw that, and say it anew under another name."
    return Problem(Code.FIELD_VALUE, message, hint, "facts")
