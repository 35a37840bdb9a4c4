"""What differs between two charts is called by what a person knows it by."""

from __future__ import annotations

from datetime import date

import pytest

from meterward.core.system.cells import EMPTY, Standing
from meterward.present.system_changes import compare
from meterward.usecases.draw_system import ASPECTS, Chart, Row
from tests.builders.system_told import drawn, element, link, population


def chart(*rows: dict[str, object]) -> Chart:
    """A chart with links and populations alone."""
    told = drawn(element("a"), element("b"), *rows)
    empty = Row((EMPTY,) * len(ASPECTS), EMPTY, Standing.EMPTY)
    return Chart(date(2013, 5, 1), ("electricity",), {}, told.links, told.populations, empty, ())


@pytest.mark.parametrize(
    ("row", "called"),
    [
        (link("one", "a", "b"), "a to b"),
        (link("one", "a", "b", both_ways=True), "a and b"),
        (link("one", "a", "b", label="Orders"), "Orders"),
        (population("one", "a", 1200), "1,200 live of a"),
        (population("one", "a", 1, model="m", firmware="1.10"), "1 live of a, m 1.10"),
    ],
)
def test_what_came_and_went_is_called_by_its_label_or_by_what_it_is(row: dict[str, object], called: str) -> None:
    came, went = compare(chart(), chart(row)), compare(chart(row), chart())
    assert [one.called for sort in came.sorts for one in sort.came] == [called]
    assert [one.called for sort in went.sorts for one in sort.went] == [called]
    assert came.how_many == went.how_many == 1


def test_a_link_that_is_told_otherwise_is_called_as_it_is_now() -> None:
    found = compare(chart(link("one", "a", "b", label="Before")), chart(link("one", "b", "a")))
    (changed,) = found.sorts[1].changed
    assert changed.called == "b to a"
    assert [(one.name, one.before, one.after) for one in changed.fields] == [
        ("Source", "element/a", "element/b"),
        ("Target", "element/b", "element/a"),
        ("Label", "Before", ""),
    ]
