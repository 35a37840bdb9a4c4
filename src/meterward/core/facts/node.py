"""Explanations: a tree of what was asked, what was found, what is missing, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.facts.owed import Owed
    from meterward.core.facts.remark import Remark
    from meterward.core.facts.request import Request
    from meterward.core.records.record import Record


class Outcome(StrEnum):
    """Whether a state holds. Missing evidence is unknown, never held."""

    HELD = "held"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Flag(NamedTuple):
    """Something to look at on the days of `[first, until)`, whatever else an explanation shows."""

    first: date
    until: date
    words: str

    def on(self, day: date) -> bool:
        """Whether it flies on a day."""
        return self.first <= day < self.until


@dataclass(frozen=True, slots=True)
class Node:
    """One step of an explanation, on one day.

    `records` are those that decide it; `without` is the outcome if those were not there (None where they do not decide
    by themselves). `missing` asks for what would supply it, `attention` says what a person should look at. `turns` is
    the day on which the outcome changes by itself, with nobody doing anything. `owed` is what is to be done, where the
    step is about that.
    """

    label: str
    outcome: StrEnum
    records: tuple[Record[Any], ...] = ()
    without: StrEnum | None = None
    remark: Remark | None = None
    missing: Request | None = None
    attention: tuple[str, ...] = ()
    turns: date | None = None
    owed: Owed | None = None
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def paths(self, above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
        """The ways down to this node and to each below it, the node itself last."""
        path = (*above, self)
        yield path
        for child in self.children:
            yield from child.paths(path)

    def cited(self) -> set[bytes]:
        """The ids of all records that the explanation rests on."""
        return {record.id for node in self.walk() for record in node.records}


def in_its_place(path: Sequence[Node]) -> str:
    """The label of the last step of a way down, after that of the step above where it says too little by itself."""
    label = path[-1].label
    if len(path) == 1 or ":" in label or label.removeprefix("a ") in path[-2].label:
        return label
    return f"{path[-2].label}: {label}"
