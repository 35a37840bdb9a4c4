"""States: something that holds, has failed, or is not known, on every day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import DAY, EVER, NEVER, in_words
from meterward.core.base.timeline import Timeline, constant, of_changes
from meterward.core.facts.node import Flag, Node, Outcome
from meterward.core.facts.remark import Reason, Remark
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meterward.core.facts.request import Request

_MOST_TOLD = 2
"""So many days a state is explained on at no further cost: the day asked about, and since when it is like that."""

_NEVER_KNOWN = constant(Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class State:
    """A state with its timeline, and its explanation on any day. Both come from the same findings."""

    label: str
    timeline: Timeline[Outcome]
    explain: Callable[[date], Node]
    flags: tuple[Flag, ...] = ()
    """What to look at also where nothing explains the state, because it settled something for good."""


class Finding(NamedTuple):
    """What one record says of a state: that it holds on `[first, until)`, or that it failed on `first`.

    One that does not `count` (a claim, a judge who is not entitled) changes nothing, and `remark` says why.
    """

    record: Record[Any]
    first: date
    until: date
    counts: bool = True
    remark: Remark | None = None
    holds: bool = True


def state_of(label: str, findings: Sequence[Finding], missing: Request | None) -> State:
    """A state as its findings (in the order of their records) say.

    A failure stands until a later finding holds; of one day's findings, the failure counts.
    """
    if not findings:
        return State(label, _NEVER_KNOWN, lambda _: Node(label, Outcome.UNKNOWN, missing=missing))
    counting = [finding for finding in findings if finding.counts]
    explain = remembered(lambda day: _explain(label, findings, counting, day, missing))
    return State(label, of_changes(_changes(counting)), explain)


def remembered(explain: Callable[[date], Node]) -> Callable[[date], Node]:
    """An explanation that is not worked out again for the days that it was asked about last."""
    told: dict[date, Node] = {}

    def tell(day: date) -> Node:
        if day not in told:
            if len(told) == _MOST_TOLD:
                del told[next(iter(told))]
            told[day] = explain(day)
        return told[day]

    return tell


def known(label: str, outcome: Outcome, remark: Remark | None = None, missing: Request | None = None) -> State:
    """The same outcome on every day, for a reason that no record gives."""
    node = Node(label, outcome, remark=remark, missing=missing)
    return State(label, constant(outcome), lambda _: node)


def _changes(findings: Sequence[Finding]) -> Iterator[tuple[date, Outcome]]:
    yield EVER, Outcome.UNKNOWN
    failures = sorted({finding.first for finding in findings if not finding.holds})
    holding = [finding for finding in findings if finding.holds]
    place = 0
    for failed, until in zip((EVER, *failures), (*failures, NEVER), strict=True):
        since: list[tuple[date, date]] = []
        while place < len(holding) and holding[place].record.occurred < until:
            if holding[place].record.occurred > failed:
                since.append((holding[place].first, min(holding[place].until, until)))
            place += 1
        if failed != EVER:
            yield failed, Outcome.FAILED
        yield from _covered(since)


def _covered(intervals: list[tuple[date, date]]) -> Iterator[tuple[date, Outcome]]:
    end = EVER
    for first, until in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if first > end:
            if end != EVER:
                yield end, Outcome.UNKNOWN
            yield first, Outcome.HELD
        end = max(end, until)
    if end != EVER:
        yield end, Outcome.UNKNOWN


class _Seen(NamedTuple):
    """What counts of what is known on a day: the last failure, and what was found to hold later than that."""

    failed: Finding | None
    since: Sequence[Finding]
    """The latest first."""


def _seen(findings: Sequence[Finding], day: date) -> _Seen:
    place = bisect_right(findings, day, key=lambda finding: finding.record.occurred)
    since: list[Finding] = []
    for finding in reversed(findings[:place]):
        if not finding.holds:
            failed = finding.record.occurred
            return _Seen(finding, [one for one in since if one.record.occurred > failed])
        since.append(finding)
    return _Seen(None, since)


def _at(seen: _Seen, day: date) -> tuple[Outcome, Finding | None]:
    """The outcome on a day and the finding that decides it: of those that hold longest, the latest."""
    begun = (one for one in seen.since if one.first <= day and one.first < one.until)
    if deciding := max(begun, key=attrgetter("until"), default=None):
        return (Outcome.HELD if day < deciding.until else Outcome.UNKNOWN), deciding
    return (Outcome.FAILED if seen.failed else Outcome.UNKNOWN), seen.failed


def _explain(
    label: str, findings: Sequence[Finding], counting: Sequence[Finding], day: date, missing: Request | None
) -> Node:
    seen = _seen(counting, day)
    outcome, deciding = _at(seen, day)
    if deciding is None:
        return _idle(label, findings, day, missing)
    lapsed = deciding.holds and outcome is Outcome.UNKNOWN
    return Node(
        label,
        outcome,
        (deciding.record,),
        _without(deciding, counting, seen, day),
        Remark(Reason.LAPSED, f"The proof was valid to {in_words(deciding.until - DAY)}.") if lapsed else None,
        None if outcome is Outcome.HELD else missing,
        turns=_turns(seen, deciding, day) if outcome is Outcome.HELD else None,
    )


def _without(deciding: Finding, counting: Sequence[Finding], seen: _Seen, day: date) -> Outcome:
    """The outcome on a day if the finding that decides it were not there."""
    if deciding.holds:
        others = _Seen(seen.failed, [one for one in seen.since if one is not deciding])
    else:
        others = _seen([one for one in counting if one is not deciding], day)
    return _at(others, day)[0]


def _idle(label: str, findings: Sequence[Finding], day: date, missing: Request | None) -> Node:
    """Nothing counts; the latest of what does not is shown, with the reason."""
    idle = [one for one in findings if not one.counts and one.record.occurred <= day]
    if not idle:
        return Node(label, Outcome.UNKNOWN, missing=missing)
    return Node(label, Outcome.UNKNOWN, (idle[-1].record,), Outcome.UNKNOWN, idle[-1].remark, missing)


def _turns(seen: _Seen, deciding: Finding, day: date) -> date | None:
    """The day on which a state that holds lapses by itself, on what is known on `day`."""
    until = deciding.until
    for one in sorted((one for one in seen.since if one.first > day), key=attrgetter("first")):
        if one.first <= until:
            until = max(until, one.until)
    return None if until == NEVER else until


def flagged(state: State, flags: tuple[Flag, ...]) -> State:
    """The same state with what to look at, on its explanation too."""
    if not flags:
        return state
    shown = with_attention(state, lambda day: tuple(flag.words for flag in flags if flag.on(day)))
    return replace(shown, flags=flags)


def with_attention(state: State, flags: Callable[[date], tuple[str, ...]]) -> State:
    """The same state, with flags on its explanation that depend on the day."""

    def explain(day: date) -> Node:
        node = state.explain(day)
        return replace(node, attention=(*node.attention, *flags(day)))

    return State(state.label, state.timeline, explain)
