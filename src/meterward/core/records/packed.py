"""A line that was read, as it goes from one process to another: a kind cannot go along, and a body need not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from meterward.core.ledger.commitment import Part
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Header, Sealed
from meterward.core.records.record import NO_LINKS, Links
from meterward.core.records.signatures import NONE, Vouched
from meterward.core.records.statement import Statement
from meterward.core.records.withheld import Withheld

_LEFT_BEHIND = Part({})


class Packed(NamedTuple):
    """What admission needs of a sealed line."""

    header: Header
    facts: Any
    links: Links | None
    recorded: str
    recorded_day: date
    claimed_id: str | None
    files: tuple[tuple[str, str], ...]
    identity: bytes
    vouched: Vouched | None = None
    withheld: Withheld | None = None


@dataclass(slots=True)
class Digested(Statement):
    """A statement whose body stayed with the process that read it; only its id is known, and its files."""

    identity: bytes = b""

    def payload(self) -> bytes:
        """Nobody may ask: what is signed stayed behind."""
        raise TypeError("the body of this statement is in another process")

    def digest(self) -> bytes:
        """The statement's id, as it was computed where the body is."""
        return self.identity


def pack(sealed: Sealed) -> Packed:
    """Make a sealed line ready to go to another process."""
    return Packed(
        sealed.header,
        sealed.facts,
        None if sealed.links is NO_LINKS else sealed.links,
        sealed.recorded,
        sealed.recorded_day,
        sealed.claimed_id,
        sealed.statement.files,
        sealed.statement.digest(),
        sealed.vouched,
        sealed.withheld,
    )


def unpack(packed: Packed) -> Sealed:
    """A sealed line as it came from another process."""
    return Sealed(
        Digested({}, _LEFT_BEHIND, _LEFT_BEHIND, packed.files, packed.identity),
        packed.header,
        all_kinds()[packed.header.kind],
        packed.facts,
        packed.links or NO_LINKS,
        packed.recorded,
        packed.recorded_day,
        packed.claimed_id,
        NONE,
        packed.vouched,
        packed.withheld,
    )
