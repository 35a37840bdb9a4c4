"""The kinds of duty that are scored, one rule each: from what the facts tell to an outlook. Semantics: `duties.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import EVER, NEVER, in_words
from meterward.core.base.timeline import of_changes
from meterward.core.facts.matter import UNANSWERED, Answered, Matter
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.owed import Source
from meterward.core.facts.remark import Reason, Remark
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.limits import limited
from meterward.core.obligations.perform import perform_by
from meterward.core.obligations.status import Status
from meterward.core.obligations.strand import (
    Outlook,
    Strand,
    of_event,
    of_matter,
    of_member,
    outlook,
    together,
)

_ABSENT = Remark(Reason.ABSENT, "It is absent.")

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.fact import Told
    from meterward.core.facts.version import Item, Version
    from meterward.core.obligations.blocks import Blocks
    from meterward.core.obligations.law import Due, Duty


def apply(duty: Duty, due: Due | None, told: Told, ask: Ask, blocks: Blocks) -> Outlook:
    """What a duty comes to under one reading, whose limit is `due`; `blocks` has what was made before."""
    if duty.kind is DutyKind.PERFORM_BY and due:
        return perform_by(told, due, ask, recurs=duty.recurs)
    if duty.kind is DutyKind.ESTABLISH:
        return _owed([_establish(told, ask)])
    if duty.kind is DutyKind.MAINTAIN and told.versions:
        return outlook([_maintain(told)])
    if duty.kind is DutyKind.CONTENT:
        return outlook([strand for version in told.versions for strand in _content(version)])
    states = outlook([of_member(member, duty.force_under(ask.parameters)) for member in told.states])
    judgements = blocks.of_judgements(told.judgements)
    strand_of = of_event if duty.kind is DutyKind.REVIEW else of_matter
    matters, before = blocks.of_matters(told.matters, lambda matter: limited(matter, due, ask), strand_of)
    return together([states, *judgements, *matters], before)


def _owed(matters: Sequence[Matter]) -> Outlook:
    return outlook([of_matter(matter) for matter in matters], matters)


def _establish(told: Told, ask: Ask) -> Matter:
    """An artefact must come to exist, from commencement: due on that day."""
    versions = sorted(told.versions, key=lambda version: (version.established, version.record.id))
    first, second = [*versions, None, None][:2]
    changes = [(EVER, UNANSWERED)]
    if first:
        changes.append((first.established, Answered(Outcome.HELD, first.established)))

    def answers(day: date) -> tuple[Node, ...]:
        if first is None or day < first.established:
            return ()
        label = f"{first.name}, in effect from {in_words(first.established)}"
        without = Outcome.HELD if second and second.established <= day else Outcome.UNKNOWN
        return (Node(label, Outcome.HELD, (first.record,), without),)

    return Matter(
        f"first {told.wanted.noun}",
        ask.commencement,
        ask.commencement,
        Source.CLAUSE,
        of_changes(changes),
        answers=answers,
        missing=told.wanted.supply,
    )


def _maintain(told: Told) -> Strand:
    """Once established, some version is in effect on every day."""
    timeline = of_changes(_coverage(told.versions))

    def explain(day: date) -> Node:
        status = timeline.at(day)
        there = tuple(version for version in told.versions if version.established <= day < version.until)
        gap = f"No {told.wanted.noun} in effect since {in_words(timeline.span(day).first)}."
        uncovered = status is Status.BREACHED
        return Node(
            f"a {told.wanted.noun} in effect on every day",
            status,
            tuple(version.record for version in there[-1:]),
            (Status.BREACHED if len(there) == 1 else Status.MET) if there else None,
            remark=Remark(Reason.UNCOVERED, gap) if uncovered else None,
            missing=told.wanted.supply if uncovered else None,
            attention=tuple(flag for version in there for flag in version.attention),
            turns=None if timeline.span(day).until == NEVER else timeline.span(day).until,
        )

    return Strand(f"a {told.wanted.noun} in effect", timeline, explain)


def _coverage(versions: Sequence[Version]) -> Iterator[tuple[date, Status]]:
    """From the first version on: met while some version is in effect, breached in between and after the last."""
    yield EVER, Status.NOT_TRIGGERED
    end = EVER
    for version in sorted(versions, key=lambda version: (version.established, version.record.id)):
        if version.established > end:
            if end != EVER:
                yield end, Status.BREACHED
            yield version.established, Status.MET
        end = max(end, version.until)
    yield end, Status.BREACHED


def _content(version: Version) -> list[Strand]:
    """What the version in effect must contain: absent is breached, present but not traced to its proof is open."""
    return [_item(version, item) for item in version.items]


def _item(version: Version, item: Item) -> Strand:
    traced = item.traced.timeline.map(lambda outcome: Status.MET if outcome is Outcome.HELD else Status.INDETERMINATE)
    inside = traced if item.present else traced.map(lambda _: Status.BREACHED)
    timeline = inside.between(version.effective, version.until, Status.NOT_TRIGGERED)
    label = f"{version.name}: {item.label}"

    def explain(day: date) -> Node:
        if not item.present:
            return Node(label, Status.BREACHED, (version.record,), Status.NOT_TRIGGERED, _ABSENT, item.missing)
        traces = item.traced.explain(day)
        return Node(
            label,
            timeline.at(day),
            (version.record,),
            Status.NOT_TRIGGERED,
            attention=version.attention,
            children=(traces,),
        )

    return Strand(label, timeline, explain)
