"""What makes an assessment stale, on the day on which it does, until somebody answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.risk.queue import queue
from tests.builders.risk_told import APRIL, JUNE, MARCH, MAY, accepted, estimate, measure, progress, risk, scales
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

BEFORE = MARCH.replace(day=1)
ASSESSED = {
    "kind": "assessment.completed",
    "on": APRIL,
    "subject": "assessment/1",
    "facts": {"scope": ["network"], "risks": 1},
}
INCIDENT: dict[str, Any] = {
    "kind": "incident.recorded",
    "on": MAY,
    "subject": "incident/1",
    "facts": {"detected": str(MAY), "severity": "low"},
}


def due(*story: Mapping[str, Any], day: date = JUNE) -> list[tuple[str, str, date]]:
    """What is in the queue on a day."""
    return [(one.why, one.subject, one.since) for one in queue(reader(*story), day)]


def reviewed(on: date, *events: str) -> dict[str, Any]:
    """A review because of events."""
    facts = {"decision": "stands", "events": list(events)}
    return {"kind": "assessment.reviewed", "on": on, "subject": "assessment/1", "facts": facts}


def element(on: date) -> dict[str, Any]:
    """An element that is declared."""
    facts = {"categories": ["network"], "operator": "licensee", "power": "within", "in_service": str(on)}
    return {"kind": "element.declared", "on": on, "subject": "element/1", "facts": facts}


def test_an_assessment_that_nothing_has_overtaken_is_not_stale() -> None:
    assert due(scales(), risk(), estimate(), measure(due=JUNE), ASSESSED) == []


def test_an_assessment_grows_old_when_its_context_says_so() -> None:
    story = (scales(assess_months=2), ASSESSED)
    assert due(*story, day=JUNE.replace(day=1)) == []
    assert due(*story, day=JUNE.replace(day=2)) == [("age", "assessment/1", JUNE.replace(day=1))]


def test_an_incident_of_the_day_of_the_assessment_is_asked_about_and_the_system_of_that_day_is_what_was_assessed() -> (
    None
):
    story = (element(APRIL), ASSESSED, {**INCIDENT, "on": APRIL, "facts": {**INCIDENT["facts"], "detected": APRIL}})
    assert due(*story) == [("incident", "incident/1", APRIL)]
    assert due(*story, reviewed(APRIL, "incident/1")) == []


def test_what_happened_since_is_to_be_looked_at_until_it_was() -> None:
    story = (element(BEFORE), ASSESSED, INCIDENT)
    assert due(*story, day=APRIL) == []
    assert due(*story) == [("incident", "incident/1", MAY)]
    assert due(*story, reviewed(MAY, "incident/1")) == []
    assert due(*story, reviewed(MAY, "element/1")) == [("incident", "incident/1", MAY)]
    later = MAY.replace(day=2)
    anew = {**ASSESSED, "on": later, "subject": "assessment/2"}
    assert due(*story, anew) == due(*story, anew, day=later) == []


def test_a_change_of_an_element_touches_its_risks() -> None:
    read = reader(
        scales(),
        element(MAY),
        ASSESSED,
        risk("R1", MAY, elements=["element/1"]),
        estimate(1, 1, on=MAY),
        risk("R2", MAY),
        estimate(1, 1, on=MAY, name="R2"),
    )
    (found,) = queue(read, JUNE)
    assert (found.why, found.risks) == ("system", ("risk/R1", "risk/R2"))


def test_an_act_touches_the_risks_of_the_elements_that_it_describes_or_names() -> None:
    rows = [{"element": "element/2", "told": element(MAY)["facts"]}]
    facts = {"telling": 1, "source": "csv", "elements": rows}
    described = {"kind": "system.described", "on": MAY, "facts": facts}
    incident = {**INCIDENT, "facts": {"detected": str(MAY), "severity": "low", "affected": ["element/1"]}}
    risks = [
        one
        for n in (1, 2)
        for one in (risk(f"R{n}", MAY, elements=[f"element/{n}"]), estimate(1, 1, MAY, name=f"R{n}"))
    ]
    read = reader(scales(), element(BEFORE), ASSESSED, described, *risks, incident)
    touched = {one.subject: one.risks for one in queue(read, JUNE)}
    assert touched == {"system": ("risk/R2",), "incident/1": ("risk/R1",)}


def test_a_risk_is_to_be_estimated_and_estimated_anew_on_other_scales() -> None:
    assert due(scales(), risk()) == [("unrated", "risk/R1", MARCH)]
    assert due(scales(), risk(), estimate(), scales(MAY, "2")) == [("scales", "risk/R1", MARCH)]


def test_a_measure_is_late_from_the_day_after() -> None:
    story = (scales(), risk(), estimate(), measure(due=MAY))
    assert due(*story, day=MAY) == []
    assert due(*story) == [("overdue", "measure/1", MAY)]
    assert due(*story, progress("operating", JUNE, "claimed")) == [("overdue", "measure/1", MAY)]
    assert due(*story, progress("operating", JUNE)) == []


def test_an_acceptance_that_ran_out_is_to_be_renewed_unless_it_is_not_needed_any_more() -> None:
    story = (scales(), risk(), estimate(), accepted(APRIL, MAY))
    assert due(*story, day=MAY) == []
    assert due(*story) == [("acceptance", "risk/R1", MAY)]
    assert due(*story, estimate(1, 1, on=MAY)) == []


def test_a_match_with_a_threat_waits_until_it_is_settled() -> None:
    row = {"match": "match/a/1", "advisory": "a", "element": "element/1", "component": "b 1", "why": "purl"}
    told = {"source": "kev", "as_at": str(MARCH), "data": "ab" * 32, "entries": 1, "components": 1, "engine": "m"}
    facts = {**told, "engine_version": "1", "matches": [{**row, "confidence": "certain"}]}
    first, again = ({"kind": "threats.matched", "on": on, "subject": "system", "facts": facts} for on in (APRIL, MAY))
    settled = {"kind": "match.settled", "on": MAY, "subject": "match/a/1", "facts": {"outcome": "not_affected"}}
    assert due(element(BEFORE), first, again) == [("match", "match/a/1", APRIL)]
    assert due(element(BEFORE), first, day=APRIL) == [("match", "match/a/1", APRIL)]
    assert due(element(BEFORE), first, settled, again) == []
    assert due(element(BEFORE), first, settled, day=MAY) == []


def test_matches_that_are_less_than_certain_stand_after_all_else_as_sure_as_they_were_told_last() -> None:
    def told(on: date, *sure: str) -> dict[str, Any]:
        rows = [
            {"match": f"match/a/{n}", "advisory": "a", "element": "element/1", "component": "b", "why": "cpe"}
            | {"confidence": one}
            for n, one in enumerate(sure)
        ]
        facts = {"source": "csaf", "as_at": str(MARCH), "data": "ab" * 32, "entries": 1, "components": 1}
        facts |= {"engine": "m", "engine_version": "1", "matches": rows}
        return {"kind": "threats.matched", "on": on, "subject": "system", "facts": facts}

    story = (element(BEFORE), risk(), told(MARCH, "possible", "likely", "likely", "certain"))
    names = ["match/a/3", "risk/R1", "match/a/1", "match/a/2", "match/a/0"]
    assert [one[1] for one in due(scales(), *story)] == names
    again = told(APRIL, "possible", "likely", "certain", "certain")
    assert [one[1] for one in due(scales(), *story, again)] == [names[3], *[one for one in names if one != names[3]]]
