"""States made of states: all of several, any of several, or whichever is in effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.days import EVER, NEVER
from meterward.core.base.timeline import of_changes, tally, zip_with
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.state import State

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Sequence

    from meterward.core.base.timeline import Timeline
    from meterward.core.facts.request import Request


class Member(NamedTuple):
    """A state that is asked about on `[first, until)` only."""

    state: State
    first: date = EVER
    until: date = NEVER


def worst(outcomes: Iterable[Outcome | None]) -> Outcome:
    """Failed if any failed, else unknown if any is unknown or there is none, else held. None is not asked about."""
    there = {outcome for outcome in outcomes if outcome is not None}
    if Outcome.FAILED in there:
        return Outcome.FAILED
    return Outcome.HELD if there == {Outcome.HELD} else Outcome.UNKNOWN


def all_of(label: str, members: Sequence[Member], empty: Request | None) -> State:
    """Holds while every member that is asked about holds, and there is one. `empty` asks for one if none is."""
    if not members:
        return State(
            label, of_changes([(EVER, Outcome.UNKNOWN)]), lambda _: Node(label, Outcome.UNKNOWN, missing=empty)
        )
    timelines: list[Timeline[Outcome | None]] = [_asked(member) for member in members]
    timeline: Timeline[Outcome] = tally(timelines, _worst_counted)

    def explain(day: date) -> Node:
        nodes = tuple(member.state.explain(day) for member in members if member.first <= day < member.until)
        outcome = worst(node.outcome for node in nodes if isinstance(node.outcome, Outcome))
        return Node(label, outcome, missing=None if nodes else empty, children=nodes)

    return State(label, timeline, explain)


def any_of(label: str, states: Sequence[State]) -> State:
    """Holds while one of the states holds; failed only when all have failed."""

    def best(outcomes: Sequence[Outcome]) -> Outcome:
        if Outcome.HELD in outcomes:
            return Outcome.HELD
        return Outcome.UNKNOWN if Outcome.UNKNOWN in outcomes else Outcome.FAILED

    def explain(day: date) -> Node:
        nodes = tuple(state.explain(day) for state in states)
        outcome = best([state.timeline.at(day) for state in states])
        held = tuple(node for node in nodes if node.outcome is Outcome.HELD)
        return Node(label, outcome, children=held or nodes)

    return State(label, zip_with(best, [state.timeline for state in states]), explain)


def switch(label: str, choices: Sequence[Member], otherwise: State) -> State:
    """Whichever member is asked about on a day (the periods do not overlap), or `otherwise`."""
    changes: list[tuple[date, Outcome]] = [(EVER, otherwise.timeline.at(EVER))]
    ordered = sorted(choices, key=lambda member: member.first)
    edges = [*((member.first, member.until, member.state) for member in ordered)]
    end = EVER
    for first, until, state in edges:
        changes.extend(_within(otherwise.timeline, end, first))
        changes.extend(_within(state.timeline, first, until))
        end = until
    changes.extend(_within(otherwise.timeline, end, NEVER))
    pick = _picker(ordered, otherwise)
    return State(label, of_changes(changes), lambda day: _named(label, pick(day).explain(day)))


def _named(label: str, node: Node) -> Node:
    return Node(label, node.outcome, children=(node,))


def _picker(members: Sequence[Member], otherwise: State) -> Callable[[date], State]:
    def pick(day: date) -> State:
        return next((member.state for member in members if member.first <= day < member.until), otherwise)

    return pick


def _within(timeline: Timeline[Outcome], first: date, until: date) -> Iterable[tuple[date, Outcome]]:
    if first < until:
        yield first, timeline.at(first)
        for span in timeline.spans():
            if first < span.first < until:
                yield span.first, span.value


def _asked(member: Member) -> Timeline[Outcome | None]:
    return member.state.timeline.map(_maybe).between(member.first, member.until, None)


def _maybe(outcome: Outcome) -> Outcome | None:
    return outcome


def _worst_counted(now: Counter[Outcome | None]) -> Outcome:
    if Outcome.FAILED in now:
        return Outcome.FAILED
    return Outcome.UNKNOWN if Outcome.UNKNOWN in now or Outcome.HELD not in now else Outcome.HELD
