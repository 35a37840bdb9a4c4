"""Northlight Energy, an invented supplier: on whatever day, one story, and a reason for all that is not green."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from meterward.core.base.days import add_months
from meterward.core.facts.node import Outcome
from meterward.core.facts.remark import Reason
from tests.catalogues.examples.told import duty as duty_of
from tests.catalogues.examples.told import evaluated, read, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.facts.node import Node
    from meterward.core.obligations.position import DutyPosition

DAYS = [date(2014, 3, 31), date(2016, 2, 29), date(2025, 11, 22)]
MORE_DAYS = [
    *(date(year, 1, 1) for year in (2014, 2015, 2026, 2035)),
    *(date(year, 12, 31) for year in (2014, 2027, 2035)),
    *(date(2013, 10, 1) + timedelta(days=days) for days in (92, 121, 152, 730)),
    *(date(2022, 10, 25) + timedelta(days=days) for days in (0, 1, 31, 600)),
    date(2024, 8, 31),
    date(2024, 9, 1),
]

SECURE = "state.evidenced: “secure to the Appropriate Standard” of element/"
GAS = {
    "Z.4": "indeterminate",
    "Z.7(a)": "contested",
    "Z.7(b)/retain": "met",
    "Z.7(b)/produce": "met",
    "Z.8": "met",
    "Z.9": "met-late",
    "Z.9/maintain": "met",
    "Z.9/effect": "met",
    "Z.9(a)": "met",
    "Z.9(b)": "met",
    "Z.10(a)": "indeterminate",
    "Z.10(b)": "met",
    "Z.10(c)": "met",
    "Z.10(d)": "met",
    "Z.11": "met",
    "Z.12": "indeterminate",
    "Z.13(a)": "indeterminate",
    "Z.13(b)": "met",
    "Z.14(a)": "met",
    "Z.14(b)": "contested",
    "Z.15(a)": "met",
    "Z.15(b)": "met",
    "Z.16(a)": "met",
    "Z.16(b)": "pending",
    "Z.17(c)": "met",
    "Z.17(d)": "met",
    "Z.19": "met",
}
ELECTRICITY = GAS | {"Z.17(c)": "pending", "Z.19": "breached"}
EXPECTED = {"electricity": ELECTRICITY, "gas": GAS}


def duty(today: date, licence: str, identity: str) -> DutyPosition:
    return duty_of("northlight", today, licence, identity)


def now(today: date, licence: str) -> dict[str, str]:
    return statuses(evaluated("northlight", today, licence).position.evaluation, today)


def missing(node: Node) -> Iterator[str]:
    """What an explanation says to supply, at its leaves."""
    if node.missing and not node.children:
        yield str(node.missing)
    for child in node.children:
        yield from missing(child)


def wanted(found: DutyPosition) -> list[str]:
    return sorted(text for node in found.readings[0].nodes for text in missing(node))


@pytest.mark.parametrize("today", [*DAYS, *MORE_DAYS], ids=str)
def test_the_position_reads_the_same_on_every_day(today: date) -> None:
    assert {licence: now(today, licence) for licence in EXPECTED} == EXPECTED


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_one_direction_is_breached_by_one_step_two_days_late(today: date) -> None:
    late = [due for due in duty(today, "electricity", "Z.19").deadlines if due.overdue]
    assert [(due.what, today - due.day, due.source) for due in late] == [
        ("step-4 of direction/2", timedelta(days=2), "instrument")
    ]
    assert {"step-1", "step-2", "step-3"} == {
        record.facts.requirement
        for record in read("northlight", today).records
        if record.kind.name == "direction.answered" and record.subject == "direction/2"
    }


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_prohibition_of_direction_2_is_shown_to_be_kept(today: date) -> None:
    nodes = duty(today, "electricity", "Z.19").readings[0].nodes
    kept = [node for node in nodes if "prohibition kept" in node.label]
    assert [(node.outcome, len(node.records)) for node in kept] == [(Outcome.HELD, 1)]


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("licence", ["electricity", "gas"])
def test_z4_lacks_cells_of_a_carrier_of_what_is_new_and_a_judgement(today: date, licence: str) -> None:
    found = wanted(duty(today, licence, "Z.4"))
    judged = "judgement.made: “every step within the licensee's power was taken” of incident/14"
    assert found[0].startswith(judged)
    assert Counter(text.removeprefix(SECURE).partition(",")[0] for text in found[1:]) == {
        **dict.fromkeys(("wan-carrier-b", "gateways-b", "radio-core-b"), 3),
        "field-tool-2": 1,
        "contractor-west": 6,
        "mobile-app": 3,
    }
    tool = [text for text in found if text.startswith(f"{SECURE}field-tool-2")]
    assert [text.removesuffix(", with proof") for text in tool] == [
        f"{SECURE}field-tool-2, operated, against unauthorised access to data"
    ]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_cell_of_the_new_tool_and_three_of_the_new_installer_are_only_claimed(today: date) -> None:
    nodes = [node for top in duty(today, "gas", "Z.4").readings[0].nodes for node in top.walk()]
    claimed = [node for node in nodes if node.remark and node.remark.reason is Reason.CLAIMED]
    assert Counter(record.subject for node in claimed for record in node.records) == {
        "element/field-tool-2": 1,
        "element/contractor-west": 3,
    }


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_readings_of_each_year_disagree_and_the_next_audit_is_due_within_weeks(today: date) -> None:
    found = duty(today, "electricity", "Z.14(b)")
    readings = {reading.reading: reading.status.value for reading in found.readings}
    assert [name for name, status in readings.items() if status == "breached"] == ["since-last"]
    assert readings["deadline-windows"] == "pending"
    window = found.readings[0].nodes[0]
    assert window.turns
    assert timedelta(days=14) < window.turns - today < timedelta(days=35)
    assert found.since < today - timedelta(days=20)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_umbrella_is_contested_for_the_audit_alone(today: date) -> None:
    children = duty(today, "gas", "Z.7(a)").duty.children
    found = now(today, "gas")
    assert [child for child in children if found[child] in ("breached", "contested")] == ["Z.14(b)"]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_version_3_is_in_effect_for_34_days_and_not_yet_considered(today: date) -> None:
    found = duty(today, "gas", "Z.12")
    (version,) = found.readings[0].nodes
    assert [(child.label, child.outcome) for child in version.children] == [
        ("senior management informed", Outcome.HELD),
        ("senior management considered", Outcome.FAILED),
    ]
    assert [record.facts.effective for record in version.records] == [today - timedelta(days=34)]
    assert len(found.attention) == 1
    assert "our own limit" in found.attention[0]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_one_key_custodian_lacks_evidence_of_cover_since_some_weeks(today: date) -> None:
    found = duty(today, "gas", "Z.13(a)")
    assert wanted(found) == ["state.evidenced: “need met” of need/key-custodian-2, with proof"]
    assert found.since == today - timedelta(days=23)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_is_owed_is_due_in_the_coming_weeks(today: date) -> None:
    coming = {
        identity: [due.what for due in duty(today, "electricity", identity).deadlines if due.source != "proof"]
        for identity in ("Z.11", "Z.16(b)", "Z.17(c)")
    }
    assert coming == {
        "Z.11": ["review after incident/14"],
        "Z.16(b)": ["action/audit-1-rec-9"],
        "Z.17(c)": ["report-1 of direction/2"],
    }
    days = [
        due.day - today for due in evaluated("northlight", today, "gas").position.deadlines if due.source == "product"
    ]
    assert max(days) < timedelta(days=40)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_next_proof_to_end_is_that_of_another_key_custodian(today: date) -> None:
    ending = [due for due in evaluated("northlight", today, "gas").position.deadlines if due.source == "proof"]
    assert (ending[0].duty, ending[0].what) == ("Z.13(a)", "proof ends: need met: need/key-custodian-3")
    assert ending[0].day == today + timedelta(days=40)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_proof_of_security_that_ends_names_what_it_proves(today: date) -> None:
    ending = [due.what for due in duty(today, "gas", "Z.4").deadlines if due.source == "proof"]
    assert len(ending) > 20
    assert [what for what in ending if "element/" not in what and "the system as a whole: " not in what] == []


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_policy_came_six_days_late(today: date) -> None:
    found = duty(today, "gas", "Z.9")
    (late,) = found.history
    assert late.made_good
    assert late.made_good - late.day == timedelta(days=5)
    begun = late.day - timedelta(days=1)
    assert abs(add_months(today, -20) - begun) < timedelta(days=12)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_late_entry_draws_attention(today: date) -> None:
    (flag,) = duty(today, "gas", "Z.13(b)").attention
    assert "need/data-centre-b" in flag
    assert "recorded 40 days later" in flag


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_correction_gives_the_report_its_day_and_a_withdrawal_takes_an_incident_away(today: date) -> None:
    records = read("northlight", today).records
    by_id = {record.id: record for record in records}
    (corrected,) = [record for record in records if record.links.corrects]
    entered = by_id[corrected.links.corrects]
    assert corrected.occurred < entered.occurred < corrected.recorded
    assert duty(today, "gas", "Z.15(a)").since == corrected.occurred
    (withdrawn,) = [by_id[record.links.withdraws] for record in records if record.links.withdraws]
    assert withdrawn.subject == "incident/10"


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_request_was_answered_in_nine_working_days(today: date) -> None:
    records = {record.kind.name: record for record in read("northlight", today).records}
    asked, produced = records["evidence.requested"].occurred, records["evidence.produced"].occurred
    between = [asked + timedelta(days=days) for days in range(1, (produced - asked).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == 9


def test_it_has_a_believable_life() -> None:
    records = read("northlight", DAYS[-1]).records
    assert 600 <= len(records) <= 1000
    assert {record.licences for record in records} == {("electricity", "gas"), ("electricity",), ("gas",)}
    assert all(record.occurred.weekday() < 5 for record in records)
    assert len({record.kind.name for record in records}) >= 41


@pytest.mark.parametrize(
    ("today", "edition"),
    [
        (date(2014, 1, 1), "2005"),
        (date(2015, 7, 31), "2005"),
        (date(2015, 8, 1), "2013"),
        (date(2024, 8, 31), "2013"),
        (date(2024, 9, 1), "2022"),
        (date(2035, 12, 31), "2022"),
    ],
)
def test_the_standard_is_the_edition_of_its_day(today: date, edition: str) -> None:
    assessed = [record for record in read("northlight", today).records if record.kind.name == "standard.assessed"]
    assert [record.facts.edition for record in assessed] == [edition, edition]
    assert now(today, "gas")["Z.8"] == "met"
