"""When the condition binds: commencement, Go Live and parameters, each as known on the day.

A later determination counts from the day on which it became known and never back-dates: what a day was, it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.core.base.days import EVER, NEVER, stretches
from meterward.core.records.kinds import date_determined, pack_adopted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.core.obligations.law import Pack
    from meterward.core.records.kind import F
    from meterward.core.records.kinds.date_determined import DateDetermined
    from meterward.core.records.kinds.pack_adopted import PackAdopted
    from meterward.core.records.record import Record


@dataclass(frozen=True, slots=True)
class Regime:
    """What is known on the days of `[first, until)`: None where a date is not determined."""

    first: date
    until: date
    commencement: date | None
    go_live: date | None
    parameters: Mapping[str, str]
    records: tuple[Record[DateDetermined] | Record[PackAdopted], ...]

    @property
    def in_force(self) -> tuple[date, date]:
        """The days of the regime on which the condition binds, half-open; Go Live itself is out."""
        if self.commencement is None:
            return self.until, self.until
        return max(self.first, self.commencement), min(self.until, self.go_live or NEVER)


def regimes_of(read: Reader, pack: Pack, fuel: str, hypothesis: Mapping[str, str]) -> list[Regime]:
    """The regimes in order; they cover every day once. `hypothesis` overrides parameters on every day."""
    determined = [
        *read.of(date_determined.KIND, "commencement"),
        *read.of(date_determined.KIND, "sec_go_live"),
    ]
    adopted = [record for record in read.all(pack_adopted.KIND) if record.facts.pack == pack.name]
    days = sorted({EVER, *(record.occurred for record in determined), *(record.occurred for record in adopted)})
    return [
        _regime(pack, first, until, determined, adopted, {"fuel": fuel, **hypothesis})
        for first, until in stretches(days)
    ]


def _regime(
    pack: Pack,
    first: date,
    until: date,
    determined: Sequence[Record[DateDetermined]],
    adopted: Sequence[Record[PackAdopted]],
    fixed: Mapping[str, str],
) -> Regime:
    commencement = _latest([one for one in determined if one.facts.event == "commencement"], first)
    go_live = _latest([one for one in determined if one.facts.event == "sec_go_live"], first)
    adoption = _latest(adopted, first)
    settings = pack.accepted(adoption.facts.parameters) if adoption else {}
    return Regime(
        first,
        until,
        commencement.facts.day if commencement else None,
        go_live.facts.day if go_live else None,
        {**pack.defaults(), **settings, **fixed},
        tuple(record for record in (commencement, go_live, adoption) if record),
    )


def _latest(records: Sequence[Record[F]], day: date) -> Record[F] | None:
    return max((record for record in records if record.occurred <= day), key=lambda record: record.order, default=None)
