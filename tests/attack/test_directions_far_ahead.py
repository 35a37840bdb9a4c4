"""A direction cannot count more days than a calendar has."""

from __future__ import annotations

import pytest

from meterward.core.records.kinds.direction_issued import MOST_DAYS
from meterward.core.records.story import StoryError, Teller
from tests.builders.brightwater import one


@pytest.mark.parametrize(("days", "fits"), [(0, True), (MOST_DAYS, True), (MOST_DAYS + 1, False), (2**53 - 1, False)])
def test_days_beyond_a_century_are_refused(days: int, fits: bool) -> None:
    facts = {
        "issuers": ["authority"],
        "addressees": ["brightwater"],
        "purposes": ["trials"],
        "requirements": [{"name": "step-1", "act": "do", "within_days": days}],
    }
    told = [one("direction.issued", "2199-12-31", "direction/1", facts=facts)]
    if fits:
        assert Teller("brightwater", ["gas"]).tell(told)
    else:
        with pytest.raises(StoryError, match=r"within_days: .* more than a century"):
            Teller("brightwater", ["gas"]).tell(told)
