"""Searching the records of a ledger by clause, and what a search is made of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import all_kinds
from meterward.law import pack as packs
from meterward.usecases.find_terms import MOST_TERMS, groups_of, terms_of
from meterward.usecases.index_kinds import clauses_of
from meterward.usecases.ports import Hit, Wanted
from meterward.usecases.search_records import kinds_read_by, narrow

if TYPE_CHECKING:
    from meterward.core.obligations.law import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The law."""
    found = packs.load(packs.DEFAULT)
    assert not isinstance(found, Problem)
    return found


def test_a_clause_narrows_a_search_to_the_kinds_that_it_reads(pack: Pack) -> None:
    read = {
        name
        for name, kind in all_kinds().items()
        if any(one == "Z.13" or one.startswith("Z.13(") for one in clauses_of(pack, kind))
    }
    found = narrow(pack, Wanted("policy"), "z.13")
    assert isinstance(found, Wanted)
    assert read
    assert (found.words, set(found.kinds)) == ("policy", read)


def test_every_clause_of_a_duty_without_children_reads_some_kind(pack: Pack) -> None:
    found = {duty.clause: kinds_read_by(pack, duty.clause) for duty in pack.duties if not duty.children}
    assert [clause for clause, kinds in found.items() if not kinds] == []


def test_a_kind_that_a_clause_does_not_read_is_not_found_by_it(pack: Pack) -> None:
    kinds = kinds_read_by(pack, "Z.13")
    assert isinstance(kinds, tuple)
    other = next(name for name in all_kinds() if name not in kinds)
    assert narrow(pack, Wanted(kinds=(other,)), "Z.13") is None
    assert narrow(pack, Wanted(kinds=(other, kinds[0])), "Z.13") == Wanted(kinds=(kinds[0],))


@pytest.mark.parametrize(
    ("wanted", "clause", "code"),
    [(Wanted(), "Z.99", Code.CLAUSE_UNKNOWN), (Wanted(kinds=("policy.isued",)), "", Code.KIND_UNKNOWN)],
)
def test_what_is_not_there_is_a_problem(pack: Pack, wanted: Wanted, clause: str, code: Code) -> None:
    found = narrow(pack, wanted, clause)
    assert isinstance(found, Problem)
    assert found.code == code


days = st.dates(date(1990, 1, 1), date(2199, 12, 31))


@given(first=days, last=days, shift=st.integers(-3, 3))
def test_beginnings_of_days_cover_a_span_and_no_day_beside_it(first: date, last: date, shift: int) -> None:
    (group,) = groups_of(Wanted(first=first, last=last))
    for day in (first, last, first + (last - first) / 2):
        near = day + timedelta(shift)
        assert any(term.fits([f"d={near:%Y%m%d}"]) for term in group) == (first <= near <= last)
    assert len(group) <= 80


def test_a_very_long_text_has_no_more_terms_than_are_kept() -> None:
    hit = Hit(0, "a" * 64, "2013-05-01T09:00:00Z", date(2013, 5, 1), "incident.recorded", "incident/1", "p-1", "x")
    text = " ".join(f"word{number}" for number in range(30_000))
    terms = terms_of(hit, {"text": {"description": text}})
    assert len(terms) == MOST_TERMS
    assert "word1" in terms
