"""Taking a record away changes a duty only as the role promises in which the duty reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.evaluations import evaluated, the_pack, timelines
from tests.builders.ledgers import ledgers
from tests.builders.resolved import resolved
from tests.properties.roles import ROLES, referred, role_of, wrong

if TYPE_CHECKING:
    from tests.builders.scribe import Scribe


@settings(max_examples=300)
@given(ledgers(), st.integers(0, 10_000))
def test_a_record_taken_away_changes_only_what_its_role_allows(scribe: Scribe, pick: int) -> None:
    counting = resolved(scribe.records)
    free = [record for record in counting if record.id not in referred(counting) and not any(record.links)]
    taken = free[pick % len(free)]
    before, after = timelines(evaluated(counting)), timelines(evaluated(one for one in counting if one is not taken))
    if taken.kind.name in ("date.determined", "pack.adopted", "licence.held", "ledger.opened"):
        return
    for duty in the_pack().duties:
        for reading in duty.readings:
            if duty.children:
                continue
            role = role_of(duty, reading, taken)
            found = wrong(role, taken, before[duty.id, reading.id], after[duty.id, reading.id])
            assert not found, f"{duty.id} {reading.id}: {role or 'not read'} {taken.kind.name} {taken.subject}: {found}"


def test_every_duty_says_as_what_it_reads_its_records() -> None:
    silent = [
        duty.id
        for duty in the_pack().duties
        if not duty.children and not any(getattr(duty.inputs, one) for one in ROLES)
    ]
    assert silent == []
