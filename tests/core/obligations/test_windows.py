"""Windows: where years end, which of them there are on a day, and gaps between acts."""

from __future__ import annotations

from datetime import date
from itertools import islice, pairwise

import pytest

from meterward.core.base.days import DAY
from meterward.core.facts.act import Act
from meterward.core.facts.fact import Wanted
from meterward.core.facts.request import request
from meterward.core.obligations.windows import Counted, Stretch, Years, windows_of
from meterward.core.records.kinds import audit_reported
from tests.builders.stories import told

WANTED = Wanted("audit", request(audit_reported.KIND, "an audit"))
EARLY = date(2000, 1, 1)
(A_RECORD, *_) = told()


def _counted(*days: date) -> list[Counted]:
    return [Counted(day, certain=True, act=Act(str(day), day, A_RECORD)) for day in days]


def _years(commencement: date, first_due: date) -> Years:
    return Years(commencement, first_due, "deadline-windows")


@pytest.mark.parametrize(
    ("commencement", "deadline", "ends"),
    [
        (date(2013, 8, 31), date(2014, 2, 28), [date(2015, 2, 28), date(2016, 2, 29), date(2017, 2, 28)]),
        (date(2015, 8, 31), date(2016, 2, 29), [date(2017, 2, 28), date(2018, 2, 28), date(2019, 2, 28)]),
        (date(2015, 8, 28), date(2016, 2, 28), [date(2017, 2, 28), date(2018, 2, 28), date(2019, 2, 28)]),
        (date(2013, 3, 4), date(2013, 9, 4), [date(2014, 9, 4), date(2015, 9, 4), date(2016, 9, 4)]),
    ],
)
def test_years_end_with_february_where_they_begin_with_march(
    commencement: date, deadline: date, ends: list[date]
) -> None:
    made = windows_of([], _years(commencement, deadline), Stretch(EARLY, date(2030, 1, 1)), WANTED)
    assert [matter.due for matter in islice(made, 3)] == ends
    assert made[0].opened == deadline + DAY
    assert all(one.due and other.opened == one.due + DAY for one, other in pairwise(made))


def test_there_is_a_window_for_every_year_up_to_the_day_asked_about() -> None:
    years = _years(date(2013, 3, 4), date(2013, 9, 4))
    dues = [matter.due for matter in windows_of([], years, Stretch(EARLY, date(2016, 9, 5)), WANTED)]
    assert dues == [date(year, 9, 4) for year in (2014, 2015, 2016, 2017, 2018)]
    assert [matter.due for matter in windows_of([], years, Stretch(EARLY, EARLY), WANTED)] == [date(2014, 9, 4)]


@pytest.mark.parametrize(("second", "flags"), [(date(2014, 8, 20), 0), (date(2014, 8, 21), 1)])
def test_a_gap_above_fifteen_months_is_flagged_whatever_the_acts_serve(second: date, flags: int) -> None:
    made = windows_of(
        _counted(date(2013, 5, 20), second), _years(date(2013, 3, 4), date(2013, 9, 4)), Stretch(EARLY, EARLY), WANTED
    )
    assert [len(matter.attention) for matter in made] == [flags, 0]
