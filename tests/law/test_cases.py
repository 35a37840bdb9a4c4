"""The worked cases of every law pack come out as a lawyer wrote them down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.obligations.law import Pack
from meterward.core.records.record import LINKS
from meterward.law import pack as packs
from meterward.usecases.check_cases import Case, cases_of, check_case, lines_of
from meterward.usecases.check_records import check_hypothesis, check_records
from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.read_ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CASE = {"id", "clause", "title", "because", "base", "parameters", "record", "expect"}
WHO = {"role", "person", "organisation"}
RECORD = {"kind", "on", "recorded", "subject", "licences", "label", "facts", "text", "files", *WHO, *LINKS}


def _all() -> Iterator[Any]:
    for name in packs.names():
        source = packs.cases(name)
        for case in cases_of(source):
            yield pytest.param(name, source, case, id=f"{name}:{case.id}")


def _pack(name: str) -> Pack:
    pack = packs.load(name)
    assert isinstance(pack, Pack), pack
    return pack


@pytest.mark.parametrize(("name", "source", "case"), list(_all()))
def test_case_comes_out_as_expected(name: str, source: Mapping[str, Any], case: Case) -> None:
    assert check_case(_pack(name), source, case) == []


@pytest.mark.parametrize("name", packs.names())
def test_every_scored_duty_has_three_cases(name: str) -> None:
    cases = cases_of(packs.cases(name))
    by_duty = {
        duty.id: {case.id for case in cases if any(one["duty"] == duty.id for one in case.expect)}
        for duty in _pack(name).duties
    }
    assert {duty: ids for duty, ids in by_duty.items() if len(ids) < 3} == {}


@pytest.mark.parametrize("name", packs.names())
def test_every_reading_has_a_case_of_its_own(name: str) -> None:
    named = {(one["duty"], one.get("reading")) for case in cases_of(packs.cases(name)) for one in case.expect}
    wanted = {
        (duty.id, reading.id) for duty in _pack(name).duties if len(duty.readings) > 1 for reading in duty.readings
    }
    assert wanted - named == set()


@pytest.mark.parametrize("name", packs.names())
def test_case_ids_are_used_once(name: str) -> None:
    ids = [case.id for case in cases_of(packs.cases(name))]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("name", "source", "case"), list(_all()))
def test_every_record_of_a_case_is_told_without_problems(name: str, source: Mapping[str, Any], case: Case) -> None:
    loaded = read_ledger(lines_of(source, case))
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.size == len(case.records), name
    held = dossiers_of(loaded.licensee, loaded.records, None, {})
    assert isinstance(held, list)
    pack = _pack(name)
    assert [str(problem) for problem in check_records(pack, {name: pack}, [one.reader for one in held])] == []


@pytest.mark.parametrize("name", packs.names())
def test_cases_and_their_records_say_nothing_that_nobody_reads(name: str) -> None:
    source = packs.cases(name)
    strange = [(case["id"], case.keys() - CASE) for case in source["case"] if case.keys() - CASE]
    for owner in (*source["case"], *source["base"].values()):
        strange += [(record, record.keys() - RECORD) for record in owner["record"] if record.keys() - RECORD]
    assert strange == []


@pytest.mark.parametrize("name", packs.names())
def test_every_base_and_parameter_of_a_case_is_there(name: str) -> None:
    source, pack = packs.cases(name), _pack(name)
    used = {base for case in source["case"] for base in case.get("base", ())}
    assert used == set(source["base"]), "each base is used, and each that is used is there"
    assert [check_hypothesis(pack, case.parameters) for case in cases_of(source) if case.parameters] == [
        [] for case in cases_of(source) if case.parameters
    ]


@pytest.mark.parametrize("name", packs.names())
def test_every_case_is_about_a_clause_of_the_pack(name: str) -> None:
    pack = _pack(name)
    there = {one.clause for one in pack.provisions} | {duty.clause for duty in pack.duties}
    whole = {clause.partition("(")[0] for clause in there}
    assert {case.clause for case in cases_of(packs.cases(name))} - there - whole == set()
