"""The worked cases of every law pack come out as a lawyer wrote them down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.obligations.law import NOT_SCORED, Pack
from meterward.law import pack as packs
from meterward.usecases.check_cases import Case, cases_of, check_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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
    assert all(duty.kind not in NOT_SCORED for duty in _pack(name).duties)
