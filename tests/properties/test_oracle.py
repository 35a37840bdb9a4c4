"""The engine against the oracle: the same status on every day of some years, whatever was done when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.core.base.days import DAY, EVER, NEVER
from meterward.core.base.timeline import of_changes
from meterward.core.facts.act import Act
from meterward.core.facts.fact import Told
from meterward.core.facts.matter import DOUBTFUL, UNANSWERED, Answered, Matter
from meterward.core.facts.node import Outcome
from meterward.core.facts.owed import Source
from meterward.core.facts.state import Finding, state_of
from meterward.core.obligations import status as engine
from meterward.core.obligations.perform import perform_by
from meterward.core.obligations.status import Status
from meterward.core.obligations.strand import matter_status, of_matter, outlook
from tests.builders.stories import asked, the_pack, told
from tests.properties import oracle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from meterward.core.base.timeline import Timeline

(A_RECORD, *_) = told()
READINGS = ("deadline-windows", "anniversaries", "calendar-years", "since-last", "late-first-serves-its-window")
START = date(2014, 1, 1)
SOME_DAYS = [START + number * DAY for number in range(60)]
ALL_DAYS = [START + number * DAY for number in range(-5, 80)]
some_day = st.sampled_from(SOME_DAYS)
NAMED = [date(2013, 3, 4), date(2013, 8, 31), date(2015, 8, 28), date(2015, 8, 29), date(2015, 8, 31)]
NAMED += [date(2012, 2, 29), date(2016, 2, 29), date(2014, 1, 1), date(2014, 12, 31), date(2013, 6, 30)]


class Life(NamedTuple):
    """Acts after a commencement, and the months to the first deadline."""

    commencement: date
    months: int
    acts: tuple[date, ...]

    @property
    def deadline(self) -> date:
        return oracle.months_after(self.commencement, self.months)

    def days(self) -> list[date]:
        last = oracle.months_after(max(self.commencement, *self.acts, self.commencement + 3 * 365 * DAY), 27)
        return [self.commencement + number * DAY for number in range(-30, (last - self.commencement).days)]


def _edges(commencement: date, months: int) -> list[date]:
    """The days on which something may turn: ends of years by any count, with the days before and after."""
    turns = [oracle.months_after(commencement, 12 * year + extra) for year in range(4) for extra in (0, months)]
    turns += [date(commencement.year + year, 1, 1) for year in range(1, 5)]
    return sorted({turn + shift * DAY for turn in turns for shift in (-1, 0, 1) if turn + shift * DAY >= commencement})


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """None, one or several acts in a year; often on an edge, or a year to the day after the act before."""
    commencement = draw(st.sampled_from(NAMED) | st.dates(date(2012, 1, 1), date(2016, 12, 31)))
    months = draw(st.sampled_from((6, 3, 9, 12, 18)))
    spread = st.integers(0, 4 * 365).map(lambda number: commencement + number * DAY)
    acts = sorted(draw(st.lists(spread | st.sampled_from(_edges(commencement, months)), max_size=5)))
    shift = draw(st.none() | st.integers(-1, 1))
    if acts and shift is not None:
        acts.append(oracle.months_after(acts[-1], 12) + shift * DAY)
    return Life(commencement, months, tuple(draw(st.permutations(acts))))


def _performed(life: Life, reading: str, *, recurs: bool) -> Timeline[Status]:
    duty = the_pack().duty("Z.14(b)" if recurs else "Z.14(a)")
    assert duty
    assert duty.due
    ask = asked({"z14_first_months": str(life.months)}, windows=reading)
    acts = tuple(_act(number, day) for number, day in enumerate(life.acts))
    return perform_by(Told(acts=acts), duty.due, replace(ask, commencement=life.commencement), recurs=recurs).timeline


def _act(number: int, day: date) -> Act:
    record = replace(A_RECORD, id=bytes([number]) * 32, occurred=day, subject=f"audit/{number}")
    return Act(f"audit {number}", day, record)


def _same(made: Callable[[date], object], plain: Callable[[date], object], days: Iterable[date]) -> None:
    differing = [(str(day), made(day), plain(day)) for day in days if made(day) != plain(day)]
    assert not differing, (
        f"engine and oracle differ on {len(differing)} days, first {differing[0]}, last {differing[-1]}"
    )


@settings(max_examples=300)
@given(lives())
def test_an_act_once_by_a_deadline(life: Life) -> None:
    made = _performed(life, "none", recurs=False)
    _same(made.at, lambda day: oracle.once(day, life.commencement, life.deadline, life.acts), life.days())


@pytest.mark.parametrize("reading", READINGS)
@settings(max_examples=150)
@given(life=lives())
def test_an_act_in_every_year(reading: str, life: Life) -> None:
    def plain(day: date) -> Status:
        return oracle.recurring(day, reading, life.commencement, life.deadline, life.acts)

    _same(_performed(life, reading, recurs=True).at, plain, life.days())


def test_the_oracle_itself_says_what_the_worked_case_says() -> None:
    """Reports of 20 August 2013, 30 November 2014 and 10 September 2015: breached from and to, by reading."""
    acts = (date(2013, 8, 20), date(2014, 11, 30), date(2015, 9, 10))
    life = Life(date(2013, 3, 4), 6, acts)
    breached = {reading: _breached(life, reading) for reading in READINGS}
    late = (date(2014, 9, 5), date(2014, 11, 29))
    assert breached == {
        "deadline-windows": late,
        "late-first-serves-its-window": late,
        "since-last": (date(2014, 8, 21), date(2014, 11, 29)),
        "anniversaries": None,
        "calendar-years": None,
    }
    turns = (date(2014, 11, 30), date(2015, 9, 4), date(2015, 9, 5), date(2015, 9, 9), date(2015, 9, 10))
    found = [oracle.recurring(day, READINGS[0], life.commencement, life.deadline, acts) for day in turns]
    assert found == [Status.MET_LATE, Status.MET_LATE, Status.PENDING, Status.PENDING, Status.MET]


def _breached(life: Life, reading: str) -> tuple[date, date] | None:
    """The first and the last day of the breach up to the end of 2015."""
    days = [life.commencement + number * DAY for number in range(1033)]
    bad = [d for d in days if oracle.recurring(d, reading, life.commencement, life.deadline, life.acts) == "breached"]
    assert not bad or len(bad) == (bad[-1] - bad[0]).days + 1
    return (bad[0], bad[-1]) if bad else None


class Owed(NamedTuple):
    """One thing owed, and from which day on what is known of its answer."""

    opened: date
    due: date | None
    source: Source
    answers: tuple[tuple[date, Answered], ...]
    closed: date

    def matter(self) -> Matter:
        answered = of_changes([(EVER, UNANSWERED), *self.answers])
        return Matter("matter", self.opened, self.due, self.source, answered, closed=self.closed)

    def plain(self, day: date) -> Status:
        if day >= self.closed:
            return Status.NOT_TRIGGERED
        return oracle.of_matter(day, self.opened, self.due, self.source, self.answers)


@st.composite
def owed(draw: st.DrawFn) -> Owed:
    """What is known of the answer comes and goes, as records about it do; it counts on its day or one before."""
    opened, due = draw(some_day), draw(st.none() | some_day)
    known = sorted(draw(st.sets(some_day, max_size=4)))
    answers = [(since, draw(st.sampled_from((UNANSWERED, DOUBTFUL, *_held(since))))) for since in known]
    closed = draw(st.just(NEVER) | some_day)
    return Owed(opened, due, draw(st.sampled_from(Source)), tuple(answers), closed)


def _held(since: date) -> Sequence[Answered]:
    return [Answered(Outcome.HELD, since - timedelta(back)) for back in (0, 1, 9)]


@settings(max_examples=600)
@given(owed())
def test_one_thing_owed(one: Owed) -> None:
    _same(of_matter(one.matter()).timeline.at, one.plain, ALL_DAYS)
    _same(lambda day: matter_status(one.matter(), day), one.plain, ALL_DAYS)


@settings(max_examples=150)
@given(st.lists(owed(), min_size=1, max_size=4))
def test_several_things_owed_come_to_the_worst(several: list[Owed]) -> None:
    made = outlook([of_matter(one.matter()) for one in several])
    _same(made.timeline.at, lambda day: oracle.worst([one.plain(day) for one in several]), ALL_DAYS)


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    """Failures, claims, and proofs valid from their own day or a later one; in the order of their records."""
    made: list[Finding] = []
    for number, found in enumerate(sorted(draw(st.lists(some_day, max_size=7)))):
        record = replace(A_RECORD, id=bytes([number]) * 32, occurred=found)
        first = found + draw(st.sampled_from((0, 0, 0, 1, 5))) * DAY
        length = draw(st.none() | st.integers(0, 30))
        until = NEVER if length is None else first + length * DAY
        verdict = draw(st.sampled_from(("held", "held", "failed", "claimed")))
        begins = found if verdict == "failed" else first
        made.append(Finding(record, begins, until, verdict != "claimed", holds=verdict != "failed"))
    return made


@settings(max_examples=600)
@given(findings())
def test_a_state_as_it_was_found(found: list[Finding]) -> None:
    held = [(one.record.occurred, one.first, one.until) for one in found if one.counts and one.holds]
    failed = [one.first for one in found if one.counts and not one.holds]
    made = state_of("state", found, None)
    _same(made.timeline.at, lambda day: oracle.of_state(day, held, failed), ALL_DAYS)
    _same(lambda day: made.explain(day).outcome, lambda day: oracle.of_state(day, held, failed), ALL_DAYS)


# A reading is never itself contested, and one of several instances never is.
SINGLE = [status for status in Status if status is not Status.CONTESTED]


def _told_apart(status: Status) -> Status:
    """Which of the neutral ones stands for several is not written down, so they pass for one."""
    return Status.NOT_TRIGGERED if engine.group_of(status) is engine.Group.NEUTRAL else status


@pytest.mark.parametrize("number", range(1, 4))
def test_instances_and_readings_and_children_roll_up_as_written(number: int) -> None:
    """Every set of up to three statuses, which has every pair of groups in it."""
    for statuses in combinations_with_replacement(SINGLE, number):
        assert _told_apart(engine.worst(statuses)) == _told_apart(oracle.worst(statuses)), statuses
        assert _told_apart(engine.over_readings(statuses)) == _told_apart(oracle.over_readings(statuses)), statuses
    for children in combinations_with_replacement(Status, number):
        assert engine.over_children(children) == oracle.over_children(children), children


def test_an_umbrella_over_nothing_is_open() -> None:
    assert engine.over_children([]) is oracle.over_children([]) is Status.INDETERMINATE
