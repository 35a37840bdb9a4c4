"""A file of a scenario is read strictly: each mistake in one is told with the file's name and what is wrong."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from meterward.catalogues.scenarios import by_name, scenarios
from meterward.catalogues.scenarios.file_of_scenario import ScenarioError, read_scenario
from meterward.core.risk.scenario import Applies, Likely

WHOLE = """
title = "Something happens"
theme = "keys"
story = '''
First this.
Then that.
'''
causes = ["A cause", "Another"]
techniques = ["T0855"]
provenance = ["A source"]
consequences = { supply = 4, bills = 2 }
applies = { types = ["head_end"], beside = ["site"] }
likely = { starts = 3, lowered_by = ["event_log"], raised_by = ["shared"] }
element = { type = "head_end", operator = "on_behalf" }

[[case]]
says = "It is there"
element = { enabled = ["event_log"], operator = "licensee" }
links = [[], ["encrypted"]]
populations = [{ state = "live", keys = "shared" }]
beside = ["site", "process"]
likely = 3

[[case]]
says = "It is not"
applies = false
"""


def told(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a file may have
    """A whole file with changes; None takes a field away."""
    return {name: one for name, one in {**tomllib.loads(WHOLE), **changes}.items() if one is not None}


def case(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a case may have
    """A file whose only case has changes."""
    return told(case=[{**told()["case"][0], **changes}])


def test_a_file_is_read_into_a_scenario() -> None:
    read = read_scenario("something", told())
    assert (read.name, read.title, read.story, read.theme) == (
        "something",
        "Something happens",
        "First this. Then that.",
        "keys",
    )
    assert read.applies == Applies(types=frozenset({"head_end"}), beside=frozenset({"site"}))
    assert read.likely == Likely(3, frozenset({"event_log"}), raised_by=frozenset({"shared"}))
    assert list(read.consequences.items()) == [("supply", 4), ("bills", 2)]


def test_a_case_says_what_differs_from_the_element_of_the_file() -> None:
    first, second = read_scenario("something", told()).cases
    assert (first.around.element.operator, second.around.element.operator) == ("licensee", "on_behalf")
    assert first.around.element.offers == first.around.element.enabled == ("event_log",)
    assert [link.protection for link in first.around.links] == [(), ("encrypted",)]
    assert [(one.state, one.keys) for one in first.around.populations] == [("live", "shared")]
    assert [one.type for one in first.around.beside] == ["site", "process"]
    assert (first.applies, first.likely, second.applies, second.likely) == (True, 3, False, None)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (told(titel="x"), "the file has titel"),
        (told(title=None), "the file lacks title"),
        (told(title=" "), "title has no text"),
        (told(story=7), "story has no text"),
        (told(causes=[]), "causes is no list, or an empty one"),
        (told(techniques="T0855"), "techniques is no list"),
        (told(theme="weather"), "theme has 'weather', which is none of commands,"),
        (told(consequences={}), "it has no consequence"),
        (told(consequences={"supply": 6}), "consequences.supply is 6, which is no level from 1 to 5"),
        (told(consequences={"supply": True}), "consequences.supply is True"),
        (told(consequences={"loss": 3}), "consequences has 'loss'"),
        (told(applies={"type": ["head_end"]}), "applies has type; it may have types,"),
        (told(applies={"types": ["hed_end"]}), "applies.types has 'hed_end', which is none of meter_population,"),
        (told(applies={"types": "head_end"}), "applies.types is no list"),
        (told(applies={"types": ["site", "site"]}), "applies.types names something twice"),
        (told(applies=["types"]), "applies is no table"),
        (told(likely={"lowered_by": []}), "likely lacks starts"),
        (told(likely={"starts": 0}), "likely.starts is 0"),
        (told(likely={"starts": 3, "raised_by": ["lost"]}), "likely.raised_by has 'lost'"),
        (told(likely={"starts": 3, "lowered_by_assurance": ["trusted"]}), "likely.lowered_by_assurance has 'trusted'"),
        (told(case=[]), "it has no case"),
        (case(says=""), "case.says has no text"),
        (case(applies=False), "does not end with a level of likelihood or with applies = false"),
        (told(case=[{"says": "Nothing"}]), "does not end with a level"),
        (told(case=[{"says": "Yes", "applies": True}]), "does not end with a level"),
        (case(likely=6), "case.likely is 6"),
        (case(devices=3), "a case has devices"),
        (case(element={"type": "hed_end"}), "type of a case is “hed_end”. Write one of: meter_population,"),
        (case(element={"colour": "red"}), "colour of a case is not a field of this kind"),
        (case(element={"offers": [], "enabled": ["event_log"]}), "uses event_log and does not offer it"),
        (case(links=[["sealed"]]), "links has 'sealed'"),
        (case(populations=[{"state": "gone"}]), "state of a case is “gone”"),
        (case(populations=[{"state": "live", "keys": "lost"}]), "keys of a case is “lost”"),
        (case(beside=["heap"]), "beside has 'heap'"),
    ],
)
def test_each_mistake_is_told(file: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError) as found:
        read_scenario("something", file)
    assert str(found.value).startswith("something.toml: ")
    assert said in str(found.value)


def test_the_catalogue_is_read_once_and_found_by_name() -> None:
    assert scenarios() is scenarios()
    assert [by_name()[one.name] for one in scenarios()] == list(scenarios())
