"""Explain a clause as at a day: the five questions of `duties.md`, for each of its duties under each reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from meterward.core.facts.owed import Source
from meterward.core.obligations.law import Limit
from meterward.core.obligations.status import Group, Status, group_of
from meterward.usecases.explain_changes import changes_of
from meterward.usecases.find_clause import names, unknown_clause
from meterward.usecases.summarise_position import worst_children
from meterward.usecases.tell_fact import is_about

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from meterward.core.base.problem import Problem
    from meterward.core.facts.node import Node
    from meterward.core.facts.request import Request
    from meterward.core.obligations.law import Due, Duty, Force, Pack, Provision, Reading
    from meterward.core.obligations.position import Deadline, DutyPosition, Missed, Position, ReadingPosition
    from meterward.core.obligations.regimes import Regime
    from meterward.core.records.record import Record
    from meterward.usecases.explain_changes import Changes


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter that a duty depends on: value, source (default, adopted or tried out), and what it sets."""

    name: str
    value: str
    source: str
    says: str
    title: str
    words: str
    """The value as a person reads it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the law asks: duty, reading, parameters, and the provisions that shape it."""

    duty: Duty
    reading: Reading
    is_default: bool
    force: Force
    limit: str
    parameters: tuple[Setting, ...]
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows: the status, since when, what is due, what was missed, what to look at."""

    status: Status
    since: date
    deadlines: tuple[Deadline, ...]
    missed: tuple[Missed, ...]
    attention: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A duty under one reading, as at a day."""

    asked: Asked
    found: tuple[Node, ...]
    records: tuple[Record[Any], ...]
    """Those that the finding rests on, by day."""
    follows: Follows
    missing: tuple[Request, ...]
    lacking: tuple[str, ...]
    """Of a roll-up, the duties that are not in order, by id: what is missing is explained there."""
    changes: Changes


@dataclass(frozen=True, slots=True)
class Explained:
    """A duty with its readings explained, the default first."""

    position: DutyPosition
    readings: tuple[Explanation, ...]

    @property
    def agree(self) -> bool:
        """Whether the readings come to the same group of statuses."""
        return len({group_of(one.follows.status) for one in self.readings}) == 1


@dataclass(frozen=True, slots=True)
class Clause:
    """What is to be said of a clause: its duties, its provisions that are not scored, and the regime of the day."""

    name: str
    duties: tuple[Explained, ...]
    provisions: tuple[Provision, ...]
    regime: Regime


def explain_clause(position: Position, clause: str) -> Clause | Problem:
    """Explain a clause (`Z.14` takes in `Z.14(a)` and `Z.14(b)`), or a single duty by its id (`Z.9/effect`)."""
    pack = position.evaluation.pack
    duties = [duty for duty in position.duties if names(clause, duty.duty.clause, duty.duty.id)]
    provisions = tuple(one for one in pack.provisions if names(clause, one.clause))
    if not duties and not provisions:
        return unknown_clause(pack, clause)
    regime = position.evaluation.regime(position.as_at)
    return Clause(clause, tuple(explain_duty(position, duty) for duty in duties), provisions, regime)


def explain_duty(position: Position, duty: DutyPosition) -> Explained:
    """Explain a duty under each of its readings."""
    return Explained(duty, tuple(_explain(position, duty, place) for place, _ in enumerate(duty.readings)))


def _explain(position: Position, duty: DutyPosition, place: int) -> Explanation:
    stands, reading = duty.readings[place], duty.duty.readings[place]
    records = {record.id: record for top in stands.nodes for node in top.walk() for record in node.records}
    missing = tuple(dict.fromkeys(node.missing for top in stands.nodes for node in top.walk() if node.missing))
    return Explanation(
        Asked(
            duty.duty,
            reading,
            place == 0,
            duty.duty.force_under(position.evaluation.regime(position.as_at).parameters),
            limit_in_words(reading.due or duty.duty.due, position.evaluation.regime(position.as_at).parameters),
            _settings(position, duty.duty),
            shaping(position.evaluation.pack, duty.duty),
        ),
        stands.nodes,
        tuple(sorted(records.values(), key=lambda record: record.order)),
        _follows(duty, stands, is_default=place == 0),
        missing,
        tuple(one.duty.id for one in worst_children(position, duty)),
        changes_of(duty, stands, is_default=place == 0),
    )


def _follows(duty: DutyPosition, stands: ReadingPosition, *, is_default: bool) -> Follows:
    """A position has deadlines of all readings together, and the history of the default one."""
    deadlines = tuple(
        replace(one, reading="")
        for one in duty.deadlines
        if (is_default and one.source is Source.PROOF)
        or one.reading == stands.reading
        or (not one.reading and any(is_about(node, one) for node in stands.nodes))
    )
    missed, attention = (duty.history, duty.attention) if is_default else ((), ())
    return Follows(stands.status, stands.since, deadlines, missed, attention)


def force_in_words(duty: Duty) -> str:
    """How strong a duty is, and under which parameters it is otherwise."""
    others = (f"{_plain(one.force)} where {one.parameter} is {one.value}" for one in duty.force_where)
    return ", ".join((_plain(duty.force), *others))


def _plain(force: Force) -> str:
    return force.value.replace("-", " ")


def shaping(pack: Pack, duty: Duty) -> tuple[Provision, ...]:
    """The provisions that stand in the trace of a duty."""
    return tuple(one for one in pack.provisions if not one.shapes or {duty.id, duty.clause} & set(one.shapes))


def _settings(position: Position, duty: Duty) -> tuple[Setting, ...]:
    evaluation = position.evaluation
    defaults, hypothesis = evaluation.pack.defaults(), evaluation.basis.hypothesis
    values = evaluation.regime(position.as_at).parameters
    known = {parameter.name: parameter for parameter in evaluation.pack.parameters}
    return tuple(
        Setting(
            name,
            values[name],
            "tried out" if name in hypothesis else ("default" if values[name] == defaults[name] else "adopted"),
            known[name].says,
            known[name].title,
            known[name].words.get(values[name], values[name]),
        )
        for name in duty.parameters
    )


def limit_in_words(due: Due | None, parameters: Mapping[str, str] | None = None) -> str:
    """A limit with who set it; empty for none. Without parameters, one that the text leaves open names its own."""
    if due is None:
        return ""
    unit = {Limit.DAYS: "days", Limit.WORKING_DAYS: "working days", Limit.MONTHS: "months"}[due.unit]
    count = f"{due.count} {unit}"
    if due.parameter:
        set_to = (parameters or {}).get(due.parameter)
        count = f"{set_to} {unit}, set by a parameter" if set_to else f"as many {unit} as {due.parameter} says"
    return f"{count} (our own limit)" if due.source is Source.PRODUCT else count


def exit_code(clauses: Sequence[Clause]) -> int:
    """For scripts, of the duties explained: 0 in order, 1 open, contested or attention, 2 breach."""
    duties = [duty.position for clause in clauses for duty in clause.duties]
    groups = {group_of(duty.status) for duty in duties}
    if Group.BREACH in groups:
        return 2
    return 1 if groups & {Group.CONTESTED, Group.OPEN} or any(duty.attention for duty in duties) else 0
