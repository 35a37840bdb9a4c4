"""Whether an auditor was a competent independent organisation on every day from engagement to report (Z.20)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import EVER, NEVER, after, in_words
from meterward.core.base.timeline import of_changes
from meterward.core.facts.asked import Asked
from meterward.core.facts.evidence import for_good, judged, not_entitled, overturned
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.request import request
from meterward.core.facts.state import Finding, State, flagged, state_of
from meterward.core.records.kinds import auditor_recognised, judgement_made
from meterward.core.records.kinds.auditor_recognised import AuditorRecognised
from meterward.core.records.record import Record
from meterward.core.records.roles import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.audit_engaged import AuditEngaged


class Recognition(NamedTuple):
    """A recognition that holds on `[first, until)`. `judged` says whether it is equivalent, where that is asked."""

    record: Record[AuditorRecognised]
    first: date
    until: date
    ended: date
    judged: State | None

    def over(self, day: date) -> date:
        """The first day without it, as known on a day."""
        return min(self.until, self.ended) if self.ended <= day else self.until

    def certain(self, day: date) -> bool:
        """Whether it counts for certain, as known on a day."""
        return self.judged is None or self.judged.timeline.at(day) is Outcome.HELD

    def possible(self, day: date) -> bool:
        """Whether it may count, as known on a day."""
        return self.judged is None or self.judged.timeline.at(day) is not Outcome.FAILED


def standing(read: Reader, ask: Ask, organisation: str, first: date, last: date) -> State:
    """Whether recognition covers every day from `first` to `last`, as known on each day."""
    found = [_recognition(read, ask, record, last) for record in read.of(auditor_recognised.KIND, organisation)]
    period = f"from {in_words(first)} to {in_words(last)}"
    label = f"{organisation} recognised {period}"
    days = {EVER}
    for one in found:
        days.update((one.record.occurred, one.ended))
        days.update(one.judged.timeline.starts if one.judged else ())

    def explain(day: date) -> Node:
        outcome = _standing(found, first, last, day)
        known_then = [one for one in found if one.record.occurred <= day]
        children = tuple(one.judged.explain(day) for one in known_then if one.judged)
        cited = [one for one in known_then if one.over(day) > first and one.first <= last]
        others = [one for one in known_then if one not in cited]
        words = f"{organisation}, for every day {period}"
        missing = request(auditor_recognised.KIND, words, facts={"organisation": organisation})
        return Node(
            label,
            outcome,
            tuple(one.record for one in cited),
            _standing(others, first, last, day) if cited else None,
            missing=None if outcome is Outcome.HELD else missing,
            children=children,
        )

    timeline = of_changes((day, _standing(found, first, last, day)) for day in sorted(days))
    return State(label, timeline, explain)


def independence(read: Reader, ask: Ask, engaged: Record[AuditEngaged], last: date) -> State:
    """Whether the auditors are independent: declared with no other interest, or judged so. A judgement goes before.

    One that stands on the audit's last day does for good: that it runs out later says nothing of an audit that is done.
    """
    findings = []
    ties = engaged.facts.interests or engaged.facts.other_work
    if engaged.facts.independence == "declared" and not ties:
        findings.append(Finding(engaged, engaged.occurred, NEVER))
    rule = ask.reference.questions["auditor_independent"]
    for record in read.of(judgement_made.KIND, "auditor_independent", engaged.subject, ""):
        entitled = record.actor.role in rule.roles
        remark = None if entitled else not_entitled(record, rule.roles)
        until = for_good(after(record.facts.valid_to), last)
        findings.append(Finding(record, record.occurred, until, entitled, remark, holds=record.facts.answer == "yes"))
    findings.sort(key=lambda finding: finding.record.order)
    words = f"“{rule.says}” of {engaged.subject}, by {named(rule.roles)}"
    missing = request(judgement_made.KIND, words, engaged.subject, {"question": "auditor_independent"})
    state = state_of(f"{engaged.facts.organisation} is independent", findings, missing)
    judgements = [one for one in findings if one.record is not engaged]
    return flagged(state, tuple(overturned(state.label, judgements, ask)))


def _recognition(read: Reader, ask: Ask, record: Record[AuditorRecognised], last: date) -> Recognition:
    facts = record.facts
    scheme = ask.reference.schemes[facts.scheme]
    equivalent = facts.scheme in ask.reference.judged_equivalent
    return Recognition(
        record,
        max(facts.valid_from, scheme.first),
        min(after(facts.valid_to), after(scheme.last)),
        read.ended(record),
        judged(read, ask, "equivalent_standing", record.subject, done=last) if equivalent else None,
    )


def _standing(found: Sequence[Recognition], first: date, last: date, day: date) -> Outcome:
    known_then = [one for one in found if one.record.occurred <= day]
    if _covers([one for one in known_then if one.certain(day)], first, last, day):
        return Outcome.HELD
    if not known_then or _covers([one for one in known_then if one.possible(day)], first, last, day):
        return Outcome.UNKNOWN
    return Outcome.FAILED


def _covers(recognitions: Sequence[Recognition], first: date, last: date, day: date) -> bool:
    reached = first
    for one in sorted(recognitions, key=lambda one: one.first):
        if one.first <= reached:
            reached = max(reached, one.over(day))
    return reached > last


ASKED = (Asked("auditor_independent", ("audit",)), Asked("equivalent_standing", ("recognition",)))
