"""What is done once counts once, whatever is said of it afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from meterward.core.obligations.status import Status
from tests.builders.stories import RECOGNISED, evaluated

ENGAGED: dict[str, Any] = {"kind": "audit.engaged", "on": date(2013, 6, 1), "subject": "audit/1"}
FIRST: dict[str, Any] = {"kind": "audit.reported", "on": date(2013, 8, 20), "subject": "audit/1", "label": "first"}


@pytest.mark.parametrize(("subject", "status"), [("audit/1", Status.PENDING), ("audit/2", Status.MET)])
def test_a_second_report_serves_a_year_only_if_it_is_of_another_audit(subject: str, status: Status) -> None:
    second = {"kind": "audit.reported", "on": date(2013, 11, 1), "subject": subject}
    story = [RECOGNISED, ENGAGED, FIRST, {**ENGAGED, "on": date(2013, 9, 1), "subject": "audit/2"}, second]
    result = evaluated(*story).duty("Z.14(b)")
    assert result
    by_reading = {reading.reading.id: reading.timeline for reading in result.readings}
    assert by_reading["deadline-windows"].at(date(2014, 1, 1)) is status


def test_the_first_edition_that_counts_is_the_one() -> None:
    """One whose standing is not known leaves the later one to count, until it is."""
    second = {**FIRST, "on": date(2013, 10, 10), "label": "second", "replaces": "first"}
    late = {**RECOGNISED, "on": date(2013, 12, 1)}
    result = evaluated(ENGAGED, FIRST, second, late).duty("Z.14(a)")
    assert result
    assert result.readings[0].timeline.at(date(2013, 11, 1)) is Status.INDETERMINATE
    assert result.readings[0].timeline.at(date(2013, 12, 1)) is Status.MET
