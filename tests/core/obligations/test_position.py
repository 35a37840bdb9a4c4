"""The history of missed deadlines: by the law of each day, and only of what was missed beyond doubt."""

from __future__ import annotations

from datetime import date
from typing import Any

from meterward.core.obligations.position import Missed, duty_position
from tests.builders.stories import RECOGNISED, evaluated

ENGAGED: dict[str, Any] = {"kind": "audit.engaged", "on": date(2013, 6, 1), "subject": "audit/1"}
REPORTED: dict[str, Any] = {"kind": "audit.reported", "on": date(2013, 8, 20), "subject": "audit/1"}


def _adopted(on: date, months: int) -> dict[str, Any]:
    parameters = [{"name": "z14_first_months", "value": str(months)}]
    facts = {"pack": "condition_z_2012", "pack_version": 1, "parameters": parameters}
    return {"kind": "pack.adopted", "on": on, "subject": "licensee", "facts": facts}


def _missed(as_at: date, *story: dict[str, Any], duty: str = "Z.14(a)") -> list[Missed]:
    evaluation = evaluated(*story)
    result = evaluation.duty(duty)
    assert result
    return list(duty_position(evaluation, result, as_at).history)


def _days(as_at: date, *story: dict[str, Any], duty: str = "Z.14(a)") -> list[date]:
    return [event.day for event in _missed(as_at, *story, duty=duty)]


def test_a_deadline_that_lay_behind_when_it_became_known_is_missed_on_that_day() -> None:
    adopted = _adopted(date(2013, 8, 1), 3)
    assert _days(date(2013, 7, 31), adopted) == []
    assert _days(date(2013, 8, 2), adopted) == [date(2013, 8, 1)]
    (event,) = _missed(date(2013, 9, 1), RECOGNISED, ENGAGED, adopted, REPORTED)
    assert (event.day, event.made_good) == (date(2013, 8, 1), date(2013, 8, 20))


def test_what_was_kept_is_not_missed_when_the_deadline_is_moved_before_it() -> None:
    assert _days(date(2013, 12, 1), RECOGNISED, ENGAGED, REPORTED, _adopted(date(2013, 10, 1), 3)) == []


def test_what_is_missed_already_is_not_missed_again_under_a_later_regime() -> None:
    unchanged, shorter = _adopted(date(2013, 10, 1), 6), _adopted(date(2013, 11, 1), 3)
    assert _days(date(2013, 12, 1), unchanged, shorter) == [date(2013, 9, 5)]


def test_a_longer_period_can_be_missed_as_well() -> None:
    assert _days(date(2014, 1, 1), _adopted(date(2013, 10, 1), 9)) == [date(2013, 9, 5), date(2013, 12, 5)]


def test_a_deadline_is_not_missed_while_it_is_in_doubt_whether_it_was_kept() -> None:
    late = {**RECOGNISED, "on": date(2013, 12, 2)}
    assert _days(date(2013, 12, 1), ENGAGED, REPORTED, late) == []
    assert _days(date(2013, 12, 2), ENGAGED, REPORTED, late) == []


def test_a_deadline_that_passed_before_anything_was_done_is_missed_whatever_the_doubt() -> None:
    reported = {**REPORTED, "on": date(2013, 9, 20)}
    assert _days(date(2013, 12, 1), ENGAGED, reported) == [date(2013, 9, 5)]


def test_every_year_that_passed_without_an_audit_is_an_event() -> None:
    ends = [date(year, 9, 5) for year in (2014, 2015, 2016)]
    assert _days(date(2016, 9, 5), duty="Z.14(b)") == ends
    assert _days(date(2016, 9, 4), duty="Z.14(b)") == ends[:2]
