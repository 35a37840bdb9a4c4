"""What would change how a duty stands: the days on which it turns by itself, and the records that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.facts.node import in_its_place
from meterward.core.obligations.status import Status
from meterward.core.records.record import Record
from meterward.usecases.tell_fact import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.facts.node import Node
    from meterward.core.obligations.position import DutyPosition, ReadingPosition


class Turn(NamedTuple):
    """A day on which something changes with nobody doing anything."""

    day: date
    what: str
    """The duty (empty), or the step that changes."""
    becomes: str = ""
    """What the duty becomes; empty for a step."""
    owed: bool = False
    """Whether the step is something owed, which falls overdue, rather than something shown, which lapses."""


class Loss(NamedTuple):
    """Records on which a step rests, and what it would be if they were withdrawn."""

    records: tuple[Record[Any], ...]
    what: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change it, beside what is missing: a day on which it turns by itself, or a loss."""

    turns: tuple[Turn, ...]
    losing: tuple[Loss, ...]


def changes_of(duty: DutyPosition, stands: ReadingPosition, *, is_default: bool) -> Changes:
    """What would change a duty under one of its readings."""
    return Changes(tuple(_turns(duty, stands, is_default=is_default)), tuple(_losing(stands.nodes)))


def _turns(duty: DutyPosition, stands: ReadingPosition, *, is_default: bool) -> Iterator[Turn]:
    """What is known of the days ahead: the duty's next turn stands with the default reading, steps with their own."""
    own = duty.turns[0] if duty.turns and is_default else None
    if duty.turns and is_default:
        yield Turn(duty.turns[0], "", duty.turns[1].value)
    paths = [path for top in stands.nodes for path in top.paths() if path[-1].turns != own]
    steps = {(path[-1].turns, in_its_place(path), isinstance(path[-1].outcome, Status)) for path in paths}
    yield from sorted(Turn(day, what, "", owed) for day, what, owed in steps if day)


def _losing(nodes: Sequence[Node]) -> Iterator[Loss]:
    holding = (node for top in nodes if top.outcome is Status.MET_LATE or not rank(top) for node in top.walk())
    for node in holding:
        if node.records and node.without not in (None, node.outcome, Status.NOT_TRIGGERED):
            yield Loss(node.records, node.label, str(node.without))
