"""Giving effect to the policy, keeping it under review, and having it considered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import DAY, add_months
from meterward.core.facts.asked import Asked
from meterward.core.facts.combine import Member, all_of
from meterward.core.facts.evidence import evidenced, judged
from meterward.core.facts.fact import Fact, Judged, Told
from meterward.core.facts.matter import Matter, done_by
from meterward.core.facts.owed import Source
from meterward.core.facts.request import request
from meterward.core.facts.state import Finding, state_of
from meterward.core.isms.events import events
from meterward.core.isms.management import considered
from meterward.core.isms.versions import approved, versions
from meterward.core.records.kinds import policy_issued, policy_reviewed
from meterward.core.records.record import Links, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.facts.state import State
    from meterward.core.facts.version import Version
    from meterward.core.isms.events import Event
    from meterward.core.records.kinds.policy_reviewed import PolicyReviewed

_WHOLE = request(policy_reviewed.KIND, "of the whole policy")


def effect(read: Reader, ask: Ask) -> Told:
    """Each statement of the version in effect has operating evidence."""
    states: list[Member] = []
    for version in versions(read):
        issued = version.record
        operating = [
            Member(evidenced(read, ask, "statement_operates", issued.subject, statement))
            for statement in issued.facts.statements
        ]
        words, links = f"the statements of {issued.subject}, by name", Links(corrects=issued.id)
        missing = request(policy_issued.KIND, words, issued.subject, links=links)
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
    regular = _regular(ask, there, read.of(policy_reviewed.KIND, policy_reviewed.WHOLE))
    return Told(
        states=(Member(regular, first),),
        judgements=tuple(
            Judged(judged(read, ask, "policy_appropriate", version.name), version.established, version.until)
            for version in there
        ),
        matters=tuple(_event_kept(read, event) for event in events(read, ask) if event.day >= first),
    )


def consideration(read: Reader, ask: Ask) -> Told:
    """Each version was brought to the attention of senior management, and considered."""
    return Told(matters=tuple(_consideration(read, ask, version) for version in approved(read)))


def _consideration(read: Reader, ask: Ask, version: Version) -> Matter:
    answered, explain = considered(read, version.name)
    before = ask.reading.get("clock") == "before-effect"
    return Matter(
        f"consideration of {version.name}",
        version.approved,
        max(version.effective - DAY, version.approved) if before else None,
        Source.PRODUCT,
        answered,
        (version.record,),
        explain,
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
    return state_of(label, findings, _WHOLE)


def _stated(read: Reader, subject: str) -> tuple[str, ...] | None:
    """The statements of a version; None if it was withdrawn."""
    return next((issued.facts.statements for issued in read.of(policy_issued.KIND, subject)), None)


def _event_kept(read: Reader, event: Event) -> Matter:
    return read.keep(("event", event), lambda: _event(read, event))


def _event(read: Reader, event: Event) -> Matter:
    """An event is answered by the first review because of it, or of the whole policy; no review names an edition."""
    reviews = (*read.of(policy_reviewed.KIND, policy_reviewed.WHOLE), *read.of(policy_reviewed.KIND, event.subject))
    answered, explain = done_by([record for record in reviews if record.occurred >= event.day])
    words, answers = f"because of {event.subject}, or of the whole policy", {"events": (event.subject,)}
    missing = request(policy_reviewed.KIND, words, facts=answers) if event.records else _WHOLE
    name = f"review after {event.words}"
    return Matter(name, event.day, None, Source.PRODUCT, answered, event.records, explain, missing)


ASKED = (Asked("statement_operates", ("policy",), _stated), Asked("policy_appropriate", ("policy",)))

FACTS = (
    Fact("policy_effect", "Whether each statement of the policy in effect is shown to operate.", effect),
    Fact("policy_review", "When the policy was reviewed, and which events still await a review.", review),
    Fact(
        "policy_considered",
        "Whether senior management was informed of each version and considered it.",
        consideration,
        asks=("clock",),
    ),
)
