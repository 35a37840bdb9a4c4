"""What is refused as it is appended is what would be wrong with the whole ledger after, and was not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.usecases.check_appended import Further, check_appended
from meterward.usecases.check_records import check_records
from tests.builders.answers import LEDGER, kept
from tests.builders.evaluations import licence_of, the_pack
from tests.builders.histories import REPORT
from tests.builders.ledgers import THEMES, ledgers, opened, rich_ledger
from tests.builders.lines import LICENCES, Draft
from tests.builders.system_told import element

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from meterward.adapters.in_memory.ledgers import MemoryLedgers
    from meterward.core.base.problem import Problem
    from meterward.core.records.record import Record
    from tests.builders.scribe import Scribe

SIZES = (1, 1, 1, 2, 7)
DAY, LATER = date(2013, 6, 1), date(2013, 7, 1)
ENGAGED = Draft("audit.engaged", DAY, DAY, {"organisation": "auditor-a", "independence": "declared"}, "audit/1")


def _whole(records: Sequence[Record[Any]]) -> dict[tuple[int, str], Problem]:
    """Everything that is wrong with the whole of some records, by place and field."""
    pack = the_pack()
    readers = [licence_of(records, licence).reader for licence in LICENCES]
    return {(one.line, one.field): one for one in check_records(pack, {pack.name: pack}, readers)}


def _further(ledgers: MemoryLedgers, before: Sequence[Record[Any]], more: Sequence[Record[Any]]) -> list[Problem]:
    def earlier(kinds: Collection[str], subjects: Collection[str]) -> Iterator[Record[Any]]:
        return ledgers.records_of(LEDGER, kinds, subjects)

    pack = the_pack()
    acted = {target for one in more for target in one.links}
    targets = {one.id: one for one in before if one.id in acted}
    found = check_appended(pack, {pack.name: pack}, Further(more, targets), earlier)
    assert all(0 <= place < len(more) for place, _ in found)
    return [problem for _, problem in found]


def _compare(scribe: Scribe, sizes: Sequence[int]) -> set[str]:
    """Append a story piece by piece, and compare; what came out of it at all."""
    store, records, start, seen = kept(scribe), scribe.records, 0, set[str]()
    while start < len(records):
        size = sizes[start % len(sizes)]
        before, more = records[:start], records[start : start + size]
        was, now = _whole(before), _whole(records[: start + size])
        new = {key: problem for key, problem in now.items() if key not in was}
        found = _further(store.ledgers, before, more)
        own = {(one.line, one.field): one for one in found if one.field}
        assert own == {key: one for key, one in new.items() if key[0] > start}
        others = [one.message for one in found if not one.field]
        changed = [one for key, one in new.items() if key[0] <= start]
        assert len(others) == len(changed)
        assert all(any(one.message in said for said in others) for one in changed)
        seen |= {records[line - 1].kind.name + ("" if line > start else ", earlier") for line, _ in new}
        start += size
    return seen


@settings(max_examples=40)
@given(ledgers(), st.permutations(SIZES))
def test_what_is_refused_is_what_the_whole_ledger_would_have_wrong_in_it(scribe: Scribe, sizes: list[int]) -> None:
    _compare(scribe, sizes)


def test_in_random_ledgers_much_is_refused_and_some_of_it_makes_earlier_records_wrong() -> None:
    seen = {one for theme in THEMES for seed in range(6) for one in _compare(rich_ledger(seed, theme), [1])}
    assert {"action.planned", "direction.answered", "risk.treated", "state.evidenced", "system.described"} <= seen
    assert any(one.endswith(", earlier") for one in seen), seen


def holding(name: str, within: str | None, on: date = DAY, **links: bytes) -> Draft:
    """An element declared by hand, in another."""
    told = element(name, **({"within": f"element/{within}"} if within else {}))["told"]
    return Draft("element.declared", on, DAY, told, f"element/{name}", links=links)


def test_a_circle_over_several_records_is_refused_with_the_names_on_it() -> None:
    scribe = opened()
    for draft in (holding("a", None), holding("b", "a"), holding("c", "b")):
        assert scribe.write(draft), draft
    rows = [element("x"), element("a", within="element/c")]
    told = scribe.write(Draft("system.described", LATER, LATER, {"source": "by_hand", "elements": rows}))
    assert told
    (problem,) = _further(kept(scribe).ledgers, scribe.records[:-1], scribe.records[-1:])
    assert (problem.code.value, problem.field) == ("system.circle", "facts.elements[1].told.within")
    assert problem.message == "element/a is part of itself, by way of element/c, element/b."
    assert _compare(scribe, [1]) == {"system.described"}


def test_whatever_brings_back_what_was_said_of_an_element_can_close_a_circle() -> None:
    scribe = opened()
    there = [scribe.write(draft) for draft in (holding("a", None), holding("b", "a"))]
    assert all(there)
    again = Draft("record.ended", LATER, LATER, {"because": "gone"}, "element/b", links={"ends": scribe.records[-1].id})
    end = scribe.write(again)
    assert end
    rows = {"source": "by_hand", "elements": [element("a", within="element/b")]}
    assert scribe.write(Draft("system.described", LATER, LATER, rows))
    assert _compare(scribe, [1]) == set()
    taken_back = {"because": "never-happened"}
    assert scribe.write(Draft("record.withdrawn", LATER, LATER, taken_back, links={"withdraws": end.id}))
    assert _compare(scribe, [1]) == {"system.described, earlier"}


def planned(of: str, part: str, **links: bytes) -> Draft:
    """An action for a recommendation of an audit."""
    facts = {"of": of, "part": part, "due": "2014-03-31", "owner": "risk_owner"}
    return Draft("action.planned", DAY, DAY, facts, "action/1", links=links)


def treatment(risk: str, **links: bytes) -> Draft:
    """A treatment of a risk of the assessment."""
    return Draft("risk.treated", DAY, DAY, {"risk": risk, "option": "modify"}, "assessment/1", links=links)


def test_a_withdrawn_correction_brings_back_what_it_had_corrected() -> None:
    scribe = opened()
    for draft in (ENGAGED, replace(ENGAGED, subject="audit/2"), planned("audit/1", "other")):
        assert scribe.write(draft), draft
    mended = scribe.write(planned("audit/2", "rec-1", corrects=scribe.records[-1].id))
    assert mended
    assert scribe.write(Draft("audit.reported", DAY, DAY, REPORT, "audit/1"))
    assert scribe.write(Draft("record.withdrawn", DAY, DAY, {"because": "duplicate"}, links={"withdraws": mended.id}))
    assert _compare(scribe, [1]) == {"action.planned, earlier"}


def test_a_withdrawn_correction_of_a_treatment_brings_the_wrong_risk_back() -> None:
    scribe = opened()
    scope = {"scope": ["network"], "risks": 2, "above_appetite": []}
    assessed = scribe.write(Draft("assessment.completed", DAY, DAY, scope, "assessment/1"))
    assert assessed
    treated = scribe.write(treatment("R9"))
    assert treated
    mended = scribe.write(treatment("R1", corrects=treated.id))
    assert mended
    names = {**scope, "above_appetite": ["R1"]}
    assert scribe.write(Draft("assessment.completed", DAY, DAY, names, "assessment/1", links={"corrects": assessed.id}))
    assert scribe.write(Draft("record.withdrawn", DAY, DAY, {"because": "duplicate"}, links={"withdraws": mended.id}))
    assert _compare(scribe, [1]) == {"risk.treated, earlier"}
