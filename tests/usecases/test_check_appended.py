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

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from meterward.adapters.in_memory.ledgers import MemoryLedgers
    from meterward.core.base.problem import Problem
    from meterward.core.records.record import Record
    from tests.builders.scribe import Scribe

SIZES = (1, 1, 1, 2, 7)
DAY = date(2013, 6, 1)
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
    assert {"action.planned", "direction.answered", "risk.treated", "state.evidenced"} <= seen
    assert any(one.endswith(", earlier") for one in seen), seen


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
