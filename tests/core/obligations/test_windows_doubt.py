"""Windows while it is in doubt which audits count: what a proof makes certain never makes a window worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.builders.histories import REPORT, History
from tests.builders.lines import Draft

WINDOWS = "Z.14(b)"
READING = "deadline-windows"
FIRST, SECOND = date(2013, 12, 1), date(2014, 8, 1)
"""Commencement is 4 March 2013, so both reports are after the first deadline and in the first window."""


def _history(*independent: str) -> History:
    """Two audits by recognised auditors; those named are independent, of the others nobody knows."""
    history = History()
    recognised: dict[str, Any] = {"organisation": "auditor-a", "scheme": "check", "valid_from": "2013-01-01"}
    history.add("auditor.recognised", date(2013, 3, 1), "recognition/1", **recognised)
    for subject, reported in (("audit/1", FIRST), ("audit/2", SECOND)):
        independence = "declared" if subject in independent else "not_declared"
        history.add("audit.engaged", reported, subject, organisation="auditor-a", independence=independence)
        history.enter(Draft("audit.reported", reported, reported, REPORT | {"fieldwork_end": str(reported)}, subject))
    return history


@pytest.mark.parametrize(
    ("independent", "before", "within", "after"),
    [
        # The late first audit serves the first deadline, the second the window.
        (("audit/1", "audit/2"), "pending", "met", "pending"),
        # If the first counts, the second serves the window; if not, it serves the first deadline.
        (("audit/2",), "pending", "indeterminate", "indeterminate"),
        # The first serves the first deadline; the second may serve the window.
        (("audit/1",), "pending", "indeterminate", "indeterminate"),
        # Only if both count does the second serve the window.
        ((), "pending", "indeterminate", "indeterminate"),
    ],
)
def test_a_late_first_audit_leaves_the_window_to_the_second(
    independent: tuple[str, ...], before: str, within: str, after: str
) -> None:
    history = _history(*independent)
    assert history.status(WINDOWS, date(2014, 7, 31), READING) == before
    assert history.status(WINDOWS, date(2014, 9, 4), READING) == within
    assert history.status(WINDOWS, date(2014, 9, 5), READING) == after


def test_an_audit_that_only_may_count_serves_no_window_as_the_first() -> None:
    history = History()
    history.add("audit.engaged", FIRST, "audit/1", organisation="auditor-a", independence="declared")
    draft = Draft("audit.reported", FIRST, FIRST, REPORT, "audit/1")
    history.enter(replace(draft, facts=REPORT | {"fieldwork_end": str(FIRST)}))
    assert history.status("Z.14(a)", FIRST) == "indeterminate"
    assert history.status(WINDOWS, FIRST, READING) == "pending"
    assert history.status(WINDOWS, date(2014, 9, 5), READING) == "breached"
    assert history.status(WINDOWS, FIRST, "late-first-serves-its-window") == "indeterminate"


def test_the_year_since_the_last_audit_is_open_while_the_only_audit_is_in_doubt() -> None:
    history = _history()
    assert history.status(WINDOWS, date(2013, 11, 30), "since-last") == "not-triggered"
    assert history.status(WINDOWS, FIRST, "since-last") == "indeterminate"
    judged = {"question": "auditor_independent", "answer": "yes"}
    history.enter(Draft("judgement.made", date(2015, 1, 5), date(2015, 1, 5), judged, "audit/2", "senior_manager"))
    assert history.status(WINDOWS, date(2015, 1, 4), "since-last") == "indeterminate"
    assert history.status(WINDOWS, date(2015, 1, 5), "since-last") == "met"
    assert history.status(WINDOWS, date(2015, 8, 2), "since-last") == "breached"
