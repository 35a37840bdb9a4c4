"""Brightwater, a small licensee: two licences, and something in every group of statuses.

The condition binds from 4 March 2013. As at 20 November 2014 there is a breach, a contested duty, missing evidence, a
deadline ahead, a late entry, a correction and a direction that is half done.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.records.story import Teller

if TYPE_CHECKING:
    from pathlib import Path

AS_AT = date(2014, 11, 20)
AS_AT_OPTION = ("--as-at", AS_AT.isoformat())
SCOPE = ["communication_equipment", "network", "premises_equipment", "process"]
COVERAGE = [f"Z.{number}" for number in range(4, 17)]
HARMS = ("data_loss", "data_access", "supply")
HOSTILE = '<script>alert("x")</script> \x1b[31mred\x1b[0m \u202eend'
"""A text that would do harm if it were shown as it stands."""

Told = dict[str, Any]


def one(kind: str, on: str, subject: str = "", **rest: object) -> Told:
    """One record of the story."""
    about = {"subject": subject} if subject else {}
    return {"kind": kind, "on": on, **about, **rest}


def opening() -> list[Told]:
    """The ledger, two licences, the law."""
    clock = {"clock": "simulated", "purpose": "test"}
    held = {"held_from": "2010-01-01"}
    commencement = {"event": "commencement", "day": "2013-03-04", "instrument": "notice"}
    return [
        one("ledger.opened", "2012-12-01", facts=clock, text={"note": HOSTILE}),
        one("licence.held", "2012-12-01", "licence/electricity", facts={"fuel": "electricity", **held}),
        one("licence.held", "2012-12-01", "licence/gas", facts={"fuel": "gas", **held}),
        one("date.determined", "2012-12-20", "licensee", facts=commencement),
        one("pack.adopted", "2013-01-05", "licensee", facts={"pack": "condition_z_2012", "pack_version": 1}),
    ]


def policy() -> list[Told]:
    """An assessment, and a policy six days late, which senior management considered."""
    addresses = [f"{category}/{harm}" for category in SCOPE for harm in HARMS]
    facts = {
        "effective": "2013-03-10",
        "assessment": "assessment/1",
        "addresses": addresses,
        "provisions": ["risk_treatment", "access", "incidents", "continuity"],
        "statements": ["S1", "S2"],
    }
    senior = {"person": "p-04", "role": "senior_manager"}
    whole = {"members": ["p-04"], "whole": True}
    assessed = {"scope": SCOPE, "risks": 12, "above_appetite": ["R-07"]}
    return [
        one("assessment.completed", "2013-02-10", "assessment/1", facts=assessed),
        one("risk.treated", "2013-02-12", "assessment/1", facts={"risk": "R-07", "option": "modify"}),
        one("role.appointed", "2013-01-10", "appointment/1", facts=senior),
        one("policy.issued", "2013-03-08", "policy/1", facts=facts, label="first policy"),
        one("management.informed", "2013-03-15", "policy/1", facts=whole),
        one("management.considered", "2013-03-20", "policy/1", facts=whole),
        one("policy.reviewed", "2014-03-01", "policy/1", facts={"decision": "keep"}),
    ]


def audits() -> list[Told]:
    """A first audit in time, and a second in the window from the deadline but more than a year after the first."""
    report = {
        "author": "auditor-a",
        "addressee": "brightwater",
        "status": "final",
        "coverage": COVERAGE,
        "recommendations": ["rec-1"],
    }
    engaged = {"organisation": "auditor-a", "independence": "declared"}
    fieldwork = {"fieldwork_start": "on-30d", "fieldwork_end": "on-15d"}
    recognised = {"organisation": "auditor-a", "scheme": "check", "valid_from": "2013-01-01"}
    accepted = {"decision": "accept", "recommendation": "rec-1"}
    planned = {"of": "audit/2013", "part": "rec-1", "due": "2014-12-12", "owner": "security_manager"}
    return [
        one("auditor.recognised", "2013-02-01", "recognition/a", facts=recognised),
        one("audit.engaged", "2013-06-01", "audit/2013", facts=engaged),
        one("audit.reported", "2013-08-20", "audit/2013", facts={**report, **fieldwork}, label="first report"),
        one("document.received", "2013-08-22", "audit/2013", facts={"by": "electronic"}),
        one("recommendation.decided", "2013-09-10", "audit/2013", facts=accepted),
        one("action.planned", "2013-09-12", "action/1", facts=planned, recorded="2013-11-20"),
    ]


def instruments() -> list[Told]:
    """A direction with three steps, one overdue and one without a date, and an incident nobody judged yet."""
    requirements = [
        {"name": "step-1", "act": "do", "due": "2014-06-30"},
        {"name": "step-2", "act": "do", "due": "2014-11-18"},
        {"name": "step-3", "act": "do"},
        {"name": "report-1", "act": "report", "due": "2014-12-20", "to": ["authority"]},
    ]
    direction = {
        "issuers": ["authority"],
        "addressees": ["brightwater"],
        "purposes": ["mitigate"],
        "requirements": requirements,
    }
    element = {"categories": ["network"], "operator": "outside", "power": "within", "in_service": "2013-03-04"}
    shown = {"fact": "element_secure", "outcome": "held", "strength": "evidenced"}
    cells = [f"{side}/{harm}" for side in ("designed", "operated") for harm in HARMS]
    wrong = {"detected": "2014-10-11", "severity": "low"}
    right = {"detected": "2014-10-10", "severity": "medium"}
    return [
        one("element.declared", "2013-03-01", "element/wan", facts=element),
        *(one("state.evidenced", "2013-03-02", "system", facts={**shown, "aspect": cell}) for cell in cells),
        *(one("state.evidenced", "2013-03-03", "element/wan", facts={**shown, "aspect": cell}) for cell in cells[1:]),
        one("direction.issued", "2014-05-01", "direction/1", facts=direction),
        one("document.received", "2014-05-01", "direction/1", facts={"by": "electronic"}),
        one("direction.answered", "2014-06-20", "direction/1", facts={"requirement": "step-1"}),
        one("incident.recorded", "2014-10-12", "incident/1", facts=wrong, label="incident"),
        one("incident.recorded", "2014-10-14", "incident/1", facts=right, corrects="incident"),
    ]


def tell(story: list[Told]) -> list[Told]:
    """The lines that a story comes to."""
    return Teller("brightwater", ("electricity", "gas"), seed="tests").tell(story)


def lines() -> list[Told]:
    """The lines of the ledger."""
    return tell([*opening(), *policy(), *audits(), *instruments()])


def write(path: Path, told: list[Told] | None = None) -> Path:
    """The ledger as a file."""
    text = "".join(json.dumps(line) + "\n" for line in (lines() if told is None else told))
    path.write_text(text, encoding="utf-8")
    return path
