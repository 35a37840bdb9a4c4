"""The pack of 2012 says what the specification's table of clauses says, and names nothing that is not there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.core.facts.owed import Source
from meterward.core.obligations.law import NOT_SCORED, Due, DutyKind, Force, Limit, Pack
from meterward.core.obligations.registry import FACTS
from meterward.core.records.kinds import all_kinds
from meterward.law import pack as packs
from meterward.usecases.check_cases import Case, lines_of
from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.read_ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

V = TypeVar("V")

PROVISIONS = {
    "Z.1": "PURPOSE",
    "Z.2": "WINDOW",
    "Z.3": "DEFINE",
    "Z.5(a)": "DEFINE",
    "Z.5(b)": "DEFINE",
    "Z.5(c)": "DEFINE",
    "Z.6": "DEFINE",
    "Z.6(a)": "DEFINE",
    "Z.6(b)": "DEFINE",
    "Z.6(c)": "DEFINE",
    "Z.17": "POWER",
    "Z.17(a)": "POWER",
    "Z.17(b)": "POWER",
    "Z.18": "POWER",
    "Z.20": "DEFINE",
}
DUTIES = {
    "Z.4": ("MAINTAIN", "within-power"),
    "Z.7(a)": ("UMBRELLA", "absolute"),
    "Z.7(b)/retain": ("RECORD", "absolute"),
    "Z.7(b)/produce": ("PRODUCE", "absolute"),
    "Z.8": ("MAINTAIN", "all-reasonable-steps"),
    "Z.9": ("ESTABLISH", "absolute"),
    "Z.9/maintain": ("MAINTAIN", "absolute"),
    "Z.9/effect": ("MAINTAIN", "absolute"),
    "Z.9(a)": ("CONTENT", "absolute"),
    "Z.9(b)": ("CONTENT", "absolute"),
    "Z.10(a)": ("CONTENT", "appropriate"),
    "Z.10(b)": ("CONTENT", "appropriate"),
    "Z.10(c)": ("CONTENT", "appropriate"),
    "Z.10(d)": ("CONTENT", "appropriate"),
    "Z.11": ("REVIEW", "absolute"),
    "Z.12": ("CONSIDER", "absolute"),
    "Z.13(a)": ("MAINTAIN", "appropriate"),
    "Z.13(b)": ("MAINTAIN", "appropriate"),
    "Z.14(a)": ("PERFORM_BY", "absolute"),
    "Z.14(b)": ("PERFORM_BY", "absolute"),
    "Z.15(a)": ("CONTENT", "absolute"),
    "Z.15(b)": ("CONTENT", "absolute"),
    "Z.16(a)": ("CONSIDER", "absolute"),
    "Z.16(b)": ("RECORD", "absolute"),
    "Z.17(c)": ("COMPLY_INSTRUMENT", "absolute"),
    "Z.17(d)": ("COMPLY_INSTRUMENT", "absolute"),
    "Z.19": ("COMPLY_INSTRUMENT", "absolute"),
}
LIMITS = {
    "Z.7(b)/produce": Due(20, Limit.WORKING_DAYS, Source.PRODUCT),
    "Z.11": Due(30, Limit.DAYS, Source.PRODUCT),
    "Z.12": Due(30, Limit.DAYS, Source.PRODUCT),
    "Z.14(a)": Due(0, Limit.MONTHS, Source.CLAUSE, "z14_first_months"),
    "Z.14(b)": Due(0, Limit.MONTHS, Source.CLAUSE, "z14_first_months"),
    "Z.16(a)": Due(30, Limit.DAYS, Source.PRODUCT),
    "Z.16(b)": Due(60, Limit.DAYS, Source.PRODUCT),
}
SCOPES = ["union", "equipment"]
DIRECTED = ["from-issue", "from-receipt", "doubtful-does-not-bind"]
YEARS = ["deadline-windows", "anniversaries", "calendar-years", "since-last", "late-first-serves-its-window"]
COMPLETION = ["fieldwork-ended", "content-constitutive"]
READINGS = {
    "Z.4": SCOPES,
    "Z.8": SCOPES,
    "Z.9(a)": SCOPES,
    "Z.9(b)": ["equipment"],
    "Z.12": ["after-effect", "before-effect"],
    "Z.14(a)": ["report-issued", *COMPLETION],
    "Z.14(b)": [*YEARS, *COMPLETION],
    "Z.17(c)": DIRECTED,
    "Z.17(d)": DIRECTED,
    "Z.19": DIRECTED,
}
DEFAULTS = {
    "fuel": "electricity",
    "z8_strength": "reasonable_steps",
    "z14_first_months": "6",
    "z17_authority": "sos_and_authority",
    "z17c_report_authority": "yes",
}


@pytest.fixture(name="pack")
def the_pack() -> Pack:
    pack = packs.load("condition_z_2012")
    assert isinstance(pack, Pack), pack
    return pack


def test_every_clause_of_the_table_is_a_provision_or_a_duty(pack: Pack) -> None:
    assert {one.clause: one.kind.value for one in pack.provisions} == PROVISIONS
    assert {one.id: (one.kind.value, one.force.value) for one in pack.duties} == DUTIES
    numbers = {int(re.split(r"[.(/]", name)[1]) for name in (*PROVISIONS, *DUTIES)}
    assert numbers == set(range(1, 21))


def test_what_is_scored_is_a_duty_and_what_is_not_a_provision(pack: Pack) -> None:
    assert all(one.kind in NOT_SCORED for one in pack.provisions)
    assert all(one.kind not in NOT_SCORED for one in pack.duties)
    assert {one.clause for one in pack.provisions} & {one.clause for one in pack.duties} == set()
    assert all(one.id.partition("/")[0] == one.clause for one in pack.duties)


def test_every_clause_stands_in_a_part_that_has_a_title(pack: Pack) -> None:
    assert list(pack.parts) == ["-", "A", "B", "C", "D", "E"]
    assert {one.part for one in pack.provisions} | {one.part for one in pack.duties} == set(pack.parts)


def test_a_provision_shapes_duties_that_there_are(pack: Pack) -> None:
    for provision in pack.provisions:
        assert [name for name in provision.shapes if pack.duty(name) is None] == [], provision.clause


def test_the_umbrella_covers_part_c_and_nothing_else(pack: Pack) -> None:
    umbrella = pack.duty("Z.7(a)")
    assert umbrella
    part_c = [duty.id for duty in pack.duties if duty.part == "C" and not duty.clause.startswith("Z.7")]
    assert list(umbrella.children) == part_c
    assert "Z.4" not in part_c


def test_limits_and_who_set_them(pack: Pack) -> None:
    found = {duty.id: duty.due for duty in pack.duties if duty.due}
    # How soon a document is attached is a limit that the table does not mention.
    assert found.pop("Z.7(b)/retain") == Due(30, Limit.DAYS, Source.PRODUCT)
    assert found == LIMITS
    assert [(duty.id, reading.due) for duty in pack.duties for reading in duty.readings if reading.due] == []


def test_readings_default_first(pack: Pack) -> None:
    found = {duty.id: [reading.id for reading in duty.readings] for duty in pack.duties}
    assert {name: readings for name, readings in found.items() if readings != ["plain"]} == READINGS


def test_parameters_default_first(pack: Pack) -> None:
    assert pack.defaults() == DEFAULTS
    values = {parameter.name: set(parameter.values) for parameter in pack.parameters}
    assert values["fuel"] == {"electricity", "gas"}
    assert values["z8_strength"] == {"reasonable_steps", "comply"}
    assert values["z17_authority"] == {"sos_and_authority", "sos_only"}
    assert values["z17c_report_authority"] == {"yes", "no"}


def test_duties_depend_on_parameters_that_there_are(pack: Pack) -> None:
    named = {name for duty in pack.duties for name in duty.parameters}
    assert named == DEFAULTS.keys() - {"fuel"}
    for duty in pack.duties:
        assert duty.due is None or not duty.due.parameter or duty.due.parameter in duty.parameters


def test_each_fact_is_named_by_a_duty_and_each_that_is_named_is_there(pack: Pack) -> None:
    assert {name for duty in pack.duties for name in duty.facts} == FACTS.keys()
    assert [duty.id for duty in pack.duties if not duty.facts] == ["Z.7(a)"]


class Watched(dict[str, V]):
    """A table that remembers what was asked of it."""

    def __init__(self, table: Mapping[str, V]) -> None:
        super().__init__(table)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> V:
        self.asked.add(name)
        return super().__getitem__(name)


EVERYTHING = ("in-force", "auditor", "whole-system", "head-end", "carrier", "policy", "part-c", "first-audit")
TWO_MORE: tuple[dict[str, Any], ...] = (
    {
        "kind": "auditor.recognised",
        "on": date(2013, 9, 2),
        "subject": "recognition/other",
        "facts": {"scheme": "equivalent"},
    },
    {
        "kind": "direction.issued",
        "on": date(2013, 9, 2),
        "subject": "direction/1",
        "facts": {
            "issuers": ["authority"],
            "addressees": ["northlight"],
            "purposes": ["prevent"],
            "requirements": [{"name": "no-updates", "act": "refrain"}],
        },
    },
)


def test_each_state_and_question_is_asked_for_and_each_that_is_asked_for_is_there(pack: Pack) -> None:
    source = packs.cases(pack.name)
    told = [record for base in EVERYTHING for record in source["base"][base]["record"]]
    case = Case("everything", "", "", "", (*told, *TWO_MORE), (), {})
    loaded = read_ledger(lines_of(source, case))
    assert loaded.problems == []
    licences = dossiers_of(loaded.licensee, loaded.records, None, {})
    assert isinstance(licences, list)
    states, questions = Watched(pack.reference.states), Watched(pack.reference.questions)
    licences[0].evaluate(replace(pack, reference=replace(pack.reference, states=states, questions=questions)))
    assert states.asked == set(pack.reference.states)
    assert questions.asked == set(pack.reference.questions)


def test_whoever_may_judge_may_record_a_judgement(pack: Pack) -> None:
    judges = set(all_kinds()["judgement.made"].by)
    for name, question in pack.reference.questions.items():
        assert question.roles, name
        assert set(question.roles) <= judges, name


def test_every_selector_names_a_kind_and_a_value_that_its_field_allows(pack: Pack) -> None:
    selectors = {selector for duty in pack.duties for selector in duty.inputs.all()}
    selectors |= {selector for duty in pack.duties for reading in duty.readings for selector in reading.mixed}
    assert packs.DOCUMENTS in selectors
    for selector in selectors - {packs.DOCUMENTS}:
        name, _, condition = selector.partition("?")
        kind = all_kinds()[name]
        if condition:
            field, _, value = condition.partition("=")
            assert value in {one.name: one.choices for one in kind.fields}[field], selector


def test_no_duty_reads_one_record_in_two_ways(pack: Pack) -> None:
    for duty in pack.duties:
        selectors = duty.inputs.all()
        assert len(set(selectors)) == len(selectors), duty.id
        plain = {selector for selector in selectors if "?" not in selector}
        assert {one.partition("?")[0] for one in selectors if "?" in one} & plain == set(), duty.id


def test_every_duty_but_the_umbrella_says_what_it_reads(pack: Pack) -> None:
    assert [duty.id for duty in pack.duties if not duty.inputs.all()] == ["Z.7(a)"]


def test_strength_that_is_a_judgement_is_judged(pack: Pack) -> None:
    for duty in pack.duties:
        if duty.force is Force.JUDGEMENT:
            assert "judgement.made?answer=yes" in duty.inputs.proofs, duty.id


def test_a_kind_of_duty_that_the_pack_uses_has_a_rule(pack: Pack) -> None:
    assert {duty.kind for duty in pack.duties} == set(DutyKind) - NOT_SCORED


def test_where_a_duty_can_be_read_in_several_ways_each_says_what_it_supposes(pack: Pack) -> None:
    for duty in pack.duties:
        supposed = [one.supposes for one in duty.readings]
        assert len(supposed) == 1 or (all(supposed) and len(set(supposed)) == len(supposed)), duty.id


def test_a_pack_that_is_not_there_is_a_problem() -> None:
    found = packs.load("condition_y")
    assert isinstance(found, Problem)
    assert found.code is Code.PACK_UNKNOWN
    assert "condition_z_2012" in found.hint
