"""What a ledger tells was counted last, on each side of every day that matters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.records.kinds import coverage_measured
from meterward.core.system.coverage import Covered, last_coverage
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLE = {"premises": 10, "with_one": 10, "with_none": 0, "with_several": 0, "in_scope": 10, "supplying_nobody": 0}


def counted(on: str, as_at: str, fuel: str = "electricity", facts: Mapping[str, int] = {}) -> dict[str, Any]:
    """A count told on a day."""
    given = {**coverage_measured.KIND.example, **WHOLE, "as_at": as_at, "fuel": fuel, **facts}
    return {"kind": "coverage.measured", "on": on, "subject": "system", "facts": given}


def last(day: date, *story: dict[str, Any]) -> Covered:
    """What is known of electricity on a day."""
    (found,) = last_coverage(reader(*story), day, ("electricity",))
    return found


def test_a_fuel_that_nobody_counted_is_a_gap() -> None:
    gas = counted("2014-02-01", "2014-01-31", "gas")
    found = last(date(2014, 3, 1), gas)
    assert (found.record, found.age, Covered("gas", None).age) == (None, 0, 0)
    assert found.gaps == ("nobody has counted it",)


def test_a_count_is_known_from_the_day_of_its_record() -> None:
    told = counted("2014-02-01", "2014-01-15")
    assert last(date(2014, 1, 31), told).record is None
    found = last(date(2014, 2, 1), told)
    assert found.record is not None
    assert found.age == 17
    assert found.gaps == ()


def test_a_count_of_both_fuels_speaks_for_each() -> None:
    assert last(date(2014, 3, 1), counted("2014-02-01", "2014-01-31", "both")).record is not None


def test_the_newest_day_counts_also_when_an_older_one_was_counted_later() -> None:
    new = counted("2014-02-01", "2014-01-31")
    old = counted("2014-02-05", "2014-01-10", facts={"with_one": 9, "with_none": 1})
    assert last(date(2014, 3, 1), new, old).gaps == ()
    assert last(date(2014, 3, 1), old, new).gaps == ()


def test_of_two_counts_of_a_day_the_later_record_holds() -> None:
    first = counted("2014-02-01", "2014-01-31", facts={"with_one": 9, "with_none": 1})
    second = counted("2014-02-02", "2014-01-31")
    assert last(date(2014, 2, 1), first, second).gaps == ("1 premises without a metering system",)
    assert last(date(2014, 2, 2), first, second).gaps == ()


def test_a_count_that_was_withdrawn_was_never_made() -> None:
    told = {**counted("2014-02-01", "2014-01-31"), "label": "wrong"}
    gone = {
        "kind": "record.withdrawn",
        "on": "2014-02-03",
        "withdraws": "wrong",
        "facts": {"because": "never-happened"},
    }
    assert last(date(2014, 3, 1), told, gone).record is None


def test_every_gap_is_told() -> None:
    gaps = {"with_one": 4, "with_none": 5, "with_several": 1, "in_scope": 8, "supplying_nobody": 2}
    assert last(date(2014, 3, 1), counted("2014-02-01", "2014-01-31", facts=gaps)).gaps == (
        "5 premises without a metering system",
        "1 premises with several",
        "2 metering systems supplying nobody",
    )
