"""The system: told in any order it is the same, and a difference told is the difference gone."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.core.facts.reader import Reader
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
from meterward.core.system.difference import Difference, differ
from meterward.core.system.model import Drawn, System, system
from meterward.usecases.describe_system import compare_system, lines_of
from meterward.usecases.read_ledger import read_ledger
from tests.builders.evaluations import index_of
from tests.builders.ledgers import ledgers, opened
from tests.builders.system_told import admitted, saying

if TYPE_CHECKING:
    from random import Random

    from meterward.core.records.record import Record
    from tests.builders.scribe import Scribe

TOLD, LATER = date(2013, 3, 4), date(2013, 6, 3)


def _system(records: list[Record[Any]]) -> System:
    return system(Reader(index_of(records)))


@settings(max_examples=80)
@given(ledgers("system"), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(scribe: Scribe, chance: Random) -> None:
    shuffled = list(scribe.records)
    chance.shuffle(shuffled)
    growing = Reader(index_of([]))
    for record in shuffled:
        growing.index.append(record)
        system(growing)
    assert system(growing) == _system(shuffled) == _system(scribe.records)


@settings(max_examples=60)
@given(ledgers("system"), st.integers(1, 40))
def test_what_is_known_at_a_size_is_what_a_ledger_cut_there_tells(scribe: Scribe, size: int) -> None:
    lines = scribe.file()
    known, cut = read_ledger(lines, size).records, read_ledger(lines[:size]).records
    assert _told(_system(known)) == _told(_system(cut)) == _told(_system(scribe.records[:size]))


def _told(there: System) -> list[Any]:
    """Everything about a system, its records by their ids: another reading makes other records."""
    found = [
        span for space in (there.elements, there.links, there.populations) for spans in space.values() for span in spans
    ]
    said = [(name, one) for name, every in there.said.items() for one in every]
    return [
        *((span.name, span.told, span.first, span.until, span.record.id) for span in found),
        *((name, one.first, one.on, one.told, one.record.id) for name, one in said),
    ]


@settings(max_examples=80)
@given(ledgers("system"))
def test_spans_follow_each_other_and_say_what_was_said_last(scribe: Scribe) -> None:
    there = _system(scribe.records)
    for spans in there.elements.values():
        assert all(one.until <= later.first for one, later in itertools.pairwise(spans))
        assert all(one.first < one.until and one.first >= one.told.in_service for one in spans)
    days = sorted({one.first for said in there.said.values() for one in said})
    for day in days:
        assert there.on(day).elements == _plainly(there, day)


def _plainly(there: System, day: date) -> dict[str, Any]:
    """The elements of a day: of all that is said of an element from then or before on, what was said last.

    What was told again on the day that it was told counts for nothing.
    """
    found = {}
    for name in there.elements:
        told = [one for one in there.said[name] if one.telling]
        again = [one for one in told if any(one.on == other.on and one.order < other.order for other in told)]
        begun = [one for one in there.said[name] if one.first <= day and one not in again]
        last = max(begun, key=lambda one: one.order, default=None)
        if last and last.told:
            found[name] = last.told
    return found


NAMES = ("a", "b", "c", "d")


@st.composite
def one_told(draw: st.DrawFn, within: str | None) -> ElementDeclared:
    """What is said of an element."""
    return ElementDeclared(
        draw(st.sampled_from((("network",), ("process", "network")))),
        draw(st.sampled_from(("licensee", "on_behalf"))),
        "within",
        draw(st.sampled_from((TOLD, LATER + timedelta(days=9)))),
        zone=draw(st.none() | st.sampled_from(("inner", "outer"))),
        within=within,
        offers=draw(st.sampled_from(((), ("encryption", "event_log")))),
    )


@st.composite
def systems(draw: st.DrawFn) -> Drawn:
    """A small system in which everything hangs together."""
    there = draw(st.lists(st.sampled_from(NAMES), unique=True))
    elements: dict[str, ElementDeclared] = {}
    for name in there:
        within = draw(st.none() | st.sampled_from(tuple(elements))) if elements else None
        elements[f"element/{name}"] = draw(one_told(within))
    pairs = [(one, other) for one in elements for other in elements if one != other]
    joined = draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else []
    links = [LinkRow(f"link/{place}", *pair, both_ways=draw(st.booleans())) for place, pair in enumerate(joined)]
    of = draw(st.lists(st.sampled_from(tuple(elements)), max_size=3)) if elements else []
    devices = [
        PopulationRow(f"population/{place}", one, draw(st.integers(0, 3)), "live") for place, one in enumerate(of)
    ]
    return Drawn(elements, {one.link: one for one in links}, {one.population: one for one in devices})


def _found(before: System, now: Drawn, day: date) -> Difference:
    compared = compare_system({"gas": before}, day, now)
    assert isinstance(compared, Difference), compared
    return compared


@settings(max_examples=150)
@given(st.lists(systems(), min_size=1, max_size=4), st.data())
def test_the_act_applied_to_the_old_system_gives_exactly_the_new_one(states: list[Drawn], data: st.DataObject) -> None:
    scribe, day = opened(), TOLD
    for now in states:
        day += timedelta(days=data.draw(st.sampled_from((1, 40))))
        difference = _found(_system(scribe.records), now, day)
        for line in lines_of(difference, saying(day)):
            admitted(scribe, line)
        then = _system(scribe.records)
        assert then.told(day) == now
        assert _found(then, now, day + timedelta(days=1)).names == (), "no difference, no act"


@settings(max_examples=150)
@given(systems(), st.lists(systems(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_last_import_of_a_day_is_all_that_is_told_for_it(
    before: Drawn, states: list[Drawn], chance: Random
) -> None:
    alone, after = (
        _imported([(TOLD, before), (LATER, states[-1])]),
        _imported([(TOLD, before), *((LATER, now) for now in states)]),
    )
    once = _system(alone.records)
    chance.shuffle(after.records)
    shuffled = _system(after.records)
    assert shuffled.told(LATER) == states[-1]
    for day in (TOLD, LATER - timedelta(days=1), LATER, LATER + timedelta(days=9), LATER + timedelta(days=99)):
        assert shuffled.on(day) == once.on(day), f"as if the others of that day had never been told, on {day}"


def _imported(states: list[tuple[date, Drawn]]) -> Scribe:
    """A ledger to which files were imported one after the other."""
    scribe = opened()
    for place, (day, now) in enumerate(states):
        difference = _found(_system(scribe.records), now, day)
        for line in lines_of(difference, saying(day, note=f"import {place}")):
            admitted(scribe, line)
    return scribe


@given(systems(), systems())
def test_a_difference_is_empty_only_between_equals(one: Drawn, other: Drawn) -> None:
    assert (not differ(one, other).names) == (one == other)
    assert set(differ(one, other).added) == set(differ(other, one).gone)
