"""Each scenario keeps its direction: what protects never makes it likelier, what exposes never less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.catalogues.scenarios import scenarios
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
from meterward.core.records.terms import (
    Category,
    Data,
    DeviceState,
    ElementType,
    Protection,
    SecurityFunction,
    Supply,
)
from meterward.core.risk.scenario import MOST_LIKELY, RAREST, Around
from tests.builders.risk_told import MARCH

if TYPE_CHECKING:
    from meterward.core.risk.scenario import Scenario

FUNCTIONS: tuple[SecurityFunction, ...] = get_args(SecurityFunction)
PROTECTIONS: tuple[Protection, ...] = get_args(Protection)
KEYS = ("shared", "default", "test", "pairing", "device-pair", None)


def some(values: tuple[str, ...], least: int = 0) -> st.SearchStrategy[Any]:
    """Some values of a choice, each once."""
    return st.lists(st.sampled_from(values), unique=True, min_size=least).map(tuple)


def elements() -> st.SearchStrategy[ElementDeclared]:
    """An element of any sort."""
    return st.builds(
        ElementDeclared,
        categories=some(get_args(Category), 1),
        operator=st.sampled_from(("licensee", "on_behalf", "outside")),
        power=st.just("within"),
        in_service=st.just(MARCH),
        type=st.sampled_from(get_args(ElementType)),
        assurance=st.sampled_from(("none", "contract", "certified", "audited", None)),
        offers=st.just(FUNCTIONS),
        enabled=some(FUNCTIONS),
        data=some(get_args(Data)),
        supply=st.sampled_from((*get_args(Supply), None)),
    )


LINKS = st.builds(LinkRow, st.just("link/1"), st.just("element/a"), st.just("element/b"), protection=some(PROTECTIONS))
POPULATIONS = st.builds(
    PopulationRow,
    st.just("population/1"),
    st.just("element/a"),
    st.just(1),
    st.sampled_from(get_args(DeviceState)),
    keys=st.sampled_from(KEYS),
)


def arounds() -> st.SearchStrategy[Around]:
    """Any element with anything around it."""
    return st.builds(
        Around, elements(), *(st.lists(one, max_size=3).map(tuple) for one in (LINKS, POPULATIONS, elements()))
    )


def with_function(around: Around, function: str) -> Around:
    """The same, with one more function in use."""
    enabled: Any = (*around.element.enabled, function)
    return around._replace(element=around.element._replace(enabled=enabled))


def each() -> pytest.MarkDecorator:
    """A test for each scenario."""
    return pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.name)


@each()
@settings(max_examples=15)
@given(arounds())
def test_what_protects_never_makes_it_likelier(scenario: Scenario, around: Around) -> None:
    likely = scenario.likely.at(around)
    assert RAREST <= likely <= MOST_LIKELY
    for function in set(FUNCTIONS) - set(around.element.enabled):
        better = with_function(around, function)
        assert scenario.likely.at(better) <= likely
        assert scenario.applies.to(around) or not scenario.applies.to(better)
    whole = around._replace(links=tuple(link._replace(protection=PROTECTIONS) for link in around.links))
    assert scenario.likely.at(whole) <= likely
    assert scenario.applies.to(around) or not scenario.applies.to(whole)
    by_assurance = [scenario.likely.at(assured(around, one)) for one in scenario.likely.lowered_by_assurance]
    assert all(one <= scenario.likely.at(assured(around, None)) for one in by_assurance)


@each()
@settings(max_examples=15)
@given(arounds())
def test_what_exposes_never_makes_it_less_likely(scenario: Scenario, around: Around) -> None:
    likely = scenario.likely.at(around)
    for place, _ in enumerate(around.populations):
        fewer = around._replace(populations=around.populations[:place] + around.populations[place + 1 :])
        assert scenario.likely.at(fewer) <= likely
        assert scenario.applies.to(around) or not scenario.applies.to(fewer)
    bare = around._replace(links=tuple(link._replace(protection=()) for link in around.links))
    assert scenario.likely.at(bare) >= likely


@each()
@settings(max_examples=15)
@given(arounds())
def test_a_condition_less_takes_no_element_away(scenario: Scenario, around: Around) -> None:
    for name in scenario.applies._fields:
        wider = scenario.applies._replace(**{name: frozenset()})
        assert wider.to(around) or not scenario.applies.to(around)


@each()
def test_each_function_and_each_exposure_that_it_names_bears_on_it(scenario: Scenario) -> None:
    """On an element as exposed as its cases show, so that nothing is named in vain."""
    worst = max((case for case in scenario.cases if case.likely), key=lambda case: case.likely or 0).around
    exposed = worst._replace(element=worst.element._replace(enabled=(), assurance=None), populations=(), links=())
    level = scenario.likely.at(exposed)
    assert level == scenario.likely.starts
    assert {scenario.likely.at(with_function(exposed, one)) for one in scenario.likely.lowered_by} <= {level - 1}
    assert {scenario.likely.at(assured(exposed, one)) for one in scenario.likely.lowered_by_assurance} <= {level - 1}
    for keys in scenario.likely.raised_by:
        population = PopulationRow("population/1", "element/a", 1, "live", keys=keys)
        assert scenario.likely.at(exposed._replace(populations=(population,))) == level + 1


def assured(around: Around, assurance: str | None) -> Around:
    """The same, with another assurance."""
    one: Any = assurance
    return around._replace(element=around.element._replace(assurance=one))
