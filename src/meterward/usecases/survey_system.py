"""What the folds of the system know beside its map: coverage, contracts and the roll-out, over some licences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds import coverage_measured
from meterward.core.records.kinds.coverage_measured import CoverageMeasured
from meterward.core.records.record import Record
from meterward.core.system.coverage import Covered, last_coverage
from meterward.core.system.procurement import Contract, Lapsed, Met, contracts, lapsed
from meterward.core.system.rollout import Rollout, joined_rollout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from meterward.core.facts.reader import Reader
    from meterward.usecases.evaluate_position import Dossier


class Told(NamedTuple):
    """Coverage as it was told: what was counted last for each fuel, and every count by the fuel that it is of."""

    last: tuple[Covered, ...]
    counts: dict[str, tuple[Record[CoverageMeasured], ...]]
    """In the order of the days that were looked at."""


class Surveyed(NamedTuple):
    """What the folds know on a day."""

    coverage: Told
    contracts: tuple[Contract, ...]
    lapsed: tuple[Lapsed, ...]
    rollout: Rollout


def survey(dossiers: Sequence[Dossier], day: date) -> Surveyed:
    """What is known on a day under some licences."""
    reads = [one.reader for one in dossiers]
    last = tuple(found for one in dossiers for found in last_coverage(one.reader, day, (one.name,)))
    over = {one.record.id: one for read in reads for one in lapsed(read, day)}
    return Surveyed(
        Told(last, _counts(reads, day)), _contracts(reads, day), tuple(over.values()), joined_rollout(reads, day)
    )


def _counts(reads: Iterable[Reader], day: date) -> dict[str, tuple[Record[CoverageMeasured], ...]]:
    found = {one.id: one for read in reads for one in read.all(coverage_measured.KIND) if one.occurred <= day}
    by_fuel: dict[str, list[Record[CoverageMeasured]]] = {}
    for one in sorted(found.values(), key=lambda one: (one.facts.as_at, one.order)):
        by_fuel.setdefault(one.facts.fuel, []).append(one)
    return {fuel: tuple(ones) for fuel, ones in sorted(by_fuel.items())}


def _contracts(reads: Iterable[Reader], day: date) -> tuple[Contract, ...]:
    """Each contract once. Where the licences differ in how a requirement came out, the worst counts."""
    found: dict[bytes, Contract] = {}
    for read in reads:
        for one in contracts(read, day):
            before = found.get(one.record.id)
            found[one.record.id] = _worst(before, one) if before else one
    return tuple(sorted(found.values(), key=lambda one: (one.record.facts.party, one.record.subject)))


def _worst(one: Contract, other: Contract) -> Contract:
    def grave(met: Met) -> int:
        return ("failed", "untested", "passed").index(met.came)

    both = zip(one.requirements, other.requirements, strict=True)
    return one._replace(requirements=tuple(min(pair, key=grave) for pair in both))
