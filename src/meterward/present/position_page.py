"""What the page shows, prepared: for each licence its sentence, its duties by Part, what is due and what was missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import DAY
from meterward.core.obligations.position import Missed
from meterward.present.notices import as_at, known, law_in_brief, made_from, notices, recompute
from meterward.present.ribbon import Bar, bars_of, spoken
from meterward.usecases.explain_clause import explain_duty
from meterward.usecases.list_deadlines import due_next
from meterward.usecases.summarise_position import in_force_since, summarise
from meterward.usecases.tell_fact import flags, tell_fact
from meterward.usecases.trace_history import first_day, trace_history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.obligations.law import Provision
    from meterward.core.obligations.position import DutyPosition, Position
    from meterward.present.answer import Answer
    from meterward.usecases.evaluate_position import Evaluated
    from meterward.usecases.explain_clause import Explanation
    from meterward.usecases.list_deadlines import Ahead
    from meterward.usecases.summarise_position import Summary

_MOST_AHEAD = 12
_MOST_MISSED = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A duty."""

    stands: DutyPosition
    fact: str
    said: list[str]
    unsaid: list[str]
    bars: list[Bar]
    history: str
    in_full: Sequence[Explanation]
    in_brief: Sequence[Explanation]

    @property
    def several(self) -> bool:
        """Whether there is more than one reading."""
        return len(self.stands.readings) > 1


class Part(NamedTuple):
    """The duties of a Part."""

    letter: str
    title: str
    rows: list[Row]


class Passed(NamedTuple):
    """A deadline that was missed, and its last day."""

    missed: Missed
    due: date


@dataclass(frozen=True, slots=True)
class Licence:
    """The position of one licence."""

    name: str
    anchor: str
    first: date | None
    summary: Summary
    parts: list[Part]
    ahead: list[Ahead]
    more_ahead: int
    missed: list[Passed]
    more_missed: int
    made_from: str
    receipt: str
    recompute: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page shows."""

    licensee: str
    law: str
    in_force: str
    day: date
    as_at: str
    known: str
    notices: list[str]
    licences: list[Licence]
    provisions: tuple[Provision, ...]
    title: str
    source: str
    pack: str


def page_of(answer: Answer) -> Page:
    """The page of an answer."""
    pack = answer.pack
    return Page(
        answer.loaded.licensee,
        law_in_brief(answer),
        in_force_since(answer.evaluated[0].position),
        answer.question.as_at,
        as_at(answer),
        known(answer),
        notices(answer),
        [_licence(answer, one) for one in answer.evaluated],
        pack.provisions,
        pack.title,
        pack.source,
        f"{pack.name}, version {pack.version}",
    )


def _licence(answer: Answer, evaluated: Evaluated) -> Licence:
    position = evaluated.position
    name = position.evaluation.basis.licence
    parts = groupby(position.duties, key=lambda duty: duty.duty.part)
    ahead = due_next(position)
    missed = sorted((one for duty in position.duties for one in duty.history), reverse=True)
    return Licence(
        name,
        f"licence-{name}",
        first_day(position),
        summarise(position),
        [Part(part, answer.pack.parts[part], [_row(position, duty) for duty in duties]) for part, duties in parts],
        ahead[:_MOST_AHEAD],
        max(0, len(ahead) - _MOST_AHEAD),
        [Passed(one, one.day - DAY) for one in missed[:_MOST_MISSED]],
        max(0, len(missed) - _MOST_MISSED),
        made_from(answer, evaluated.receipt),
        evaluated.receipt.digest,
        recompute(answer, name),
    )


def _row(position: Position, duty: DutyPosition) -> Row:
    said, unsaid = flags(duty)
    explained = explain_duty(position, duty)
    in_full = explained.readings[:1] if explained.agree else explained.readings
    history = trace_history(position, duty)
    return Row(
        duty,
        tell_fact(position, duty),
        said,
        unsaid,
        bars_of(history),
        spoken(history),
        in_full,
        explained.readings[len(in_full) :],
    )
