"""Short histories written out: a ledger under the condition of 4 March 2013, one record a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.builders.assurance_acts import CLAUSES
from tests.builders.evaluations import evaluated, pack_of
from tests.builders.ledgers import opened
from tests.builders.lines import LICENSEE, Draft

if TYPE_CHECKING:
    from meterward.core.records.record import Record
    from tests.builders.scribe import Scribe

REPORT: dict[str, Any] = {
    "author": "auditor-a",
    "addressee": LICENSEE,
    "status": "final",
    "fieldwork_start": "2013-03-04",
    "fieldwork_end": "2013-03-05",
    "coverage": list(CLAUSES),
    "recommendations": ["rec-1"],
}
"""The facts of a report in which everything is as it should be."""


class History:
    """A ledger that is told record by record; a record that is refused is a mistake in the test."""

    def __init__(self, commencement: date = date(2013, 3, 4)) -> None:
        self.scribe: Scribe = opened(commencement)

    def add(self, kind: str, on: date, subject: str = "", recorded: date | None = None, **facts: object) -> Record[Any]:
        """Enter a record on its own day, or on the day of the entry before it if that is later."""
        return self.enter(Draft(kind, on, recorded or on, facts, subject))

    def enter(self, draft: Draft) -> Record[Any]:
        """Enter a record."""
        last = self.scribe.records[-1].recorded
        record = self.scribe.write(replace(draft, recorded=max(draft.recorded, last)))
        assert record, f"{draft} was refused"
        return record

    def status(self, duty: str, on: date, reading: str = "") -> str:
        """Where a duty stands on a day, under one reading or over all of them."""
        result = evaluated(self.scribe.records, pack_of(duty)).duty(duty)
        assert result, duty
        timelines = {one.reading.id: one.timeline for one in result.readings}
        return (timelines[reading] if reading else result.timeline).at(on).value
