"""Where an estimate of a scenario begins: the steps that are said make the level that the scenario has."""

from __future__ import annotations

from datetime import date

import pytest

from meterward.catalogues.scenarios import scenarios
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
from meterward.core.risk.scenario import Around, Likely
from meterward.present.scenario_words import begins

BARE = ElementDeclared(("network",), "licensee", "within", date(2013, 3, 4))
ANY = scenarios()[0]


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.name)
def test_the_steps_make_the_level(scenario: object) -> None:
    assert isinstance(scenario, type(ANY))
    for case in scenario.cases:
        found = begins(scenario, case.around)
        steps = [one for one in found.steps[1:] if not one.startswith("never")]
        made = scenario.likely.starts + sum(1 if one.startswith("1 more") else -1 for one in steps)
        assert found.level == max(1, min(5, made))
        assert set(found.used).isdisjoint(found.unused)


def test_each_step_is_said_and_where_it_ends() -> None:
    likely = Likely(2, frozenset({"event_log", "encryption"}), frozenset({"encrypted"}), frozenset({"shared"}))
    scenario = ANY._replace(likely=likely, applies=ANY.applies._replace(lacks=frozenset()))
    element = BARE._replace(offers=("event_log", "encryption"), enabled=("event_log",))
    link = LinkRow("link/1", "element/a", "element/b", protection=("encrypted",))
    there = Around(element, (link,), (PopulationRow("population/1", "element/a", 1, "live", keys="shared"),))
    found = begins(scenario, there)
    assert found.steps == (
        "2 to begin with",
        "1 less: event log is in use",
        "1 less: all of its links are encrypted",
        "1 more: keys are kept as shared",
    )
    assert (found.level, found.used, found.unused) == (1, ("event log",), ("encryption",))
    assert begins(scenario, Around(BARE)).unused == ("encryption, not there", "event log, not there")
    low = begins(scenario._replace(likely=likely._replace(starts=1)), Around(element))
    assert low.steps[-1] == "never less than 1"
