"""The catalogue of scenarios: complete, each with cases that hold, no two alike, in plain prose."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from meterward.catalogues.scenarios import by_name, by_theme, scenarios
from meterward.catalogues.techniques import techniques

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.risk.scenario import Scenario

WANTED = (
    *("mass-disconnection", "one-key-for-the-fleet", "firmware-from-taken-head-end", "optical-port-tampering"),
    *("replayed-commands", "rogue-head-end", "contractor-insider-with-field-tool", "wan-jammed", "event-logs-lost"),
    *("prepayment-fraud", "billing-data-leak", "meter-time-changed", "supplier-locked-out", "hardware-implant"),
    *("poisoned-software-update", "decommissioned-meters-with-live-keys"),
)
FEWEST, LONGEST_SENTENCE, MOST_ALIKE = 60, 40, 0.35
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TITLE = re.compile(r"“[^”]*”")
"""What others wrote, as they called it."""


def each() -> pytest.MarkDecorator:
    """A test for each scenario."""
    return pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.name)


def sentences(text: str) -> list[str]:
    """A text by its sentences; a colon or a semicolon ends none."""
    return [one for one in re.split(r"(?<=[.?])\s+", text) if one]


def prose(scenario: Scenario) -> Iterator[str]:
    """Everything in a scenario that is written to be read."""
    yield from (scenario.title, scenario.story, *scenario.causes, *scenario.provenance)
    yield from (case.says for case in scenario.cases)


def test_there_are_enough_and_each_that_is_wanted_is_among_them() -> None:
    assert len(scenarios()) >= FEWEST
    assert set(WANTED) - set(by_name()) == set()


def test_they_are_ordered_by_name_and_each_has_its_theme() -> None:
    names = [one.name for one in scenarios()]
    assert names == sorted(set(names))
    assert [name for name in names if not NAME.fullmatch(name)] == []
    assert sorted(one.name for there in by_theme().values() for one in there) == names
    assert [theme for theme, there in by_theme().items() if not there] == []


@each()
def test_every_case_holds(scenario: Scenario) -> None:
    found = [
        (case.says, scenario.applies.to(case.around), scenario.likely.at(case.around) if case.applies else None)
        for case in scenario.cases
    ]
    assert found == [(case.says, case.applies, case.likely) for case in scenario.cases]


@each()
def test_cases_show_where_it_is_likely_where_less_and_where_it_does_not_apply(scenario: Scenario) -> None:
    levels = [case.likely for case in scenario.cases if case.likely is not None]
    assert len(scenario.cases) >= 3
    assert min(levels) < max(levels)
    assert max(levels) >= scenario.likely.starts
    assert [case for case in scenario.cases if not case.applies]


@each()
def test_what_is_in_use_in_a_case_bears_on_it(scenario: Scenario) -> None:
    used = {function for case in scenario.cases if case.applies for function in case.around.element.enabled}
    assert used - scenario.likely.lowered_by == set()


@each()
def test_a_case_in_which_it_does_not_apply_differs_in_what_the_predicate_asks(scenario: Scenario) -> None:
    asked = [name for name, value in scenario.applies._asdict().items() if value]
    for case in scenario.cases:
        if not case.applies:
            alone = [scenario.applies._replace(**{name: frozenset()}).to(case.around) for name in asked]
            assert any(alone), f"“{case.says}” fails several conditions at once, so it shows none"


@each()
def test_prose_is_in_house_style(scenario: Scenario) -> None:
    assert 2 <= len(sentences(scenario.story)) <= 5
    long = [one for text in prose(scenario) for one in sentences(text) if len(one.split()) > LONGEST_SENTENCE]
    assert long == []
    ours = [TITLE.sub("", text) for text in prose(scenario)]
    assert [text for text in ours if re.search(r"[!\"']|  ", text)] == []
    assert [text for text in (scenario.title, *scenario.causes, *scenario.provenance) if text.endswith(".")] == []
    assert [text for text in prose(scenario) if text[0].islower() and not text.startswith("npower")] == []


@each()
def test_it_says_what_causes_it_and_where_the_idea_comes_from(scenario: Scenario) -> None:
    for said, fewest in ((scenario.causes, 2), (scenario.provenance, 1), (scenario.techniques, 2)):
        assert len(said) == len(set(said)) >= fewest
    assert max(scenario.consequences.values()) >= 3


def test_no_two_tell_the_same_story() -> None:
    words = {one.name: set(re.findall(r"[a-z]{4,}", one.story.lower())) for one in scenarios()}
    alike = {
        (one, other): len(words[one] & words[other]) / len(words[one] | words[other])
        for one, other in combinations(words, 2)
    }
    assert {pair: round(share, 2) for pair, share in alike.items() if share > MOST_ALIKE} == {}
    assert len({one.title for one in scenarios()}) == len(scenarios())


def test_no_two_ask_for_the_same_elements_and_come_to_the_same() -> None:
    told = [(one.applies, tuple(one.consequences), one.techniques) for one in scenarios()]
    assert len(set(told)) == len(told)


def test_every_technique_has_a_name_and_none_is_kept_for_nothing() -> None:
    used = {technique for one in scenarios() for technique in one.techniques}
    assert set(techniques().names) == used
    assert "MITRE" in techniques().attribution
    assert re.fullmatch(r"MITRE ATT&CK for ICS \d+\.\d+", techniques().edition)
