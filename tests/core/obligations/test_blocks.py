"""One more matter makes its own month again; the others stay as they were, unless what retires them changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from meterward.core.base.days import EVER, NEVER
from meterward.core.base.timeline import of_changes
from meterward.core.facts.index import Index
from meterward.core.facts.matter import UNANSWERED, Answered, Matter
from meterward.core.facts.node import Outcome
from meterward.core.facts.owed import Source
from meterward.core.facts.reader import Reader
from meterward.core.obligations.blocks import Blocks
from meterward.core.obligations.strand import of_matter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.obligations.strand import Strand


def _matter(opened: date, done: date = NEVER) -> Matter:
    answered = of_changes([(EVER, UNANSWERED), (done, Answered(Outcome.HELD, done))])
    return Matter(f"of {opened}", opened, None, Source.CLAUSE, answered)


class Made:
    """Blocks that note which matters they make strands of."""

    def __init__(self) -> None:
        self.blocks = Blocks(Reader(Index("electricity")), "test")
        self.seen: list[str] = []

    def _strand(self, matter: Matter) -> Strand:
        self.seen.append(matter.name)
        return of_matter(matter)

    def of(self, matters: Sequence[Matter]) -> list[str]:
        """The matters that were made again, and that the blocks then have all of them in order."""
        self.seen.clear()
        outlooks, _ = self.blocks.of_matters(matters, lambda matter: matter, self._strand)
        assert [matter.name for one in outlooks for matter in one.matters(date(2015, 1, 1))] == [
            m.name for m in matters
        ]
        return list(self.seen)


JANUARY, LATER, MARCH = _matter(date(2014, 1, 7)), _matter(date(2014, 1, 20)), _matter(date(2014, 3, 3))
APRIL = _matter(date(2014, 4, 4))


def test_one_more_matter_makes_its_own_month_and_the_one_before_it() -> None:
    made = Made()
    assert made.of([JANUARY, LATER, MARCH]) == ["of 2014-01-07", "of 2014-01-20", "of 2014-03-03"]
    assert made.of([JANUARY, LATER, MARCH]) == []
    assert made.of([JANUARY, LATER, MARCH, APRIL]) == ["of 2014-03-03", "of 2014-04-04"]


def test_another_matter_in_the_place_of_one_is_made() -> None:
    made = Made()
    made.of([JANUARY, MARCH])
    answered = _matter(JANUARY.opened, date(2014, 2, 1))
    assert made.of([answered, MARCH]) == ["of 2014-01-07"]


def test_a_matter_out_of_its_turn_gets_a_block_of_its_own() -> None:
    made = Made()
    made.of([JANUARY, MARCH])
    assert made.of([JANUARY, MARCH, LATER]) == ["of 2014-01-07", "of 2014-01-20"]
