"""A ledger of any size: ten years of one licensee, with a stated mix of kinds, told by a seed.

A fixed part (some 700 records) holds what does not grow with the traffic: licence, elements, needs, policies, audits,
directions. The rest is the mix below.
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = date(2013, 3, 4)
DAYS = 3652
MIX = (
    ("state.evidenced", 0.82),
    ("judgement.made", 0.05),
    ("action.planned", 0.05),
    ("action.completed", 0.05),
    ("incident.recorded", 0.01),
    ("policy.reviewed", 0.01),
    ("risk.treated", 0.01),
)
ELEMENTS = 60
NEEDS = 40
STATEMENTS = 30
CATEGORIES = ["communication_equipment", "network", "premises_equipment", "process"]
HARMS = ["data_loss", "data_access", "supply"]
CELLS = [f"{side}/{harm}" for side in ("designed", "operated") for harm in HARMS]
COVERAGE = [f"Z.{clause}" for clause in range(4, 17)]


class Teller:
    """Tells the lines of the ledger, in order of recording."""

    def __init__(self, size: int, seed: int = 1) -> None:
        self.size, self.random = size, random.Random(seed)
        self.actions: list[str] = []
        self.incidents = 0
        self.told = 0

    def lines(self) -> Iterator[bytes]:
        """Every line, as bytes with a newline."""
        fixed = sorted(self._fixed(), key=lambda item: item[0])
        bulk = self.size - len(fixed)
        place = 0
        for number in range(bulk):
            day = FIRST + timedelta(days=number * DAYS // max(bulk, 1))
            while place < len(fixed) and fixed[place][0] <= day:
                yield self._line(*fixed[place])
                place += 1
            yield self._line(day, *self._usual(number))
        for item in fixed[place:]:
            yield self._line(*item)

    def _usual(self, number: int) -> tuple[str, str, dict[str, Any], bool, str]:
        kinds, shares = zip(*MIX, strict=True)
        (kind,) = self.random.choices(kinds, shares)
        return getattr(self, f"_{kind.replace('.', '_')}")(number)  # type: ignore[no-any-return]  # found by name

    def _state_evidenced(self, _: int) -> tuple[str, str, dict[str, Any], bool, str]:
        pick = self.random.random()
        outcome = "failed" if self.random.random() < 0.01 else "held"
        facts: dict[str, Any] = {"outcome": outcome, "strength": "checked"}
        if pick < 0.8:
            subject = f"element/e{self.random.randrange(ELEMENTS)}" if pick > 0.05 else "system"
            facts |= {"fact": "element_secure", "aspect": self.random.choice(CELLS)}
        elif pick < 0.9:
            subject = f"need/n{self.random.randrange(NEEDS)}"
            facts |= {"fact": "need_met"}
        elif pick < 0.98:
            subject = f"policy/p{self.random.randrange(10)}"
            facts |= {"fact": "statement_operates", "aspect": f"S{self.random.randrange(STATEMENTS)}"}
        else:
            subject = "system"
            facts |= {
                "fact": "access_needed",
                "aspect": self.random.choice(["equipment", "data_moving", "data_stored"]),
            }
        return "state.evidenced", subject, facts, True, "security_manager"

    def _judgement_made(self, _: int) -> tuple[str, str, dict[str, Any], bool, str]:
        facts = {"answer": "yes"}
        if self.incidents and self.random.random() < 0.7:
            subject = f"incident/i{self.random.randrange(max(0, self.incidents - 50), self.incidents)}"
            return "judgement.made", subject, {**facts, "question": "all_steps_taken"}, True, "senior_manager"
        question = self.random.choice(["resource_adequate", "site_controls_appropriate"])
        return "judgement.made", "licensee", {**facts, "question": question}, True, "senior_manager"

    def _action_planned(self, number: int) -> tuple[str, str, dict[str, Any], bool, str]:
        name = f"action/a{number}"
        self.actions.append(name)
        audit = self.random.randrange(10)
        due = (FIRST + timedelta(days=self.random.randrange(DAYS))).isoformat()
        facts = {"of": f"assessment/r{audit}", "part": f"R{number % 50}", "due": due, "owner": "operations"}
        return "action.planned", name, facts, False, "security_manager"

    def _action_completed(self, number: int) -> tuple[str, str, dict[str, Any], bool, str]:
        if not self.actions:
            return self._state_evidenced(number)
        name = self.actions.pop(self.random.randrange(len(self.actions)))
        return "action.completed", name, {"effective": True}, True, "security_manager"

    def _incident_recorded(self, _: int) -> tuple[str, str, dict[str, Any], bool, str]:
        self.incidents += 1
        subject = f"incident/i{self.incidents - 1}"
        return (
            "incident.recorded",
            subject,
            {"detected": FIRST.isoformat(), "severity": "low"},
            True,
            "security_manager",
        )

    def _policy_reviewed(self, _: int) -> tuple[str, str, dict[str, Any], bool, str]:
        facts: dict[str, Any] = {"decision": "keep"}
        if self.incidents and self.random.random() < 0.9:
            facts["events"] = [f"incident/i{self.random.randrange(max(0, self.incidents - 20), self.incidents)}"]
        return "policy.reviewed", "policy/p0", facts, True, "security_manager"

    def _risk_treated(self, _: int) -> tuple[str, str, dict[str, Any], bool, str]:
        facts = {"risk": f"R{self.random.randrange(20)}", "option": "modify"}
        return "risk.treated", f"assessment/r{self.random.randrange(10)}", facts, True, "security_manager"

    def _line(self, day: date, kind: str, subject: str, facts: dict[str, Any], filed: object, role: str) -> bytes:
        organisation = "auditor-a" if "auditor" in role else "authority" if "authority" in role else "northlight"
        salt = f"{self.told:032x}"
        statement = {
            "kind": kind,
            "version": 1,
            "licensee": "northlight",
            "licences": ["electricity"],
            "occurred": day.isoformat(),
            "actor": {"person": f"p-{role}", "role": role, "organisation": organisation},
            **({"subject": subject} if subject else {}),
        }
        text = {"reasons": "As the minutes of the meeting say."} if kind == "judgement.made" else {}
        if kind == "state.evidenced":
            text = {
                "note": "Read from the monitoring of the head end, by the usual check; nothing out of the ordinary."
            }
        line: dict[str, Any] = {
            "recorded": f"{day.isoformat()}T12:00:00Z",
            "statement": statement,
            "facts": facts,
            "salts": {"facts": salt, "text": salt},
        }
        if text:
            line["text"] = text
        if filed:
            line["files"] = {"proof.pdf": f"{self.told:064x}"}
        self.told += 1
        return json.dumps(line, separators=(",", ":")).encode() + b"\n"

    def _fixed(self) -> Iterator[tuple[Any, ...]]:
        """Ten years of what happens once or yearly."""
        start = FIRST - timedelta(days=60)
        manager = "security_manager"
        yield start, "ledger.opened", "", {"clock": "simulated", "purpose": "test"}, False, "operator"
        licence = {"fuel": "electricity", "held_from": "2010-01-01"}
        yield start, "licence.held", "licence/electricity", licence, False, manager
        event = {"event": "commencement", "day": FIRST.isoformat(), "instrument": "notice"}
        yield start, "date.determined", "licensee", event, False, manager
        appointment = {"person": "p-senior_manager", "role": "senior_manager"}
        yield start, "role.appointed", "appointment/1", appointment, False, manager
        recognition = {"organisation": "auditor-a", "scheme": "check", "valid_from": "2012-01-01"}
        yield start, "auditor.recognised", "recognition/1", recognition, True, manager
        for number in range(ELEMENTS):
            facts = {"categories": [CATEGORIES[number % 4]], "operator": "licensee", "power": "within"}
            facts["in_service"] = FIRST.isoformat()
            yield start, "element.declared", f"element/e{number}", facts, False, manager
        for number in range(NEEDS):
            concern = "resource" if number % 2 else "site"
            yield start, "need.determined", f"need/n{number}", {"concern": concern}, False, manager
        for year in range(10):
            yield from self._year(year, FIRST + timedelta(days=365 * year))

    def _year(self, year: int, start: date) -> Iterator[tuple[Any, ...]]:
        manager, senior = "security_manager", "senior_manager"
        early = FIRST - timedelta(days=40)
        risks = [f"R{risk}" for risk in range(20)]
        assessment: dict[str, Any] = {"scope": CATEGORIES, "risks": 60, "above_appetite": risks}
        yield early, "assessment.completed", f"assessment/r{year}", assessment, True, manager
        policy = {
            "effective": start.isoformat(),
            "assessment": f"assessment/r{year}",
            "addresses": [f"{category}/{harm}" for category in CATEGORIES for harm in HARMS],
            "provisions": ["risk_treatment", "access", "incidents", "continuity"],
            "statements": [f"S{number}" for number in range(STATEMENTS)],
        }
        yield early, "policy.issued", f"policy/p{year}", policy, True, manager
        for kind in ("management.informed", "management.considered"):
            yield start, kind, f"policy/p{year}", {"members": ["p-senior_manager"], "whole": True}, True, senior
        conformity: dict[str, Any] = {
            "standard": "iso27001",
            "edition": "2013" if year else "2005",
            "scope": CATEGORIES,
        }
        conformity |= {"requirements": 114, "gaps": [], "strength": "evidenced"}
        yield start, "standard.assessed", f"conformity/{year}", conformity, True, manager
        yield from self._audit(year, start + timedelta(days=100))
        purposes = {"issuers": ["authority"], "addressees": ["northlight"], "purposes": ["mitigate"]}
        steps = [{"name": f"step-{step}", "act": "do", "due": start.isoformat()} for step in range(5)]
        issued = start + timedelta(days=10)
        yield (
            issued,
            "direction.issued",
            f"direction/{year}",
            {**purposes, "requirements": steps},
            True,
            "authority_officer",
        )
        for step in range(5):
            yield issued, "direction.answered", f"direction/{year}", {"requirement": f"step-{step}"}, True, manager

    def _audit(self, year: int, day: date) -> Iterator[tuple[Any, ...]]:
        recommendations = [f"rec-{number}" for number in range(12)]
        engaged = {"organisation": "auditor-a", "independence": "declared"}
        yield day, "audit.engaged", f"audit/{year}", engaged, True, "security_manager"
        report = {"author": "auditor-a", "addressee": "northlight", "status": "final", "coverage": COVERAGE}
        report |= {"fieldwork_start": day.isoformat(), "fieldwork_end": day.isoformat()}
        yield (
            day,
            "audit.reported",
            f"audit/{year}",
            {**report, "recommendations": recommendations},
            True,
            "lead_auditor",
        )
        yield day, "document.received", f"audit/{year}", {"by": "electronic"}, False, "security_manager"
        for kind in ("management.informed", "management.considered"):
            yield day, kind, f"audit/{year}", {"members": ["p-senior_manager"], "whole": True}, True, "senior_manager"
        for name in recommendations:
            decided = {"decision": "already_done", "recommendation": name}
            yield day, "recommendation.decided", f"audit/{year}", decided, True, "senior_manager"
