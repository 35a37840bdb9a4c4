"""Circles over all days: found at the record that closes them, on the day on which it does, and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.system.model import system
from meterward.core.system.winding import closed_circles, tells_within
from tests.builders.stories import reader, told
from tests.builders.system_told import described, element

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST, SECOND, THIRD = date(2013, 2, 1), date(2013, 5, 1), date(2013, 8, 1)
A, B, C = "element/a", "element/b", "element/c"


def circles(*story: Mapping[str, Any]) -> list[tuple[tuple[str, ...], date, str]]:
    """Each circle that a story closes, when, and where."""
    return [(one.circle, one.record.occurred, one.field) for one in closed_circles(reader(*story))]


def declared(on: date, name: str, within: str | None = None, **more: object) -> dict[str, Any]:
    """An element declared by hand."""
    facts = element(name, **({"within": within} if within else {}))["told"]
    return {"kind": "element.declared", "on": on, "subject": f"element/{name}", "facts": facts, **more}


def test_the_record_that_closes_a_circle_is_the_one_that_has_it() -> None:
    story = (
        described(FIRST, element("a"), element("b", within=A)),
        described(SECOND, element("x"), element("a", within=B)),
    )
    assert circles(*story) == [((A, B), SECOND, "facts.elements[1].told.within")]
    assert circles(story[0]) == []


def test_one_declared_by_hand_closes_it_too() -> None:
    story = (described(FIRST, element("b")), declared(SECOND, "a", B), described(THIRD, element("b", within=A)))
    assert circles(*story) == [((A, B), THIRD, "facts.elements[0].told.within")]
    story = (described(FIRST, element("c")), declared(SECOND, "b", C), declared(SECOND, "a", B))
    assert circles(*story, described(THIRD, element("c", within=A))) == [
        ((A, B, C), THIRD, "facts.elements[0].told.within")
    ]


def test_what_was_never_so_on_one_day_is_no_circle() -> None:
    turned_round = (
        described(FIRST, element("a"), element("b", within=A)),
        described(SECOND, element("b")),
        described(THIRD, element("a", within=B)),
    )
    assert circles(*turned_round) == []
    assert circles(turned_round[0], described(SECOND, element("a", within=B), element("b"))) == []
    gone = described(SECOND, gone=(B,))
    assert circles(turned_round[0], gone, described(THIRD, element("a", within=B))) == []


def test_a_circle_in_the_past_is_found_at_the_record_of_the_later_day() -> None:
    before = (described(FIRST, element("a"), element("b")), described(SECOND, element("b", within=A)))
    after = described(date(2013, 3, 1), element("a", within=B))
    opened_since = described(THIRD, element("a"))
    assert circles(*before, after, opened_since) == [((A, B), SECOND, "facts.elements[0].told.within")]


def test_of_one_day_the_last_telling_counts() -> None:
    story = (described(FIRST, element("a"), element("b", within=A)), described(SECOND, element("a", within=B)))
    assert circles(*story, described(SECOND, element("a"), telling=2)) == []


def test_a_circle_that_stays_is_told_once() -> None:
    story = (described(FIRST, element("a"), element("b", within=A)), described(SECOND, element("a", within=B)))
    assert len(circles(*story, described(THIRD, element("c", within=A), element("x")))) == 1
    again = described(THIRD, element("a", within=B, zone="core"))
    assert [day for _, day, _ in circles(*story, again)] == [SECOND, THIRD], "and by each record that says it anew"


def test_long_ways_without_a_circle_need_no_fold() -> None:
    rows = [element("e0"), *(element(f"e{place}", within=f"element/e{place - 1}") for place in range(1, 3_000))]
    read = reader(described(FIRST, *rows))
    assert list(closed_circles(read)) == []
    assert ("system",) not in read._kept  # noqa: SLF001 - whether it was computed shows nowhere else


@pytest.mark.parametrize("close", [True, False])
def test_whether_a_record_says_what_anything_is_part_of(*, close: bool) -> None:
    within = {"within": A} if close else {}
    for story in (
        [described(FIRST, element("a"), element("b", **within))],
        [declared(FIRST, "b", within.get("within"))],
    ):
        before = [] if story[0]["kind"] == "system.described" else [described(FIRST, element("a"))]
        assert tells_within(told(*before, *story)[-1]) is close


def test_it_agrees_with_the_system_of_the_day() -> None:
    read = reader(
        described(FIRST, element("a"), element("b", within=A)),
        described(SECOND, element("a", within=B)),
        described(THIRD, element("b")),
    )
    assert [len(system(read).told(day).circles()) for day in (FIRST, SECOND, THIRD)] == [0, 1, 0]
