"""Named facts: how a domain says what it can tell the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.base.days import EVER, NEVER
from meterward.core.facts.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from meterward.core.facts.act import Act
    from meterward.core.facts.ask import Ask
    from meterward.core.facts.combine import Member
    from meterward.core.facts.matter import Matter
    from meterward.core.facts.node import Flag
    from meterward.core.facts.reader import Reader
    from meterward.core.facts.state import State
    from meterward.core.facts.version import Version
    from meterward.core.records.record import Record


@dataclass(frozen=True, slots=True)
class Judged:
    """A question of judgement, asked on `[first, until)`. A recorded no breaches whatever the duty's force.

    One that is `owed` leaves the duty open until somebody judges; one that is not matters only once somebody did. One
    that `closes` is about a single matter, such as an incident: a yes closes it, and it goes to the history.
    """

    state: State
    first: date = EVER
    until: date = NEVER
    owed: bool = False
    closes: bool = False
    records: tuple[Record[Any], ...] = ()
    """The records that raised the question, if any did."""


class Wanted(NamedTuple):
    """What a fact asks to be done, in a word, and the request for the record that would show it."""

    noun: str
    supply: Request | None


_NOTHING_WANTED = Wanted("act", None)


@dataclass(frozen=True, slots=True)
class Told:
    """What a fact tells: any of the shapes. A rule takes those that its kind of duty is about."""

    states: tuple[Member, ...] = ()
    judgements: tuple[Judged, ...] = ()
    matters: tuple[Matter, ...] = ()
    versions: tuple[Version, ...] = ()
    acts: tuple[Act, ...] = ()
    wanted: Wanted = _NOTHING_WANTED
    flags: tuple[Flag, ...] = ()
    """What to look at that no status shows."""


Tell: TypeAlias = "Callable[[Reader, Ask], Told]"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by name, with what it is in a sentence."""

    name: str
    says: str
    tell: Tell
    asks: tuple[str, ...] = ()
    """The settings of a reading that it depends on."""
