"""The dated data of the pack of 2012: editions, schemes, what an audit covers, bank holidays."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from meterward.core.facts.reference import Period
from meterward.core.obligations.law import Pack
from meterward.core.records.kinds import all_kinds
from meterward.law import pack as packs


@pytest.fixture(name="pack")
def the_pack() -> Pack:
    pack = packs.load("condition_z_2012")
    assert isinstance(pack, Pack), pack
    return pack


def test_editions_and_the_ends_of_their_transitions(pack: Pack) -> None:
    editions = pack.reference.editions
    assert list(editions) == ["2005", "2013", "2022"]
    assert editions["2005"].last == date(2015, 10, 1)
    assert editions["2013"] == Period(date(2013, 10, 1), date(2025, 10, 31))
    assert editions["2022"].last is None


def test_schemes_of_auditors(pack: Pack) -> None:
    schemes = pack.reference.schemes
    assert list(schemes) == ["clas", "check", "ctas", "equivalent"]
    assert schemes["clas"].last == date(2016, 1, 31)
    assert [name for name, period in schemes.items() if period.last] == ["clas"]
    assert pack.reference.judged_equivalent == ("equivalent",)
    assert pack.reference.questions["equivalent_standing"].grounds == ("status", "effect")
    assert {field.name: field.choices for field in all_kinds()["auditor.recognised"].fields}["scheme"] == tuple(schemes)


def test_an_audit_covers_parts_b_and_c(pack: Pack) -> None:
    assert list(pack.reference.audit_coverage) == [f"Z.{number}" for number in range(4, 17)]


def test_bank_holidays_are_those_of_england(pack: Pack) -> None:
    days = pack.working_days
    years = range(days.first.year, days.last.year + 1)
    assert (days.first, days.last) == (date(years[0], 1, 1), date(years[-1], 12, 31))
    elsewhere = holidays.country_holidays("GB", subdiv="ENG", years=years)
    # A holiday that falls on a weekend is no working day anyway; the day off in its place stands in both.
    assert sorted(days.holidays) == sorted(day for day in elsewhere if day.weekday() < 5)
