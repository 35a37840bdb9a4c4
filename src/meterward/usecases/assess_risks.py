"""Assess risks over some licences on a day: the register, proposals, what is stale, measures, the design in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds import assessment_completed, assessment_reviewed, management_considered
from meterward.core.records.kinds.assessment_completed import AssessmentCompleted
from meterward.core.records.record import Record
from meterward.core.risk.design import Design, design_on, traced
from meterward.core.risk.measures import Measure, every_measure
from meterward.core.risk.proposals import Proposal, dismissals, left
from meterward.core.risk.queue import Due, queue
from meterward.core.risk.register import Rated
from meterward.core.risk.scales import Scales

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.records.kinds.scenario_dismissed import ScenarioDismissed
    from meterward.usecases.draw_risks import RiskChart
    from meterward.usecases.evaluate_position import Dossier


class Registered(NamedTuple):
    """The register of a day: each risk once, as it stands where it stands worst."""

    day: date
    licences: tuple[str, ...]
    scales: Scales | None
    rated: tuple[Rated, ...]

    def named(self) -> dict[str, Rated]:
        """Each risk by its name."""
        return {one.risk.name: one for one in self.rated}


class Told(NamedTuple):
    """An assessment, with what was said of it later: reviews, and what senior management weighed."""

    record: Record[AssessmentCompleted]
    reviews: tuple[Record[Any], ...]
    considered: tuple[Record[Any], ...]


class Planned(NamedTuple):
    """A measure that was planned by a day, with how it stands then."""

    measure: Measure
    is_over: bool
    """Whether it was given up, or its plan ended."""


def registered(drawn: RiskChart) -> Registered:
    """The risks of a register, and no more of it."""
    return Registered(drawn.day, drawn.licences, drawn.scales, tuple(row.rated for row in drawn.rows.values()))


def proposed(dossiers: Sequence[Dossier], found: Sequence[Proposal], day: date) -> tuple[Proposal, ...]:
    """What is left of proposals under some licence: of each scenario every element of which one lacks it."""
    rest: dict[str, dict[str, int]] = {}
    for each in dossiers:
        for one in left(each.reader, found, day):
            rest.setdefault(one.scenario.name, {}).update(one.elements)
    return tuple(Proposal(one.scenario, rest[one.scenario.name]) for one in found if one.scenario.name in rest)


def dismissed(dossiers: Sequence[Dossier], day: date) -> tuple[Record[ScenarioDismissed], ...]:
    """What was dismissed by a day and still is, each once, the newest first."""
    found = {one.id: one for each in dossiers for one in dismissals(each.reader, day)}
    return tuple(sorted(found.values(), key=lambda one: one.order, reverse=True))


def queued(dossiers: Sequence[Dossier], day: date) -> tuple[Due, ...]:
    """What asks for a re-assessment on a day under some licence, each once with every risk, in its order."""
    found: dict[tuple[object, ...], Due] = {}
    for each in dossiers:
        for due in queue(each.reader, day):
            key = (due.why, due.subject, due.since, *(one.id for one in due.records))
            before = found.get(key)
            found[key] = due._replace(risks=_both(before.risks, due.risks)) if before else due
    return tuple(sorted(found.values(), key=lambda due: due.order))


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


def measures(dossiers: Sequence[Dossier], day: date) -> tuple[Planned, ...]:
    """Every measure that was planned by a day, each once, by the day on which it is due."""
    found = {one.record.id: one for each in dossiers for one in every_measure(each.reader) if one.first <= day}
    replaced = {one.record.links.replaces for one in found.values()}
    there = [Planned(one, day >= one.given_up) for one in found.values() if one.record.id not in replaced]
    return tuple(sorted(there, key=lambda one: (one.measure.record.facts.due, one.measure.record.subject)))


def designed(dossiers: Sequence[Dossier], register: Registered) -> Design:
    """The solution design in force on the day of a register, beside it and the measures."""
    day = register.day
    designs = [one for each in dossiers if (one := design_on(each.reader, day))]
    record = max(designs, key=lambda one: (one.facts.effective, one.order), default=None)
    there = [one.measure for one in measures(dossiers, day)]
    return traced(record, register.rated, there, day)


def assessments(dossiers: Sequence[Dossier], day: date) -> tuple[Told, ...]:
    """Every assessment that was completed by a day, the newest first."""
    found: dict[bytes, Told] = {}
    for each in dossiers:
        read = each.reader
        for record in read.all(assessment_completed.KIND):
            if record.occurred <= day:
                reviews = tuple(one for one in read.of(assessment_reviewed.KIND, record.subject) if one.occurred <= day)
                weighed = read.of(management_considered.KIND, record.subject)
                found[record.id] = Told(record, reviews, tuple(one for one in weighed if one.occurred <= day))
    return tuple(sorted(found.values(), key=lambda one: one.record.order, reverse=True))
