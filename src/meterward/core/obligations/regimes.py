"""When the condition binds a licence: commencement, Go Live, parameters and the licence itself, as known on the day.

A later determination counts from the day on which it became known and never back-dates: what a day was, it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import EVER, NEVER, stretches
from meterward.core.records.kinds import date_determined, licence_held, pack_adopted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.obligations.law import Pack
    from meterward.core.records.kind import F
    from meterward.core.records.kinds.date_determined import DateDetermined
    from meterward.core.records.kinds.licence_held import LicenceHeld
    from meterward.core.records.kinds.pack_adopted import PackAdopted
    from meterward.core.records.record import Record


TELLING = (date_determined.KIND.name, licence_held.KIND.name, pack_adopted.KIND.name)
"""The kinds of record that regimes are made of, and so every duty reads."""


@dataclass(frozen=True, slots=True)
class Regime:
    """What is known on the days of `[first, until)`: None where a date is not determined, or no licence recorded."""

    first: date
    until: date
    commencement: date | None
    go_live: date | None
    held_from: date | None
    ended: date
    """The first day on which the licence is held no more; NEVER while no end is known."""
    parameters: Mapping[str, str]
    records: tuple[Record[Any], ...]
    """Those that say so."""

    @property
    def begins(self) -> date | None:
        """The day on which the condition comes into force in the licence: never before the licence is held."""
        if self.commencement is None or self.held_from is None:
            return None
        return max(self.commencement, self.held_from)

    @property
    def ends(self) -> date:
        """The first day on which the condition binds no more: Go Live, or the end of the licence."""
        return min(self.go_live or NEVER, self.ended)

    @property
    def in_force(self) -> tuple[date, date]:
        """The days of the regime on which the condition binds, half-open; Go Live itself is out."""
        if self.begins is None:
            return self.until, self.until
        return max(self.first, self.begins), min(self.until, self.ends)


@dataclass(frozen=True, slots=True)
class _Said:
    """The records that regimes are made of."""

    commencement: Sequence[Record[DateDetermined]]
    go_live: Sequence[Record[DateDetermined]]
    adopted: Sequence[Record[PackAdopted]]
    held: Sequence[Record[LicenceHeld]]
    ended: Sequence[Record[Any]]

    def days(self) -> list[date]:
        """The days on which something becomes known, in order, after the first of all days."""
        every: tuple[Record[Any], ...] = (*self.commencement, *self.go_live, *self.adopted, *self.held, *self.ended)
        return sorted({EVER, *(record.occurred for record in every)})


def regimes_of(read: Reader, pack: Pack, licence: str, fixed: Mapping[str, str]) -> list[Regime]:
    """The regimes in order; they cover every day once. `fixed` parameters are what they are on every day."""
    held = read.of(licence_held.KIND, f"licence/{licence}")
    said = _Said(
        read.of(date_determined.KIND, "commencement"),
        read.of(date_determined.KIND, "sec_go_live"),
        [record for record in read.all(pack_adopted.KIND) if record.facts.pack == pack.name],
        held,
        [end for end in map(read.ending, held) if end],
    )
    return [_regime(pack, first, until, said, fixed) for first, until in stretches(said.days())]


def _regime(pack: Pack, first: date, until: date, said: _Said, fixed: Mapping[str, str]) -> Regime:
    commencement, go_live = _latest(said.commencement, first), _latest(said.go_live, first)
    adoption, held, ended = _latest(said.adopted, first), _latest(said.held, first), _latest(said.ended, first)
    settings = pack.accepted(adoption.facts.parameters) if adoption else {}
    there: tuple[Record[Any] | None, ...] = (commencement, go_live, adoption, held, ended)
    return Regime(
        first,
        until,
        commencement.facts.day if commencement else None,
        go_live.facts.day if go_live else None,
        held.facts.held_from if held else None,
        ended.occurred if ended else NEVER,
        {**pack.defaults(), **settings, **fixed},
        tuple(record for record in there if record),
    )


def _latest(records: Sequence[Record[F]], day: date) -> Record[F] | None:
    return max((record for record in records if record.occurred <= day), key=lambda record: record.order, default=None)
