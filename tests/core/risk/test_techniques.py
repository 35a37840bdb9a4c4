"""Techniques of ATT&CK beside the register: which its risks consider, which none does, which are current no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.risk.register import register
from meterward.core.risk.scenario import Applies, Likely, Scenario
from meterward.core.risk.techniques import Considered, Technique, considered
from tests.builders.risk_told import JUNE, risk
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from meterward.core.risk.techniques import Standing

NONE = Considered((), (), ())


def technique(name: str, standing: Standing = "current", instead: str = "") -> Technique:
    """A technique of a version of ATT&CK."""
    return Technique(name, f"Name of {name}", "technique", standing, instead)


def scenario(name: str, *techniques: str) -> Scenario:
    """A scenario of which nothing matters but its techniques."""
    return Scenario(name, "A story", "It happens.", (), {}, techniques, Applies(), Likely(1), (), ())


CATALOGUE = (scenario("flood", "T1", "T2"), scenario("theft", "T2", "T9"), scenario("worm", "T3"))


def beside(*techniques: Technique, story: tuple[Mapping[str, Any], ...]) -> Considered:
    """What the register that a story tells considers of some techniques."""
    return considered(techniques, register(reader(*story)).on(JUNE), CATALOGUE)


def test_each_technique_is_named_once_with_its_risks_and_the_scenarios_that_would_consider_it() -> None:
    story = (risk("R1", scenario="flood"), risk("R2", scenario="theft"))
    found = beside(*map(technique, ("T4", "T3", "T2", "T1")), story=story)
    assert [(one.id, one.name, one.risks) for one in found.by_risks] == [
        ("T1", "Name of T1", ("risk/R1",)),
        ("T2", "Name of T2", ("risk/R1", "risk/R2")),
    ]
    assert [(one.id, one.scenarios) for one in found.by_none] == [("T3", ("worm",)), ("T4", ())]


def test_what_is_considered_and_no_longer_current_or_not_in_the_file_is_said() -> None:
    story = (risk("R1", scenario="flood"), risk("R2", scenario="theft"))
    given = (technique("T1", "revoked", "T5"), technique("T2", "deprecated"), technique("T3", "revoked"))
    found = beside(*given, story=story)
    assert [(one.id, one.standing, one.instead, one.risks) for one in found.past] == [
        ("T1", "revoked", "T5", ("risk/R1",)),
        ("T2", "deprecated", "", ("risk/R1", "risk/R2")),
        ("T9", "unknown", "", ("risk/R2",)),
    ]
    assert (found.by_risks, found.by_none) == ((), ())


def test_a_risk_of_its_own_story_or_of_an_unknown_scenario_considers_nothing() -> None:
    story = (risk("R1"), risk("R2", scenario="of-our-own"))
    assert [one.id for one in beside(technique("T1"), story=story).by_none] == ["T1"]


def test_a_mitigation_is_no_technique_that_a_risk_could_consider() -> None:
    mitigation = technique("M1")._replace(kind="mitigation")
    assert beside(mitigation, story=(risk("R1"),)) == NONE


def test_one_more_risk_never_leaves_more_techniques_without_one() -> None:
    few, more = (
        (risk("R1", scenario="flood"),),
        (risk("R1", scenario="flood"), risk("R2", scenario="worm")),
    )
    given = tuple(map(technique, ("T1", "T2", "T3", "T4")))
    before, after = (beside(*given, story=story) for story in (few, more))
    assert {one.id for one in after.by_none} < {one.id for one in before.by_none}
