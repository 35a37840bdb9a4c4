"""Attention: what a person should look at, beside the status and without changing it."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import DAY, in_words, plural
from meterward.core.facts.late import days_late, named, recorded_late
from meterward.core.facts.node import Flag, Outcome
from meterward.core.facts.owed import Source
from meterward.core.facts.retractions import Retraction
from meterward.core.obligations.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from meterward.core.base.timeline import Timeline
    from meterward.core.facts.matter import Matter
    from meterward.core.facts.node import Node
    from meterward.core.facts.reference import Reference
    from meterward.core.obligations.regimes import Regime
    from meterward.core.records.record import Record


class Beside(NamedTuple):
    """What to look at beside an outlook: what the facts flag, and what was taken back of all that they read."""

    flags: tuple[Flag, ...] = ()
    taken_back: tuple[Retraction, ...] = ()
    close_by_themselves: bool = False
    """Whether matters close by themselves, as a year does that passed without its audit: nobody ended anything."""


class Limits(NamedTuple):
    """After how many days recording or taking back is late, and for how many days a flag flies."""

    late: int
    flying: int
    instruments: tuple[str, ...]
    """The kinds that set deadlines from outside: one that is taken back on a later day is told."""


def limits_of(reference: Reference) -> Limits:
    """The pack's own limits for attention."""
    limits = reference.limits
    return Limits(limits["late_recording_days"], limits["retraction_days"], reference.instruments)


def attention_of(
    nodes: Sequence[Node], beside: Beside, matters: Sequence[Matter], as_at: date, limits: Limits
) -> tuple[str, ...]:
    """Everything to look at as at a day, each thing once, in order.

    The flags of an explanation, what stands beside it, what ended after a miss, what was recorded late or taken back.
    """
    records = {record.id: record for top in nodes for node in top.walk() for record in node.records}
    records.update((record.id, record) for record in _answered_after_miss(matters, as_at, limits.flying))
    taken_back = [one for one in beside.taken_back if _flies(one, as_at, limits)]
    found = [flag for top in nodes for node in top.walk() for flag in node.attention]
    found += [flag.words for flag in beside.flags if flag.on(as_at)]
    found += () if beside.close_by_themselves else _ended_after_miss(matters, as_at, limits.flying)
    found += _late(records.values(), limits.late)
    return _said_once(found, taken_back)


def attention_to_regimes(
    regimes: Sequence[Regime], taken_back: Sequence[Retraction], as_at: date, limits: Limits
) -> tuple[str, ...]:
    """What to look at in the records that say when the condition binds and under what: said once, not of each duty."""
    begun = [regime for regime in regimes if regime.first <= as_at]
    records = {record.id: record for regime in begun for record in regime.records}
    flying = [one for one in taken_back if _flies(one, as_at, limits)]
    return _said_once([*_unlicensed(begun[-1], as_at), *_late(records.values(), limits.late)], flying)


def lifted(regimes: Sequence[Regime], timeline: Timeline[Status], limits: Limits) -> Iterator[Flag]:
    """That a breach was over on the day on which it changed when the condition binds, or under what."""
    for before, regime in pairwise(regimes):
        last = regime.first - DAY
        if timeline.at(last) is Status.BREACHED and timeline.at(regime.first) is not Status.BREACHED:
            known = {record.id for record in before.records}
            changed = ", ".join(named(record) for record in regime.records if record.id not in known)
            words = f"it was in breach until {in_words(last)}, and no more since {changed}"
            yield Flag(regime.first, regime.first + (limits.flying + 1) * DAY, words)


def _unlicensed(regime: Regime, as_at: date) -> Iterator[str]:
    if regime.commencement and regime.commencement <= as_at and regime.held_from is None:
        yield "no record up to this day says that the licence is held; until one does, nothing binds it"


def _late(records: Iterable[Record[Any]], late: int) -> Iterator[str]:
    """Records that were recorded late."""
    found = (record for record in records if days_late(record) > late)
    return map(recorded_late, sorted(found, key=attrgetter("order")))


def _said_once(found: Iterable[str], taken_back: Sequence[Retraction]) -> tuple[str, ...]:
    """Each thing once; that a correction came late says nothing more where it is told what it took back."""
    told = {recorded_late(one.by) for one in taken_back if one.retroactive}
    return tuple(dict.fromkeys((*(one for one in found if one not in told), *map(_taken_back, taken_back))))


def _flies(retraction: Retraction, as_at: date, limits: Limits) -> bool:
    """An end that was recorded late is told from its own day on, as everything that was recorded late."""
    by = retraction.by
    first = by.recorded if retraction.retroactive else by.occurred
    instrument = retraction.retroactive and retraction.taken.kind.name in limits.instruments
    return retraction.days > (0 if instrument else limits.late) and first <= as_at <= by.recorded + limits.flying * DAY


def _taken_back(retraction: Retraction) -> str:
    if not retraction.retroactive:
        return recorded_late(retraction.by)
    how = "corrected" if retraction.by.links.corrects else "withdrawn as an error"
    on, days = in_words(retraction.by.recorded), plural(retraction.days, "day")
    return f"{named(retraction.taken)} was {how} on {on}, {days} after it was recorded"


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


def _answered_after_miss(matters: Sequence[Matter], as_at: date, flying: int) -> Iterator[Record[Any]]:
    """What answers a matter, and was recorded when its deadline had passed: also where the matter went to history."""
    for matter in matters:
        if matter.due is None or matter.due >= as_at or matter.source is Source.PRODUCT:
            continue
        records = (record for top in matter.answers(as_at) for node in top.walk() for record in node.records)
        yield from (one for one in records if one.recorded > matter.due and (as_at - one.recorded).days <= flying)
