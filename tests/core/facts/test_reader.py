"""Until when a record has effect: the end that came to it, or the first of its successors that takes its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import NEVER
from meterward.core.records.kinds import element_declared
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.records.record import Record

FACTS = {"categories": ["network"], "operator": "outside", "power": "within"}


def _element(on: str, in_service: str, **rest: str) -> dict[str, Any]:
    facts = {**FACTS, "in_service": in_service}
    return {"kind": "element.declared", "on": on, "subject": f"element/{rest['label']}", "facts": facts, **rest}


FIRST = _element("2014-01-10", "2014-01-10", label="first")
SECOND = _element("2014-02-10", "2014-06-01", label="second", replaces="first")
THIRD = _element("2014-03-10", "2014-04-01", label="third", replaces="second")
GONE = {
    "kind": "record.ended",
    "on": "2014-02-20",
    "subject": "element/first",
    "ends": "first",
    "facts": {"because": "expired"},
}


def _until(*story: dict[str, Any], **how: Callable[[Record[Any]], Any]) -> date:
    read = reader(*story)
    return read.until(read.all(element_declared.KIND)[0], **how)


def test_without_end_or_successor_it_has_effect_for_good() -> None:
    assert _until(FIRST) == NEVER


def test_a_successor_takes_its_place_on_the_day_on_which_it_begins() -> None:
    assert _until(FIRST, SECOND) == date(2014, 2, 10)
    assert _until(FIRST, SECOND, begins=lambda one: one.facts.in_service) == date(2014, 6, 1)


def test_the_earlier_of_end_and_successor_counts() -> None:
    assert _until(FIRST, GONE) == date(2014, 2, 20)
    assert _until(FIRST, SECOND, GONE) == date(2014, 2, 10)
    assert _until(FIRST, SECOND, GONE, begins=lambda one: one.facts.in_service) == date(2014, 2, 20)


def test_in_place_of_a_successor_that_does_not_count_the_next_one_is_asked() -> None:
    def counts(one: Record[Any]) -> bool:
        return one.subject != "element/second"

    assert _until(FIRST, SECOND, counts=counts) == NEVER
    assert _until(FIRST, SECOND, THIRD, counts=counts) == date(2014, 3, 10)
