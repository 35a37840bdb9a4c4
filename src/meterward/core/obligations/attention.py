"""Attention: what a person should look at, beside the status and without changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import DAY, in_words, plural
from meterward.core.facts.node import Flag, Outcome
from meterward.core.facts.retractions import Retraction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from meterward.core.facts.matter import Matter
    from meterward.core.facts.node import Node
    from meterward.core.obligations.regimes import Regime
    from meterward.core.records.record import Record


class Beside(NamedTuple):
    """What to look at beside an outlook: what the facts flag, and what was taken back of all that they read."""

    flags: tuple[Flag, ...] = ()
    taken_back: tuple[Retraction, ...] = ()


class Limits(NamedTuple):
    """After how many days recording or taking back is late, and for how many days a flag flies."""

    late: int
    flying: int


def limits_of(limits: Mapping[str, int]) -> Limits:
    """The pack's own limits for attention."""
    return Limits(limits["late_recording_days"], limits["retraction_days"])


def attention_of(
    nodes: Sequence[Node], beside: Beside, matters: Sequence[Matter], as_at: date, limits: Limits
) -> tuple[str, ...]:
    """Everything to look at as at a day, each thing once, in order.

    The flags of an explanation, what stands beside it, what ended after a miss, what was recorded late or taken back.
    """
    records = {record.id: record for top in nodes for node in top.walk() for record in node.records}
    taken_back = [one for one in beside.taken_back if _flies(one, as_at, limits)]
    found = [flag for top in nodes for node in top.walk() for flag in node.attention]
    found += [flag.words for flag in beside.flags if flag.on(as_at)]
    found += _ended_after_miss(matters, as_at, limits.flying)
    found += _late(records.values(), {one.by.id for one in taken_back}, limits.late)
    found += map(_taken_back, taken_back)
    return tuple(dict.fromkeys(found))


def attention_to_regimes(
    regimes: Sequence[Regime], taken_back: Sequence[Retraction], as_at: date, limits: Limits
) -> tuple[str, ...]:
    """What to look at in the records that say when the condition binds and under what: said once, not of each duty."""
    begun = [regime for regime in regimes if regime.first <= as_at]
    records = {record.id: record for regime in begun for record in regime.records}
    flying = [one for one in taken_back if _flies(one, as_at, limits)]
    found = [*_unlicensed(begun[-1], as_at), *_late(records.values(), {one.by.id for one in flying}, limits.late)]
    return (*found, *map(_taken_back, flying))


def _unlicensed(regime: Regime, as_at: date) -> Iterator[str]:
    if regime.commencement and regime.commencement <= as_at and regime.held_from is None:
        yield "no record up to this day says that the licence is held; until one does, nothing binds it"


def _late(records: Iterable[Record[Any]], told: Collection[bytes], late: int) -> Iterator[str]:
    """Records that were recorded late, save those of which a retraction says so."""
    for record in sorted(records, key=lambda record: record.order):
        days = (record.recorded - record.occurred).days
        if days > late and record.id not in told:
            yield f"{_named(record)} was recorded {plural(days, 'day')} later, on {in_words(record.recorded)}"


def _flies(retraction: Retraction, as_at: date, limits: Limits) -> bool:
    return retraction.days > limits.late and 0 <= (as_at - retraction.by.recorded).days <= limits.flying


def _taken_back(retraction: Retraction) -> str:
    how = "corrected" if retraction.by.links.corrects else "withdrawn as an error"
    on, days = in_words(retraction.by.recorded), plural(retraction.days, "day")
    return f"{_named(retraction.taken)} was {how} on {on}, {days} after it was recorded"


def _named(record: Record[Any]) -> str:
    return f"{record.kind.name} {record.subject}".strip() + f" of {in_words(record.occurred)}"


def _ended_after_miss(matters: Sequence[Matter], as_at: date, flying: int) -> Iterator[str]:
    """Matters that went away unanswered after their deadline; one that goes on under its name did not go away."""
    first = as_at - flying * DAY
    gone = [one for one in matters if first <= one.closed <= as_at and one.due and one.due < one.closed]
    gone = [one for one in gone if one.answered.at(one.closed).outcome is not Outcome.HELD]
    names = {matter.name for matter in gone}
    opened = {(one.name, one.opened) for one in matters if one.name in names} if gone else set()
    for matter in gone:
        if matter.due and (matter.name, matter.closed) not in opened:
            days = plural((matter.closed - matter.due).days, "day")
            ended = in_words(matter.closed)
            yield f"{matter.name}: it was ended on {ended}, {days} after its deadline passed unanswered"
