"""Check an assessment that is about to be appended beside the register: it names every risk above appetite.

This is asked once, at the append, of what the ledger says by then: whoever learns more of that day later, and records
it, makes no assessment wrong by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.days import in_words, plural
from meterward.core.base.problem import Code, Problem
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.kinds import (
    assessment_completed,
    context_established,
    measure_planned,
    measure_progressed,
    risk_estimated,
    risk_identified,
)
from meterward.core.risk.comparison import above
from meterward.core.risk.register import rated, register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.records.record import Record
    from meterward.usecases.check_appended import Earlier, Further

MOST_NAMED = 6
"""So many risks are named that an assessment leaves out."""
_REGISTER = tuple(
    one.KIND for one in (context_established, measure_planned, measure_progressed, risk_estimated, risk_identified)
)


def check_assessed(further: Further, earlier: Earlier) -> Iterator[tuple[int, Problem]]:
    """What stands against assessments among some further records, each with its place among them."""
    places = [place for place, one in enumerate(further.records) if one.kind is assessment_completed.KIND]
    if not places:
        return
    first = further.records[0].index
    there = [one for one in earlier(sorted(kind.name for kind in _REGISTER), ()) if one.index < first]
    for place in places:
        record = further.records[place]
        if left := _left_out(record, [*there, *further.records[:place]]):
            yield place, _problem(record, left)


def _left_out(record: Record[Any], before: Iterable[Record[Any]]) -> list[str]:
    """The risks that the register of its day rates above appetite and that an assessment does not name."""
    known = sorted(before, key=lambda one: one.index)
    found: set[str] = set()
    for licence in record.licences:
        index = Index(licence)
        for one in known:
            index.append(one)
        read = Reader(index)
        found.update(above(rated(read, one, record.occurred) for one in register(read).on(record.occurred)))
    return sorted(found.difference(record.facts.above_appetite))


def _problem(record: Record[Any], left: list[str]) -> Problem:
    more = f" and {len(left) - MOST_NAMED:,} more" if len(left) > MOST_NAMED else ""
    message = (
        f"On {in_words(record.occurred)} the register rates {plural(len(left), 'risk')} above appetite that it does "
        f"not name: {', '.join(left[:MOST_NAMED])}{more}."
    )
    hint = "Name them too; or estimate them anew first, or take out of the register what is no risk any more."
    return Problem(Code.KIND_CONSTRAINT, message, hint, "facts.above_appetite")
