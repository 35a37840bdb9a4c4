"""The form of a report has in it what the workings say; where they say nothing, what the draft said stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.assurance.engagement import Audit, audits_of
from meterward.core.assurance.workings import Workings
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import finding_made, test_performed
from meterward.core.records.kinds.finding_made import FindingMade
from meterward.core.records.kinds.test_performed import Performed
from meterward.core.records.record import Record
from meterward.core.records.roles import Role
from meterward.core.records.values import Label
from meterward.usecases.compose_report import compose_report
from tests.builders.stories import RECOGNISED, reader

if TYPE_CHECKING:
    from meterward.core.records.kind import Kind

DAY = date(2014, 9, 1)
AUDITOR = Actor("p-21", Role.LEAD_AUDITOR, "auditor-a")
FIRST = {"kind": "audit.engaged", "on": date(2013, 6, 3), "subject": "audit/1"}
SECOND = {"kind": "audit.engaged", "on": date(2014, 6, 2), "subject": "audit/2"}
WORKED = {"fieldwork_start": date(2013, 7, 1), "fieldwork_end": date(2013, 7, 19)}
REPORTED = {
    "kind": "audit.reported",
    "on": date(2013, 8, 20),
    "subject": "audit/1",
    "facts": {**WORKED, "recommendations": ["rec-1", "rec-2"]},
}
DRAFTED = {
    "kind": "audit.reported",
    "on": date(2014, 8, 1),
    "subject": "audit/2",
    "facts": {
        "status": "draft",
        "fieldwork_start": date(2014, 7, 1),
        "fieldwork_end": date(2014, 7, 18),
        "recommendations": ["rec-9"],
        "opinions": [{"question": "good_practice", "answer": "yes"}],
        "follow_up": [{"audit": "audit/1", "recommendation": "rec-2", "state": "done"}],
    },
}
FOUND = FindingMade("audit/2", Label("Ceremonies without a second keeper"), "Z.10(b)", "minor", (), "rec-1")


def _record(kind: Kind[Any], subject: str, facts: object) -> Record[Any]:
    identity = subject.encode()
    return Record(identity, kind, DAY, DAY, 0, subject, ("electricity",), AUDITOR, facts, 0, about="northlight")


def _told(result: str, number: int) -> Record[Any]:
    facts = Performed("audit/2", "Z.10(b)", "inspection", result)  # type: ignore[arg-type] # one of the three
    return _record(test_performed.KIND, f"test/{number}", facts)


def _composed(done: Workings, *story: dict[str, Any], texts: dict[str, dict[str, str]] | None = None) -> Any:  # noqa: ANN401 - what a form sends
    audits: tuple[Audit, ...] = audits_of(reader(RECOGNISED, FIRST, REPORTED, SECOND, *story), DAY)
    return compose_report(audits[-1], done, texts or {}, audits, "final")


def test_findings_tests_and_recommendations_come_from_the_workings() -> None:
    finding = _record(finding_made.KIND, "finding/keys", FOUND)
    tests = tuple(_told(result, number) for number, result in enumerate(("as_designed", "as_designed", "exception")))
    texts = {finding.id.hex(): {"criteria": "Two keepers.", "recommendation": "Name a second one."}}
    typed = _composed(Workings(tests=tests, findings=(finding,)), DRAFTED, texts=texts)
    facts = typed["facts"]
    assert facts["recommendations"] == ["rec-1"]
    assert facts["findings"] == {"0": {"name": "finding-keys", "clause": "Z.10(b)", "grade": "minor"}}
    counts = {"as_designed": "2", "exceptions": "1", "not_performed": "0"}
    assert facts["tests"] == {"0": {"clause": "Z.10(b)", **counts}}
    assert typed["text"]["findings"].startswith(
        "finding-keys: Ceremonies without a second keeper\nCriteria: Two keepers."
    )
    assert typed["text"]["recommendations"] == "rec-1: Name a second one."


def test_what_the_draft_said_stays_where_the_workings_say_nothing() -> None:
    facts = _composed(Workings(), DRAFTED)["facts"]
    assert facts["recommendations"] == ["rec-9"]
    assert facts["opinions"]["0"] == {"question": "good_practice", "answer": "yes"}
    assert all("answer" not in one for place, one in facts["opinions"].items() if place != "0")
    assert facts["fieldwork_start"] == "2014-07-01"


def test_a_report_that_recommends_nothing_says_so() -> None:
    assert _composed(Workings())["facts"]["recommendations"] == {"none": "on"}


def test_earlier_recommendations_are_followed_up_and_how_far_they_are_is_the_auditors_to_say() -> None:
    rows = {"0": {"audit": "audit/1", "recommendation": "rec-1"}, "1": {"audit": "audit/1", "recommendation": "rec-2"}}
    assert _composed(Workings())["facts"]["follow_up"] == rows
    rows["1"]["state"] = "done"
    assert _composed(Workings(), DRAFTED)["facts"]["follow_up"] == rows
