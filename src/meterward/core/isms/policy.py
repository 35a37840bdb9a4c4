"""Giving effect to the policy, keeping it under review, and having it considered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import DAY, EVER, add_months
from meterward.core.base.timeline import of_changes
from meterward.core.facts.combine import Member, all_of
from meterward.core.facts.evidence import evidenced, judged
from meterward.core.facts.fact import Fact, Judged, Told
from meterward.core.facts.matter import UNANSWERED, Answer, Matter, Source
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.state import Finding, state_of
from meterward.core.isms.events import events
from meterward.core.isms.management import MISSING, considered
from meterward.core.isms.versions import versions
from meterward.core.records.kinds import policy_reviewed
from meterward.core.records.kinds.policy_reviewed import PolicyReviewed
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.facts.state import State
    from meterward.core.facts.version import Version
    from meterward.core.isms.events import Event


def effect(read: Reader, ask: Ask) -> Told:
    """Each statement of the version in effect has operating evidence."""
    states: list[Member] = []
    for version in versions(read):
        issued = version.record
        operating = [
            Member(evidenced(read, ask, "statement_operates", issued.subject, statement))
            for statement in issued.facts.statements
        ]
        missing = f"policy.issued: the statements of {issued.subject}, by name"
        states.append(
            Member(all_of(f"{version.name} operates", operating, missing), version.established, version.until)
        )
    return Told(states=tuple(states))


def review(read: Reader, ask: Ask) -> Told:
    """A review of the whole within the interval, an answer to every event, and no finding that it is inappropriate."""
    there = versions(read)
    if not there:
        return Told()
    first = min(version.established for version in there)
    reviews = Reviews.of(read)
    regular = _regular(ask, there, reviews.whole)
    return Told(
        states=(Member(regular, first),),
        judgements=tuple(
            Judged(judged(read, ask, "policy_appropriate", version.name), version.established) for version in there
        ),
        matters=tuple(_event(event, reviews) for event in events(read, ask) if event.day >= first),
    )


def consideration(read: Reader, ask: Ask) -> Told:
    """Each version was brought to the attention of senior management, and considered."""
    return Told(matters=tuple(_consideration(read, ask, version) for version in versions(read)))


def _consideration(read: Reader, ask: Ask, version: Version) -> Matter:
    answer, explain = considered(read, version.name)
    before = ask.reading.get("clock") == "before-effect"
    return Matter(
        version.name,
        version.approved,
        max(version.effective - DAY, version.approved) if before else None,
        Source.PRODUCT,
        answer,
        (version.record,),
        explain,
        MISSING,
        clock=version.established,
        closed=version.until,
    )


def _regular(ask: Ask, there: Sequence[Version], whole: Sequence[Record[PolicyReviewed]]) -> State:
    months = ask.reference.limits["review_months"]
    looks = [
        *((version.record, version.established) for version in there),
        *((record, record.occurred) for record in whole),
    ]
    findings = [Finding(record, day, add_months(day, months) + DAY) for record, day in looks]
    findings.sort(key=lambda finding: finding.record.order)
    label = f"issued or reviewed as a whole in the last {months} months"
    return state_of(label, findings, "policy.reviewed: of the whole policy")


class Reviews(NamedTuple):
    """The reviews of the whole policy, in order, and those that name events, by event."""

    whole: tuple[Record[PolicyReviewed], ...]
    named: Mapping[str, list[Record[PolicyReviewed]]]

    @classmethod
    def of(cls, read: Reader) -> Reviews:
        """Every review."""
        named: dict[str, list[Record[PolicyReviewed]]] = {}
        records = read.all(policy_reviewed.KIND)
        for record in records:
            for event in record.facts.events:
                named.setdefault(event, []).append(record)
        return cls(tuple(record for record in records if not record.facts.events), named)

    def first_after(self, event: Event) -> Record[PolicyReviewed] | None:
        """The first review that answers an event: of the whole, or because of it."""
        place = bisect_left(self.whole, event.day, key=lambda record: record.occurred)
        found = [*self.whole[place : place + 1], *self.named.get(event.subject, ())]
        return min((one for one in found if one.occurred >= event.day), key=lambda one: one.order, default=None)


def _event(event: Event, reviews: Reviews) -> Matter:
    review = reviews.first_after(event)
    changes: list[tuple[date, Answer]] = [(EVER, UNANSWERED)]
    if review:
        changes.append((review.occurred, Answer(Outcome.HELD, review.occurred)))

    def answers(day: date) -> tuple[Node, ...]:
        if review is None or day < review.occurred:
            return ()
        return (Node("reviewed", Outcome.HELD, (review,), Outcome.UNKNOWN),)

    return Matter(
        f"review after {event.words}",
        event.day,
        None,
        Source.PRODUCT,
        of_changes(changes),
        event.records,
        answers,
        f"policy.reviewed: because of {event.subject}, or of the whole policy",
    )


FACTS = (
    Fact("policy_effect", "Whether each statement of the policy in effect is shown to operate.", effect),
    Fact("policy_review", "When the policy was reviewed, and which events still await a review.", review),
    Fact(
        "policy_considered", "Whether senior management was informed of each version and considered it.", consideration
    ),
)
