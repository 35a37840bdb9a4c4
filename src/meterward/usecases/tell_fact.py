"""Tell of a duty the one fact that matters: what is worst, or which readings disagree, or what comes next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meterward.core.base.days import DAY, in_words
from meterward.core.facts.node import Outcome, in_its_place
from meterward.core.facts.owed import Source
from meterward.core.facts.remark import Reason
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import WORST_FIRST, Group, Status, group_of
from meterward.core.obligations.strand import limit_passed
from meterward.core.records.kinds import judgement_made
from meterward.usecases.summarise_position import ended_with, word, worst_children

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from enum import StrEnum

    from meterward.core.facts.node import Node
    from meterward.core.obligations.position import Deadline, DutyPosition, Position, ReadingPosition

_RANKS: dict[StrEnum, int] = {
    Status.BREACHED: 4,
    Outcome.FAILED: 4,
    Status.CONTESTED: 3,
    Status.INDETERMINATE: 3,
    Outcome.UNKNOWN: 3,
    Status.PENDING: 2,
    Status.MET_LATE: 1,
}
_OPEN = 3
_NAMED = 2
"""So many are named; of more, how many there are."""


def rank(node: Node) -> int:
    """How bad a step of an explanation is, from 0 (it holds, or asks nothing) to 4 (it failed)."""
    return _RANKS.get(node.outcome, 0)


def is_about(node: Node, deadline: Deadline) -> bool:
    """Whether a step of an explanation is about what is due then."""
    return node.owed is not None and (node.owed.what, node.owed.due) == (deadline.what, deadline.day)


def tell_fact(position: Position, duty: DutyPosition) -> str:
    """The fact in a short sentence."""
    if duty.duty.kind is DutyKind.UMBRELLA:
        return _rolled_up(position, duty)
    if group_of(duty.status) is Group.NEUTRAL:
        return _neutral(position, duty)
    if duty.status is Status.CONTESTED:
        return _disagreement(duty)
    if duty.status is Status.PENDING:
        return _next(duty)
    if duty.status in (Status.MET, Status.MET_LATE):
        return _done(duty)
    return _worst(position, duty)


def worst_reading(duty: DutyPosition) -> ReadingPosition:
    """The reading that makes a duty what it is; the default one if it does."""
    return next((reading for reading in duty.readings if reading.status is duty.status), duty.readings[0])


def flags(duty: DutyPosition) -> tuple[list[str], list[str]]:
    """What asks for attention: what the fact says already (a limit that passed), and the rest."""
    overdue = [one for one in duty.deadlines if one.overdue] if duty.status is Status.INDETERMINATE else []
    said = {limit_passed(one.what, one.day) for one in overdue}
    return [flag for flag in duty.attention if flag in said], [flag for flag in duty.attention if flag not in said]


def _rolled_up(position: Position, duty: DutyPosition) -> str:
    if group_of(duty.status) is Group.NEUTRAL:
        return _neutral(position, duty)
    open_ones = worst_children(position, duty)
    if not open_ones:
        return f"All {len(duty.duty.children)} are in order."
    return _named([f"{one.duty.id} {word(one.status)}" for one in open_ones]) + "."


def _neutral(position: Position, duty: DutyPosition) -> str:
    regime = position.evaluation.regime(position.as_at)
    if duty.status is Status.NOT_TRIGGERED:
        return f"Asks nothing until there is: {duty.duty.trigger}."
    if duty.status is Status.CEASED:
        return f"Ended with {ended_with(regime)}."
    if regime.begins:
        return f"Binds from {in_words(regime.begins)}."
    if regime.commencement:
        return "No record up to that day says that the licence is held."
    return "No record up to that day says when the condition comes into force."


def _disagreement(duty: DutyPosition) -> str:
    """Each side by what it takes the clause to mean, the worst first; most readings are on what holds otherwise."""
    supposed = {one.id: one.supposes for one in duty.duty.readings}
    by_status: dict[Status, list[str]] = {}
    for reading in duty.readings:
        by_status.setdefault(reading.status, []).append(supposed[reading.reading])
    usual = max(by_status, key=lambda status: len(by_status[status]))
    sides = [status for status in WORST_FIRST if status in by_status and status is not usual]
    if len(sides) == 1 and WORST_FIRST.index(usual) < WORST_FIRST.index(sides[0]):
        return _sentence(f"{word(usual)}, unless {_named(by_status[sides[0]], 'or')}: then {word(sides[0])}")
    parts = [f"{word(status)} if {_named(by_status[status], 'or')}" for status in sides]
    return _sentence("; ".join([*parts, f"{word(usual)} otherwise"]))


def _next(duty: DutyPosition) -> str:
    owed = [one for one in duty.deadlines if one.source is not Source.PROOF]
    deadline = min(owed, key=lambda one: (bool(one.reading), one), default=None)
    if deadline:
        return f"Due {in_words(deadline.day)}{_whose(deadline)}: {deadline.what}."
    pending = [node for node in worst_reading(duty).nodes if node.outcome is Status.PENDING]
    return f"Owed without a date: {_named([node.label for node in pending])}." if pending else ""


def _done(duty: DutyPosition) -> str:
    if duty.turns:
        day, status = duty.turns
        return f"Holds to {in_words(day - DAY)}; {word(status)} after, unless something is done."
    if duty.readings[0].status is not duty.status:
        return _disagreement(duty)
    late = [missed for missed in duty.history if missed.made_good]
    if duty.status is Status.MET_LATE and late:
        last = late[-1]
        good = in_words(last.made_good) if last.made_good else ""
        return _sentence(f"{last.what} was due {in_words(last.day - DAY)}, and done {good}")
    return _held([node for node in duty.readings[0].nodes if not rank(node)])


def _held(nodes: Sequence[Node]) -> str:
    days = [record.occurred for node in nodes for one in node.walk() for record in one.records]
    latest = in_words(max(days)) if days else "none"
    if len(nodes) == 1:
        return _sentence(_answer(nodes[0], latest))
    points = sum(1 for node in nodes for _ in _leaves(node))
    return f"All {points:,} points hold; the latest record is of {latest}." if nodes else ""


def _answer(node: Node, latest: str) -> str:
    """What is asked and what answers it, as far as it has a name."""
    label = node.owed.what if node.owed else node.label
    named = [child.label for child in node.children if "/" in child.label]
    if isinstance(node.outcome, Status):
        named.extend(record.subject for record in node.records)
    if named and "/" not in label:
        return f"{label}: {named[0]}"
    return f"{label}: done {latest}" if isinstance(node.outcome, Status) and ": " not in label else label


def _worst(position: Position, duty: DutyPosition) -> str:
    reading = worst_reading(duty)
    found = [(top, path) for top in reading.nodes for path in _open_paths(top, ())]
    if not found:
        return ""
    begun = _open_since(position, duty, reading)
    top, path = max(found, key=lambda one: (rank(one[0]), rank(one[1][-1]), in_its_place(one[1]) in begun))
    overdue = [one for one in duty.deadlines if one.overdue]
    first = next((one for one in overdue if is_about(top, one)), None)
    if first:
        more = len({one.what for one in overdue}) - 1
        return f"Was due {in_words(first.day)}{_whose(first)}: {first.what}{_more(more)}."
    told, remark = f"{_opening(path[-1])}{in_its_place(path)}", path[-1].remark
    others = _more(len(found) - 1, before=bool(begun) and in_its_place(path) not in begun)
    if remark and others:
        return f"{told} ({remark.words[0].lower()}{remark.words[1:].rstrip('.')}){others}."
    return f"{told}{others}. {remark or ''}".strip()


def _open_since(position: Position, duty: DutyPosition, reading: ReadingPosition) -> set[str]:
    """What was open when the duty came to be as it is: told first, so that it agrees with the day beside it."""
    result = position.evaluation.duty(duty.duty.id)
    found = next((one for one in result.readings if one.reading.id == reading.reading), None) if result else None
    outlook = found.outlook(duty.since) if found else None
    nodes = outlook.explain(duty.since) if outlook else ()
    return {in_its_place(path) for top in nodes for path in _open_paths(top, ())}


def _open_paths(node: Node, above: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    """The ways down to everything that is not shown or failed, deepest first found."""
    path = (*above, node)
    if rank(node) < _OPEN:
        return
    below = [found for child in node.children for found in _open_paths(child, path)]
    if below:
        yield from below
    else:
        yield path


def _opening(node: Node) -> str:
    if node.remark and node.remark.reason is Reason.ABSENT:
        return ""
    if _RANKS[node.outcome] > _OPEN:
        return "Failed: "
    return "Not judged: " if node.missing and node.missing.kind == judgement_made.KIND.name else "Not shown: "


def _leaves(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


def _whose(deadline: Deadline) -> str:
    return " (our own limit)" if deadline.source is Source.PRODUCT else ""


def _named(names: Sequence[str], last: str = "and") -> str:
    if len(names) <= _NAMED + 1:
        return f" {last} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    return f"{', '.join(names[:_NAMED])} {last} {len(names) - _NAMED:,} more"


def _more(count: int, *, before: bool = False) -> str:
    """How many more there are; `before`: it was others that were open first, and none of them is open now."""
    parts = [f"{count:,} more" if count else "", "others before" if before else ""]
    return "".join(f"; {part}" for part in (" and ".join(part for part in parts if part),) if part)


def _sentence(words: str) -> str:
    """Words as a sentence; a name such as audit/1 or step-4 keeps its small letter."""
    is_name = re.search(r"[/\d]", words.partition(" ")[0])
    first = words if is_name else words[:1].upper() + words[1:]
    return f"{first}."
