"""Which scenarios a system suggests, and which are left once the register and those dismissed are taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
from meterward.core.records.terms import Protection, SecurityFunction
from meterward.core.risk.proposals import proposals, suggested, surroundings
from meterward.core.risk.scenario import Applies, Around, Likely, Scenario
from meterward.core.system.model import Drawn
from tests.builders.risk_told import APRIL, JUNE, MARCH, MAY, risk
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Mapping

FUNCTIONS, PROTECTIONS = get_args(SecurityFunction), get_args(Protection)
HEAD = ElementDeclared(
    ("communication_equipment",), "on_behalf", "within", MARCH, None, "head_end", None, "contract", supply="interrupts"
)
METER = HEAD._replace(
    type="meter_population", operator="licensee", assurance=None, supply="interferes", data=("consumption",)
)
DRAWN = Drawn(
    {"element/head": HEAD, "element/meter": METER},
    {"link/1": LinkRow("link/1", "element/head", "element/meter", protection=("encrypted",))},
    {"population/1": PopulationRow("population/1", "element/meter", 7, "live", keys="shared")},
)
STORY: tuple[Mapping[str, Any], ...] = tuple(
    {
        "kind": "element.declared",
        "on": MARCH,
        "subject": f"element/{name}",
        "facts": {"categories": ["network"], "operator": "licensee", "power": "within", "in_service": str(MARCH)},
    }
    for name in ("head", "meter")
)


ANYTHING, LIKELY = Applies(), Likely(4)


def scenario(applies: Applies = ANYTHING, likely: Likely = LIKELY, name: str = "s") -> Scenario:
    """A scenario of which nothing else matters."""
    return Scenario(name, "A story", "It happens.", (), {"supply": 4}, (), applies, likely, (), ())


def dismissed(on: object = MARCH, **facts: object) -> dict[str, Any]:
    """A scenario that is not taken up."""
    return {"kind": "scenario.dismissed", "on": on, "subject": "system", "facts": {"scenario": "s", **facts}}


@pytest.mark.parametrize(
    ("applies", "elements"),
    [
        (Applies(), {"element/head", "element/meter"}),
        (Applies(types=frozenset({"head_end"})), {"element/head"}),
        (Applies(operators=frozenset({"licensee", "outside"})), {"element/meter"}),
        (Applies(supply=frozenset({"interrupts"})), {"element/head"}),
        (Applies(data=frozenset({"consumption", "keys"})), {"element/meter"}),
        (Applies(categories=frozenset({"process"})), set()),
        (Applies(offers=frozenset({"remote_disconnection"})), set()),
        (Applies(lacks=frozenset({"replay_protection"})), {"element/head", "element/meter"}),
        (Applies(unprotected=frozenset({"encrypted"})), set()),
        (Applies(unprotected=frozenset({"authenticated"})), {"element/head", "element/meter"}),
        (Applies(keys=frozenset({"shared"})), {"element/meter"}),
        (Applies(states=frozenset({"decommissioned"})), set()),
        (Applies(beside=frozenset({"head_end", "site"})), {"element/meter"}),
        (Applies(beside=frozenset({"site"})), set()),
        (Applies(assurance=frozenset({"none", "contract"})), {"element/head"}),
        (Applies(assurance=frozenset({"audited"})), set()),
        (Applies(types=frozenset({"head_end"}), keys=frozenset({"shared"})), set()),
    ],
)
def test_each_condition_picks_its_elements(applies: Applies, elements: set[str]) -> None:
    found = suggested([scenario(applies)], DRAWN)
    assert {name for one in found for name in one.elements} == elements


@given(
    st.sets(st.sampled_from(FUNCTIONS)),
    st.sets(st.sampled_from(FUNCTIONS)),
    st.sampled_from(FUNCTIONS),
    st.sets(st.sampled_from(PROTECTIONS)),
    st.integers(1, 5),
)
def test_a_function_in_use_never_makes_it_likelier_and_shared_keys_never_less(
    lowers: set[str], enabled: set[str], another: SecurityFunction, protected: set[Protection], starts: int
) -> None:
    likely = Likely(starts, frozenset(lowers), frozenset(PROTECTIONS), frozenset({"shared"}))
    link = LinkRow("link/1", "element/head", "element/meter")

    def at(enabled: set[str], protected: set[Protection], *populations: PopulationRow) -> int:
        element = HEAD._replace(enabled=tuple(sorted(enabled)))  # type: ignore[arg-type] # sorted forgets the choices
        links = (link._replace(protection=tuple(protected)),)
        return likely.at(Around(element, links, populations))

    there = at(enabled, protected)
    assert 1 <= at({*enabled, another}, protected) <= there <= 5
    assert at(enabled, set(PROTECTIONS)) <= there
    assert at(enabled, protected, *DRAWN.populations.values()) >= there


def test_what_others_operate_is_less_likely_where_its_security_is_assured() -> None:
    likely = Likely(3, lowered_by_assurance=frozenset({"certified", "audited"}))
    assured = (HEAD, HEAD._replace(assurance="audited"), HEAD._replace(assurance=None))
    assert [likely.at(Around(one)) for one in assured] == [3, 2, 3]


def test_a_link_to_what_is_not_drawn_puts_nothing_beside_an_element() -> None:
    drawn = Drawn({"element/meter": METER}, DRAWN.links)
    assert (surroundings(drawn)["element/meter"].beside, surroundings(DRAWN)["element/meter"].beside) == ((), (HEAD,))


def test_what_the_register_has_is_not_proposed_again() -> None:
    read = reader(*STORY, risk("R1", APRIL, scenario="s", elements=["element/head"]))
    assert [set(one.elements) for one in proposals(read, [scenario()], DRAWN, MARCH)] == [
        {"element/head", "element/meter"}
    ]
    assert [set(one.elements) for one in proposals(read, [scenario()], DRAWN, JUNE)] == [{"element/meter"}]
    assert proposals(reader(risk("R1", scenario="s")), [scenario()], DRAWN, JUNE) == ()


def test_what_was_dismissed_is_proposed_again_on_its_day() -> None:
    read = reader(*STORY, dismissed(APRIL, until=str(MAY), elements=["element/head"]))
    assert [set(one.elements) for one in proposals(read, [scenario()], DRAWN, APRIL)] == [{"element/meter"}]
    assert [set(one.elements) for one in proposals(read, [scenario()], DRAWN, MAY)] == [
        {"element/head", "element/meter"}
    ]
    assert proposals(reader(dismissed()), [scenario(), scenario(name="other")], DRAWN, JUNE)[0].scenario.name == "other"


def test_a_proposal_is_as_likely_as_where_it_is_likeliest() -> None:
    (found,) = suggested([scenario(likely=Likely(3, raised_by=frozenset({"shared"})))], DRAWN)
    assert (found.elements, found.likely) == ({"element/head": 3, "element/meter": 4}, 4)
