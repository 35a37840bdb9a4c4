"""Whether an auditor was a competent organisation on every day from engagement to report (Z.20)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import EVER, after, in_words
from meterward.core.base.timeline import of_changes
from meterward.core.facts.asked import Asked
from meterward.core.facts.evidence import judged
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.request import request
from meterward.core.facts.state import State
from meterward.core.records.kinds import auditor_recognised
from meterward.core.records.kinds.auditor_recognised import AuditorRecognised
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader


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


ASKED = (Asked("equivalent_standing", ("recognition",)),)
