"""The register: what estimates come to, what measures that work take away, and how a risk stands on any day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.risk.register import Rated, above_appetite, rated, register
from tests.builders.risk_told import (
    APRIL,
    JUNE,
    MARCH,
    MAY,
    accepted,
    estimate,
    measure,
    progress,
    risk,
    scales,
)
from tests.builders.stories import LICENCE, reader, told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def only(*story: Mapping[str, Any], day: date = JUNE) -> Rated:
    """How the one risk stands on a day."""
    read = reader(*story)
    (found,) = register(read).on(day)
    return rated(read, found, day)


def test_levels_make_a_level_of_risk_by_the_matrix() -> None:
    found = only(scales(), risk(), estimate(3, 2)).current
    assert found
    assert (found.likelihood, dict(found.consequences), dict(found.levels)) == (3, {"supply": 2}, {"supply": 3})
    assert found.above == ("supply",)


def test_three_points_are_rated_by_the_likely_one() -> None:
    amounts, often = {"low": 0, "likely": 99, "high": 5_000}, {"low": 1, "likely": 100, "high": 20_000}
    found = only(scales(), risk(), estimate(None, amounts, often=often)).current
    assert found
    assert (found.likelihood, dict(found.consequences)) == (2, {"supply": 2})


def test_levels_of_other_scales_rate_nothing_and_points_rate_on_any() -> None:
    anew = scales(MAY, "2", likelihood=[0, 1, 2])
    assert only(scales(), anew, risk(), estimate()).standing == "unrated"
    often = {"low": 1, "likely": 2, "high": 3}
    found = only(scales(), anew, risk(), estimate(None, often, often=often)).current
    assert found
    assert found.likelihood == 3


def test_without_scales_or_estimate_nothing_is_rated() -> None:
    assert only(risk()).standing == "unrated"
    assert only(scales(), risk()).residual is None


def test_a_consequence_that_the_scales_do_not_know_is_not_rated() -> None:
    bills = [{"consequence": "bills", "level": 1}]
    assert only(scales(), risk(), estimate(consequences=bills)).current is None


def test_a_level_beyond_the_scale_is_not_rated() -> None:
    assert only(scales(), risk(), estimate(4)).current is None


def test_what_was_estimated_last_counts_each_state_by_itself() -> None:
    found = only(scales(), risk(), estimate(3), estimate(1, on=APRIL), estimate(2, state="target", on=APRIL))
    assert found.current
    assert found.target
    assert (found.current.likelihood, found.target.likelihood, found.inherent) == (1, 2, None)


@given(st.permutations([(1, 1), (3, 2), (2, 2)]), st.permutations(["as", "we", "think"]))
def test_of_estimates_of_one_day_the_worst_counts_whatever_they_are_called(
    levels: list[tuple[int, int]], words: list[str]
) -> None:
    told = [estimate(*one, sources=[word]) for one, word in zip(levels, words, strict=True)]
    found = only(scales(), risk(), *told).current
    assert found
    assert (found.likelihood, dict(found.consequences)) == (3, {"supply": 2})


@given(st.permutations(["started", "operating", "effective"]), st.sampled_from(["ineffective", "stopped", ""]))
def test_of_what_is_said_of_a_measure_on_one_day_the_furthest_counts_and_that_it_fails_most(
    states: list[str], fails: str
) -> None:
    said = [progress(state, MAY) for state in (fails, *states) if state]
    (only_measure,) = next(iter(register(reader(scales(), risk(), measure(), *said)).on(JUNE))).measures
    assert only_measure.state(JUNE) == (fails or "effective")
    assert (only_measure.works_since(JUNE) is None) == bool(fails)


def test_residual_risk_begins_with_the_estimate_of_the_present() -> None:
    found = only(scales(), risk(), estimate(3, 3, state="inherent"), estimate(1, 2))
    assert found.residual
    assert found.residual == found.current != found.inherent


def test_a_measure_lowers_the_risk_once_it_is_shown_to_work() -> None:
    story = (scales(), risk(), estimate(3, 3), measure(likelihood=1, consequence=2))
    assert only(*story).residual == only(*story, progress("operating", MAY, "claimed")).residual
    found = only(*story, progress("operating", MAY))
    assert found.residual
    assert (found.residual.likelihood, dict(found.residual.consequences)) == (2, {"supply": 1})
    assert found.residual == found.planned
    assert found.standing == "within"


def test_that_a_measure_does_not_work_is_believed() -> None:
    story = (scales(), risk(), estimate(), measure(likelihood=2), progress("operating", APRIL))
    assert only(*story).residual != only(*story, progress("ineffective", MAY, "claimed")).residual


def test_a_current_estimate_knows_the_measures_of_before() -> None:
    story = (scales(), risk(), measure(likelihood=1), progress("operating", APRIL))
    after = only(*story, estimate(3, on=MAY))
    assert after.residual == after.current
    inherent = only(*story, estimate(3, on=MAY, state="inherent"))
    assert inherent.residual
    assert inherent.residual.likelihood == 2


def test_a_measure_that_the_estimate_knew_and_that_works_no_more_gives_back_what_it_took() -> None:
    story = (scales(), risk(), measure(likelihood=1), progress("operating", MARCH), estimate(1, 2, on=APRIL))
    broken = only(*story, progress("ineffective", MAY))
    assert broken.residual
    assert broken.current
    assert (broken.current.likelihood, broken.residual.likelihood) == (1, 2)
    mended = only(*story, progress("ineffective", MAY), progress("effective", JUNE, "checked"))
    assert mended.residual == mended.current


def test_how_a_risk_above_appetite_stands() -> None:
    story = (scales(), risk(), estimate())
    assert only(*story).standing == "open"
    assert only(*story, measure()).standing == only(*story, measure(MAY), day=MAY).standing == "treated"
    assert only(*story, measure(), progress("stopped", MAY, "claimed")).standing == "open"
    assert only(*story, accepted(APRIL, JUNE)).standing == "accepted"
    assert only(*story, accepted(APRIL, JUNE), day=APRIL).standing == "accepted"
    assert only(*story, accepted(APRIL, MAY)).standing == "open"
    assert only(scales(appetite=4), risk(), estimate()).standing == "within"


def test_when_there_is_more_than_is_accepted() -> None:
    story = (scales(), risk(), estimate(on=APRIL), measure(likelihood=2, consequence=2), progress("operating", MAY))
    read = reader(*story, scales(JUNE, "2", appetite=0))
    (found,) = register(read).told()
    assert above_appetite(read, found) == ((APRIL, MAY),)


def test_a_measure_whose_plan_ended_lowers_nothing_any_more() -> None:
    plan = {**measure(likelihood=2, consequence=2), "label": "M1"}
    end = {"kind": "record.ended", "on": MAY, "facts": {"because": "gone"}, "ends": "M1", "subject": "measure/1"}
    read = reader(scales(), risk(), estimate(), plan, progress("operating", APRIL), end)
    (found,) = register(read).told()
    assert [rated(read, found, day).standing for day in (MARCH, APRIL, MAY)] == ["treated", "within", "open"]
    assert above_appetite(read, found) == ((MARCH, APRIL), (MAY, found.until))


def test_what_shows_that_a_measure_works_is_the_first_since_it_last_did_not() -> None:
    read = reader(risk(), measure(), *(progress("operating", day) for day in (APRIL, MAY)))
    ((plan,),) = (one.measures for one in register(read).told())
    assert (found := plan.works_since(JUNE))
    assert found.occurred == APRIL


def test_what_is_recorded_after_somebody_asked_counts_when_asked_again() -> None:
    story = (scales(), risk(), estimate(), measure(likelihood=2, consequence=2), progress("operating", APRIL))
    index = Index(LICENCE)
    read, seen = Reader(index), []
    for one in told(*story, scales(MAY, "2", appetite=0)):
        index.append(one)
        seen += [rated(read, found, JUNE).standing for found in register(read).on(JUNE)]
    assert seen == ["unrated", "open", "treated", "within", "unrated"]


def test_a_risk_that_was_ended_is_not_in_the_register() -> None:
    end = {"kind": "record.ended", "on": MAY, "facts": {"because": "gone"}, "ends": "R1", "subject": "risk/R1"}
    read = reader(scales(), risk(), estimate(), end)
    assert [one.short for one in register(read).on(APRIL)] == ["R1"]
    assert register(read).on(MAY) == ()


def test_a_risk_that_is_ended_after_somebody_asked_is_not_in_the_register_when_asked_again() -> None:
    end = {"kind": "record.ended", "on": MAY, "facts": {"because": "gone"}, "ends": "R1", "subject": "risk/R1"}
    index = Index(LICENCE)
    read, seen = Reader(index), []
    for one in told(scales(), risk(), end):
        index.append(one)
        seen.append([found.short for found in register(read).on(JUNE)])
    assert seen[-2:] == [["R1"], []]


def test_a_risk_that_was_ended_on_its_first_day_was_never_above_appetite() -> None:
    end = {"kind": "record.ended", "on": MARCH, "facts": {"because": "gone"}, "ends": "R1", "subject": "risk/R1"}
    read = reader(scales(), risk(), estimate(), end)
    (found,) = register(read).told()
    assert above_appetite(read, found) == ()


LEVEL = st.integers(1, 3)


@settings(max_examples=25)
@given(LEVEL, LEVEL, LEVEL, LEVEL, st.integers(0, 3), st.integers(0, 3))
def test_more_likely_or_worse_is_never_less_risk_and_no_measure_makes_it_more(
    likelihood: int, worse: int, consequence: int, other: int, less: int, milder: int
) -> None:
    low = only(scales(), risk(), estimate(min(likelihood, worse), min(consequence, other))).current
    high = only(scales(), risk(), estimate(max(likelihood, worse), max(consequence, other))).current
    assert low
    assert high
    assert low.level <= high.level
    plan = measure(likelihood=less + 1, consequence=milder)
    treated = only(scales(), risk(), estimate(likelihood, consequence), plan, progress("operating", MAY))
    assert treated.residual
    assert treated.current
    assert treated.residual.level <= treated.current.level
    assert set(treated.residual.above) <= set(treated.current.above)


def test_what_is_given_up_is_given_back_in_what_is_planned_too() -> None:
    known = (scales(), risk(), measure(likelihood=2), progress("operating", APRIL), estimate(1, 3, MAY))
    assert (planned := only(*known).planned)
    assert planned.likelihood == 1
    assert (planned := only(*known, progress("ineffective", JUNE)).planned)
    assert planned.likelihood == 1
    assert (planned := only(*known, progress("stopped", JUNE)).planned)
    assert planned.likelihood == 3
