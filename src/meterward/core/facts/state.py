"""States: something that holds, has failed, or is not known, on every day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import DAY, EVER, NEVER, in_words
from meterward.core.base.timeline import Timeline, constant, of_changes
from meterward.core.facts.node import Flag, Node, Outcome
from meterward.core.facts.remark import Reason, Remark
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from meterward.core.facts.request import Request


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
    counting = [finding for finding in findings if finding.counts]
    last: list[tuple[date, Node]] = []

    def explain(day: date) -> Node:
        if not last or last[0][0] != day:
            last[:] = [(day, _explain(label, findings, counting, day, missing))]
        return last[0][1]

    return State(label, of_changes(_changes(counting)), explain)


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


def _since_failure(findings: Sequence[Finding], day: date) -> tuple[Finding | None, list[Finding]]:
    """The last failure known on a day, and what was found to hold on a later day than that."""
    place = bisect_right(findings, day, key=lambda finding: finding.record.occurred)
    since: list[Finding] = []
    for finding in reversed(findings[:place]):
        if not finding.holds:
            failed = finding.record.occurred
            return finding, [one for one in since if one.record.occurred > failed]
        since.append(finding)
    return None, since


def _at(findings: Sequence[Finding], day: date) -> tuple[Outcome, Finding | None]:
    """The outcome on a day and the finding that decides it: the plain statement of the rule."""
    failed, since = _since_failure(findings, day)
    begun = [one for one in since if one.first <= day and one.first < one.until]
    deciding = max(begun, key=lambda one: (one.until, one.record.order), default=None)
    if deciding:
        return (Outcome.HELD if day < deciding.until else Outcome.UNKNOWN), deciding
    return (Outcome.FAILED, failed) if failed else (Outcome.UNKNOWN, None)


def _explain(
    label: str, findings: Sequence[Finding], counting: Sequence[Finding], day: date, missing: Request | None
) -> Node:
    outcome, deciding = _at(counting, day)
    if deciding is None:
        return _idle(label, findings, day, missing)
    without, _ = _at([one for one in counting if one is not deciding], day)
    lapsed = deciding.holds and outcome is Outcome.UNKNOWN
    return Node(
        label,
        outcome,
        (deciding.record,),
        without,
        Remark(Reason.LAPSED, f"The proof was valid to {in_words(deciding.until - DAY)}.") if lapsed else None,
        None if outcome is Outcome.HELD else missing,
        turns=_turns(counting, deciding, day) if outcome is Outcome.HELD else None,
    )


def _idle(label: str, findings: Sequence[Finding], day: date, missing: Request | None) -> Node:
    """Nothing counts; the latest of what does not is shown, with the reason."""
    idle = [one for one in findings if not one.counts and one.record.occurred <= day]
    if not idle:
        return Node(label, Outcome.UNKNOWN, missing=missing)
    return Node(label, Outcome.UNKNOWN, (idle[-1].record,), Outcome.UNKNOWN, idle[-1].remark, missing)


def _turns(findings: Sequence[Finding], deciding: Finding, day: date) -> date | None:
    """The day on which a state that holds lapses by itself, on what is known on `day`."""
    until = deciding.until
    for one in sorted(_since_failure(findings, day)[1], key=lambda one: one.first):
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
