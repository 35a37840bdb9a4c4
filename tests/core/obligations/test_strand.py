"""What was answered goes out of sight when a later matter opens, and still stands when nothing else does."""

from __future__ import annotations

from datetime import date

from meterward.core.base.days import EVER, NEVER
from meterward.core.base.timeline import of_changes
from meterward.core.facts.index import Index
from meterward.core.facts.matter import UNANSWERED, Answered, Matter
from meterward.core.facts.node import Outcome
from meterward.core.facts.owed import Source
from meterward.core.facts.reader import Reader
from meterward.core.obligations.blocks import Blocks
from meterward.core.obligations.status import Status
from meterward.core.obligations.strand import Outlook, of_matter, together
from tests.builders.stories import told

(A_RECORD, *_) = told()
JANUARY, FEBRUARY, MARCH, APRIL = (date(2014, month, 1) for month in (1, 2, 3, 4))


def _matter(opened: date, done: date = NEVER, closed: date = NEVER) -> Matter:
    answered = of_changes([(EVER, UNANSWERED), (done, Answered(Outcome.HELD, done))])
    return Matter(f"matter of {opened}", opened, None, Source.CLAUSE, answered, closed=closed)


def _outlook(*matters: Matter) -> Outlook:
    months, before = Blocks(Reader(Index("electricity")), "test").of_matters(matters, lambda matter: matter, of_matter)
    return together(months, before)


def test_what_was_answered_still_stands_once_what_came_after_it_is_closed() -> None:
    made = _outlook(_matter(JANUARY, JANUARY), _matter(FEBRUARY, closed=MARCH))
    statuses = [made.timeline.at(day) for day in (JANUARY, FEBRUARY, MARCH, APRIL)]
    assert statuses == [Status.MET, Status.PENDING, Status.MET, Status.MET]
    (node,) = made.explain(MARCH)
    assert (node.label, node.outcome) == (f"matter of {JANUARY}", Status.MET)


def test_what_was_answered_late_stands_as_answered_and_cites_its_records() -> None:
    late = _matter(JANUARY, FEBRUARY)._replace(due=JANUARY, records=(A_RECORD,))
    made = _outlook(late, _matter(FEBRUARY, closed=MARCH))
    (node,) = made.explain(MARCH)
    assert (made.timeline.at(MARCH), node.outcome) == (Status.MET, Status.MET)
    assert node.cited() == {A_RECORD.id}


def test_what_was_answered_stands_no_longer_than_it_would_have() -> None:
    made = _outlook(_matter(JANUARY, JANUARY, closed=APRIL), _matter(FEBRUARY, closed=MARCH))
    statuses = [made.timeline.at(day) for day in (MARCH, APRIL)]
    assert statuses == [Status.MET, Status.NOT_TRIGGERED]
    assert made.explain(APRIL) == ()


def test_what_was_answered_colours_nothing_while_something_is_asked() -> None:
    made = _outlook(_matter(JANUARY, JANUARY), _matter(FEBRUARY))
    assert made.timeline.at(APRIL) is Status.PENDING
    assert len(made.explain(APRIL)) == 1
