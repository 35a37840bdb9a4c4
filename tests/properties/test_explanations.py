"""Explanations say what the timelines say: the worst of what they name is the status of the day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from meterward.core.base.days import EVER
from meterward.core.facts.node import Node, Outcome
from meterward.core.obligations.law import DutyKind, Force
from meterward.core.obligations.registry import FACTS
from meterward.core.obligations.status import Status, worst
from meterward.core.records.kinds import judgement_made
from tests.builders.evaluations import evaluated, licence_of
from tests.builders.ledgers import ledgers
from tests.builders.settings import asks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from meterward.core.base.timeline import Timeline
    from meterward.core.facts.fact import Told
    from meterward.core.facts.state import State
    from meterward.core.obligations.evaluate import DutyResult, Evaluation, ReadingResult
    from meterward.core.obligations.law import Duty
    from tests.builders.scribe import Scribe

EFFORT = (Force.WITHIN_POWER, Force.REASONABLE_STEPS)


def turning_days(timeline: Timeline[Any]) -> list[date]:
    """The days on which a timeline changes, and those before them."""
    return [day for start in timeline.starts if start != EVER for day in (start - timedelta(days=1), start)]


def status_of(duty: Duty, force: Force, node: Node) -> Status | None:
    """What a node at the top of an explanation comes to for its duty; None for an act that does not count."""
    if isinstance(node.outcome, Status):
        return node.outcome
    if duty.kind is DutyKind.PERFORM_BY:
        return None
    if node.outcome is Outcome.HELD:
        return Status.MET
    if node.outcome is Outcome.UNKNOWN:
        return Status.INDETERMINATE
    return Status.INDETERMINATE if force in EFFORT and not _is_judged(node) else Status.BREACHED


def _is_judged(node: Node) -> bool:
    """A recorded no breaches whatever the force of the duty."""
    return node.missing is not None and node.missing.kind == judgement_made.KIND.name


def check_reading(evaluation: Evaluation, result: DutyResult, reading: ReadingResult) -> Iterator[str]:
    """Where an explanation and a timeline disagree."""
    for day in turning_days(reading.timeline):
        outlook = reading.outlook(day)
        if outlook is None:
            continue
        nodes = outlook.explain(day)
        force = result.duty.force_under(evaluation.regime(day).parameters)
        told = [status for node in nodes if (status := status_of(result.duty, force, node))]
        if worst(told) != reading.timeline.at(day):
            yield f"{result.duty.id} ({reading.reading.id}) on {day}: {reading.timeline.at(day)}, explained as {told}"


@settings(max_examples=60)
@given(ledgers())
def test_the_worst_of_an_explanation_is_the_status(scribe: Scribe) -> None:
    evaluation = evaluated(scribe.records)
    scored = [one for one in evaluation.duties if one.duty.kind is not DutyKind.UMBRELLA]
    found = [line for one in scored for reading in one.readings for line in check_reading(evaluation, one, reading)]
    assert found == []


def states_of(told: Told) -> Iterator[State]:
    """Every state that a fact tells of."""
    yield from (member.state for member in told.states)
    yield from (judged.state for judged in told.judgements)
    yield from (act.counts for act in told.acts)
    yield from (item.traced for version in told.versions for item in version.items)


@settings(max_examples=60)
@given(ledgers())
def test_a_state_explains_what_its_timeline_says(scribe: Scribe) -> None:
    read = licence_of(scribe.records).reader
    for duty, ask in asks():
        for name in duty.facts:
            for state in states_of(FACTS[name].tell(read, ask)):
                for day in turning_days(state.timeline):
                    assert state.explain(day).outcome == state.timeline.at(day), (duty.id, state.label, day)
