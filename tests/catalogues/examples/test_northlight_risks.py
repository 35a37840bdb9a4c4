"""The risks of Northlight: register, assessments, design and queue agree, on whatever day they are told."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.risk.comparison import above
from meterward.core.risk.design import design_on, traced
from meterward.core.risk.queue import queue
from meterward.core.risk.register import Rated, rated, register
from tests.catalogues.examples.told import duty, read

DAYS = [date(2014, 3, 31), date(2016, 2, 29), date(2025, 11, 22)]


def reader(today: date) -> Reader:
    index = Index("electricity")
    for record in read("northlight", today).records:
        index.append(record)
    return Reader(index)


def register_on(read_on: Reader, day: date) -> list[Rated]:
    return [rated(read_on, one, day) for one in register(read_on).on(day)]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_each_assessment_names_what_the_register_of_its_day_rates_above_appetite(today: date) -> None:
    read_on = reader(today)
    assessed = [one for one in read("northlight", today).records if one.kind.name == "assessment.completed"]
    assert len(assessed) == 2
    for one in assessed:
        there = register_on(read_on, one.occurred)
        assert (len(there), above(there)) == (one.facts.risks, one.facts.above_appetite)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_is_above_appetite_is_treated_or_accepted_but_for_one(today: date) -> None:
    there = register_on(reader(today), today)
    assert {one.risk.short: one.standing for one in there if one.residual is None or one.residual.above} == {
        **dict.fromkeys(("R-01", "R-12", "R-46", "R-48"), "treated"),
        "R-31": "accepted",
        "R-38": "open",
    }


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_no_measure_brings_a_risk_lower_than_is_wanted_and_each_is_less_than_it_was_bare(today: date) -> None:
    for one in register_on(reader(today), today):
        assert one.inherent
        assert one.residual
        assert one.target
        assert one.target.level <= one.residual.level <= one.inherent.level, one.risk.short


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_design_traces_each_that_is_treated_to_its_measures(today: date) -> None:
    read_on = reader(today)
    design = traced(design_on(read_on, today), register_on(read_on, today), (), today)
    assert design.gone == ()
    high = {one.rated.risk.short: one for one in design.traces if one.is_above}
    assert [name for name, one in high.items() if not one.designed] == ["R-38"]
    assert [name for name, one in high.items() if one.beyond or one.over] == []


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_one_acceptance_ran_out_some_weeks_ago_and_nobody_decided_anew(today: date) -> None:
    found = duty("northlight", today, "gas", "Z.10(a)")
    (missing,) = {
        str(node.missing)
        for top in found.readings[0].nodes
        for node in top.walk()
        if node.missing and not node.children
    }
    assert missing == "risk.treated: R-38 of assessment/2"
    assert timedelta(days=20) <= today - found.since <= timedelta(days=24)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_queue_has_what_the_last_weeks_brought(today: date) -> None:
    assert Counter((due.why, due.subject) for due in queue(reader(today), today)) == Counter(
        [
            *(("overdue", f"measure/M-{number}") for number in ("05", "07", "10", "16")),
            ("acceptance", "risk/R-38"),
            ("audit", "audit/2"),
            ("incident", "incident/14"),
            ("match", "match/CVE-2023-46604/head-end"),
            ("system", "system"),
        ]
    )
