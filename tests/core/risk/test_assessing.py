"""What an assessment covers, how two registers differ, and what a solution design traces: on small stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.scenario_dismissed import ScenarioDismissed
from meterward.core.risk.comparison import compare
from meterward.core.risk.coverage import covered
from meterward.core.risk.design import design_on, traced
from meterward.core.risk.measures import every_measure
from meterward.core.risk.register import rated, register
from tests.builders.risk_told import APRIL, JUNE, MARCH, MAY, accepted, estimate, measure, progress, risk, scales
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.risk.design import Design
    from meterward.core.risk.register import Rated

NETWORK = ElementDeclared(("network",), "licensee", "within", MARCH)
BOTH = ElementDeclared(("network", "process"), "licensee", "within", MARCH)
ELEMENTS = {
    "element/1": NETWORK,
    "element/2": BOTH,
    "element/3": ElementDeclared(("process",), "licensee", "within", MARCH),
}
ASSESSED = {
    "kind": "assessment.completed",
    "on": APRIL,
    "subject": "assessment/1",
    "facts": {"scope": ["network"], "risks": 2, "above_appetite": ["R1", "R2"]},
}


def declared(name: str) -> dict[str, Any]:
    """An element that a risk can name."""
    facts = {"categories": ["network"], "operator": "licensee", "power": "within", "in_service": str(MARCH)}
    return {"kind": "element.declared", "on": MARCH, "subject": f"element/{name}", "facts": facts}


def design(on: date, name: str = "1", **traces: list[str]) -> dict[str, Any]:
    """A design that traces risks to measures."""
    rows = [{"risk": f"risk/{one}", "measures": [f"measure/{each}" for each in ones]} for one, ones in traces.items()]
    facts = {"assessment": "assessment/1", "effective": str(on), "traces": rows}
    return {"kind": "design.adopted", "on": on, "subject": f"design/{name}", "facts": facts}


def rows(read: Reader, day: date) -> list[Rated]:
    """The register of a day, rated."""
    return [rated(read, one, day) for one in register(read).on(day)]


def design_of(*story: Mapping[str, Any], day: date = JUNE) -> Design:
    """The design of a story beside its register."""
    read = reader(*story)
    return traced(design_on(read, day), rows(read, day), every_measure(read), day)


def test_an_element_is_covered_by_name_by_what_was_dismissed_of_it_or_as_a_part_of_the_whole() -> None:
    named = register(reader(declared("1"), risk(elements=["element/1"]))).on(JUNE)
    aside = ScenarioDismissed("s", ("element/2",))
    found = covered(ELEMENTS, ("network",), named, [aside])
    assert found.elements == {"element/1": "risk", "element/2": "dismissed"}
    assert found.categories == {"network": {"risk": 1, "dismissed": 1, "whole": 0, "none": 0}}
    assert covered(ELEMENTS, ("process",), named, [ScenarioDismissed("s")]).by("none") == ("element/2", "element/3")
    whole = register(reader(risk())).on(JUNE)
    assert covered(ELEMENTS, ("network", "process"), whole, []).by("whole") == ("element/1", "element/2", "element/3")


def test_an_element_counts_in_each_of_its_categories_in_scope() -> None:
    found = covered(ELEMENTS, ("network", "process"), (), ())
    assert {name: counts["none"] for name, counts in found.categories.items()} == {"network": 2, "process": 2}


def test_two_registers_differ_in_what_came_went_and_moved() -> None:
    gone = {"kind": "record.ended", "on": MAY, "facts": {"because": "gone"}, "ends": "R3", "subject": "risk/R3"}
    read = reader(
        scales(),
        risk("R1"),
        estimate(1, 1),
        risk("R2"),
        estimate(3, 3, name="R2"),
        risk("R3"),
        gone,
        estimate(3, 3, on=MAY),
        estimate(1, 1, on=MAY, name="R2"),
        risk("R4", MAY),
    )
    found = compare(rows(read, APRIL), rows(read, JUNE))
    assert [one.risk.short for one in found.new] == ["R4"]
    assert [one.risk.short for one in found.gone] == ["R3"]
    assert [one.after.risk.short for one in found.up] == ["R1"]
    assert [one.after.risk.short for one in found.down] == ["R2"]
    assert (found.came_above, found.left_above, found.same) == (("R1",), ("R2",), 0)


def test_a_risk_that_nobody_rates_any_more_went_down_and_the_same_day_twice_is_the_same() -> None:
    read = reader(scales(), risk(), estimate(), scales(MAY, "2"))
    assert len(compare(rows(read, APRIL), rows(read, JUNE)).down) == 1
    assert compare(rows(read, APRIL), rows(read, APRIL)).same == 1


def test_a_design_has_gaps_both_ways() -> None:
    story = (scales(), risk(), estimate(), risk("R2"), estimate(name="R2"), ASSESSED)
    bare = design_of(*story)
    assert [one.is_open for one in bare.traces] == [True, True]
    planned = (*story, measure(name="a"), measure(name="b"), design(APRIL, R1=["a"]))
    one, other = design_of(*planned).traces
    assert (one.designed, one.beyond, one.over, one.is_open) == (("measure/a",), ("measure/b",), (), False)
    assert other.is_open
    stopped = design_of(*planned, progress("stopped", MAY, "claimed", name="a")).traces[0]
    assert (stopped.over, stopped.beyond) == (("measure/a",), ("measure/b",))


def test_what_was_accepted_is_no_gap_and_a_measure_for_no_risk_is() -> None:
    gone = {"kind": "record.ended", "on": MAY, "facts": {"because": "gone"}, "ends": "R1", "subject": "risk/R1"}
    story = (scales(), risk(), estimate())
    assert [one.is_open for one in design_of(*story, accepted(APRIL, JUNE)).traces] == [False]
    found = design_of(*story, measure(name="a"), ASSESSED, design(APRIL, R1=["a"]), gone)
    assert [one.record.subject for one in found.idle] == ["measure/a"]
    assert found.gone == ("risk/R1",)


def test_the_design_in_force_is_the_latest_that_counts_already() -> None:
    story = (scales(), risk(), estimate(), ASSESSED, measure(name="a"), design(APRIL, R1=["a"]))
    later = {**design(JUNE, "2", R1=["a"]), "on": MAY}
    for day, name in ((MARCH, None), (APRIL, "design/1"), (MAY, "design/1"), (JUNE, "design/2")):
        found = design_on(reader(*story, later), day)
        assert (found.subject if found else None) == name
