"""An engagement of a later day than a report serves that report in nothing, and changes no day before its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders.histories import REPORT, History

REPORTED = date(2013, 6, 1)
SUBJECT = "audit/1"


def _history(engaged: date) -> History:
    """An auditor without recognition, so that an engagement that covers no day at all would pass for recognised."""
    history = History()
    facts: dict[str, Any] = {"organisation": "auditor-a", "independence": "declared"}
    history.add("audit.engaged", engaged, SUBJECT, recorded=date(2013, 7, 1), **facts)
    history.add("audit.reported", REPORTED, SUBJECT, **REPORT)
    return history


@pytest.mark.parametrize("day", [date(2013, 6, 1), date(2013, 6, 19), date(2013, 6, 20), date(2013, 9, 4)])
def test_an_audit_engaged_after_its_report_does_not_count(day: date) -> None:
    assert _history(date(2013, 6, 20)).status("Z.14(a)", day) == "pending"


def test_an_audit_engaged_on_the_day_of_its_report_may_count() -> None:
    assert _history(REPORTED).status("Z.14(a)", REPORTED) == "indeterminate"


def test_a_report_is_by_the_auditors_engaged_so_far() -> None:
    assert _history(date(2013, 6, 20)).status("Z.15(b)", date(2013, 6, 10)) == "breached"
    assert _history(date(2013, 6, 20)).status("Z.15(b)", date(2013, 6, 20)) == "breached"
    assert _history(REPORTED).status("Z.15(b)", date(2013, 6, 10)) == "met"
