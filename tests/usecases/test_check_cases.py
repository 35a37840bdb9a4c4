"""Worked cases: a wrong expectation is told, and one that asks for nothing is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.obligations.law import Pack
from meterward.law import pack as packs
from meterward.usecases.check_cases import cases_of, check_case

if TYPE_CHECKING:
    from collections.abc import Mapping

MARCH = date(2013, 3, 4)
SOURCE: dict[str, Any] = {
    "teller": {"licensee": "northlight", "licences": ["electricity"]},
    "usual": {"ledger.opened": {"facts": {"clock": "simulated", "purpose": "test"}}},
    "case": [
        {
            "id": "never-a-policy",
            "clause": "Z.9",
            "title": "No policy",
            "because": "It is due on the first day.",
            "record": [
                {"kind": "ledger.opened", "on": date(2013, 1, 2)},
                {
                    "kind": "licence.held",
                    "on": date(2013, 1, 2),
                    "subject": "licence/electricity",
                    "facts": {"fuel": "electricity", "held_from": date(2010, 1, 1)},
                },
                {
                    "kind": "date.determined",
                    "on": date(2013, 1, 2),
                    "subject": "licensee",
                    "facts": {"event": "commencement", "day": MARCH, "instrument": "notice"},
                },
            ],
        }
    ],
}


def check(**expected: object) -> list[str]:
    pack = packs.load("condition_z_2012")
    assert isinstance(pack, Pack)
    source: Mapping[str, Any] = {**SOURCE, "case": [{**SOURCE["case"][0], "expect": [expected]}]}
    return check_case(pack, source, cases_of(source)[0])


def test_what_comes_out_as_expected_is_passed_over() -> None:
    assert check(duty="Z.9", on=MARCH, status="pending", missed=[]) == []
    assert check(duty="Z.9", **{"from": date(2013, 3, 5)}, to=date(2013, 3, 31), status="breached") == []
    assert check(duty="Z.9", on=date(2013, 3, 5), missed=[date(2013, 3, 5)], no_attention="limit") == []


def test_the_first_day_that_differs_is_told() -> None:
    (told,) = check(duty="Z.9", **{"from": MARCH}, to=date(2013, 3, 31), status="pending")
    assert told == "Z.9 on 2013-03-05: breached, not pending"
    (told,) = check(duty="Z.4", reading="equipment", on=MARCH, status="met")
    assert told == "Z.4 (equipment) on 2013-03-04: indeterminate, not met"


def test_a_wrong_history_and_a_wrong_attention_are_told() -> None:
    assert check(duty="Z.9", on=MARCH, missed=[MARCH]) == ["Z.9 on 2013-03-04: missed []"]
    (told,) = check(duty="Z.9", on=MARCH, attention="limit")
    assert "no attention says “limit”" in told


def test_what_stands_beside_the_status_is_compared_on_the_first_and_on_the_last_day() -> None:
    (told,) = check(duty="Z.9", **{"from": MARCH}, to=date(2013, 3, 5), missed=[])
    assert told == "Z.9 on 2013-03-05: missed ['2013-03-05']"


def test_what_is_missing_is_compared() -> None:
    assert check(duty="Z.9", on=MARCH, missing="policy.issued: a version in effect") == []
    (told,) = check(duty="Z.9", on=MARCH, missing="audit.reported")
    assert told.endswith("it does not ask for “audit.reported”, but for “policy.issued: a version in effect”")


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        ({"duty": "Z.99", "on": MARCH, "status": "met"}, "there is no duty Z.99"),
        ({"duty": "Z.9", "on": MARCH, "reading": "narrow", "status": "met"}, "there is no reading narrow"),
        ({"duty": "Z.9", "on": MARCH, "status": "fine"}, "there is no status fine"),
        ({"duty": "Z.9", "on": MARCH}, "it expects nothing of attention, missed, missing, no_attention, no_position"),
        ({"duty": "Z.9", "on": MARCH, "state": "met", "status": "met"}, "an expectation has no state"),
        ({"duty": "Z.9", "on": MARCH, "attention": ""}, "an empty text stands in every other"),
        ({"duty": "Z.4", "on": MARCH, "reading": "equipment", "missed": []}, "only that of the default reading"),
        ({"duty": "Z.9", "status": "met"}, "it has a day, or else a first and a last day"),
        ({"duty": "Z.9", "from": MARCH, "status": "met"}, "it has a day, or else a first and a last day"),
        ({"duty": "Z.9", "from": MARCH, "to": date(2013, 3, 3), "status": "met"}, "its first day is after its last"),
    ],
)
def test_an_expectation_that_asks_for_nothing_is_refused(expected: dict[str, Any], says: str) -> None:
    (told,) = check(**expected)
    assert says in told
