"""The last report that pages speak of is a final one that nobody took back."""

from __future__ import annotations

from datetime import date
from typing import Any

from meterward.core.assurance.audits import last_report
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import audit_reported
from meterward.core.records.record import NO_LINKS, Links, Record
from meterward.core.records.roles import Role

ACTOR = Actor("p-21", Role.LEAD_AUDITOR, "auditor-a")


def reported(number: int, status: str, links: Links = NO_LINKS) -> Record[Any]:
    day = date(2026, number, 1)
    facts = audit_reported.AuditReported("auditor-a", "northlight", status, day, day, ("Z.4",))  # type: ignore[arg-type] # one of two
    return Record(
        bytes([number]) * 32, audit_reported.KIND, day, day, number, "audit/1", ("gas",), ACTOR, facts, 0, links
    )


def test_a_draft_is_no_report() -> None:
    assert last_report([reported(3, "final"), reported(5, "draft")], date(2026, 12, 31)) == date(2026, 3, 1)


def test_nothing_is_known_of_days_ahead() -> None:
    assert last_report([reported(3, "final"), reported(7, "final")], date(2026, 6, 30)) == date(2026, 3, 1)


def test_one_that_was_corrected_counts_as_the_correction_says() -> None:
    corrected = reported(6, "draft", Links(corrects=bytes([3]) * 32))
    assert last_report([reported(3, "final"), corrected], date(2026, 12, 31)) is None
