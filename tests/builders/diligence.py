"""What a diligent licensee does in the first months, so that much is met before chance has its say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.builders.assurance_acts import CLAUSES
from tests.builders.isms_acts import CATEGORIES, CELLS, HARMS, PROVISIONS, SIDES
from tests.builders.lines import LICENCES, LICENSEE, Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date


def _held(day: date, subject: str, fact: str, *aspects: str) -> Iterator[Draft]:
    for aspect in aspects:
        facts = {"fact": fact, "outcome": "held", "strength": "evidenced", "aspect": aspect or None}
        yield Draft("state.evidenced", day, day, facts, subject)


def _yes(day: date, subject: str, question: str, *aspects: str) -> Iterator[Draft]:
    for aspect in aspects:
        facts = {"question": question, "answer": "yes", "aspect": aspect or None, "grounds": ["status", "effect"]}
        yield Draft("judgement.made", day, day, facts, subject, "senior_manager")


def _senior(day: date, subject: str) -> Iterator[Draft]:
    for kind in ("management.informed", "management.considered"):
        yield Draft(kind, day, day, {"members": ["p-1"], "whole": True}, subject)


def _policy(day: date) -> Iterator[Draft]:
    whole = [f"{category}/{harm}" for category in CATEGORIES for harm in HARMS]
    scope = {"scope": list(CATEGORIES), "risks": 2, "above_appetite": ["R1"]}
    yield Draft("assessment.completed", day, day, scope, "assessment/1")
    yield Draft("risk.treated", day, day, {"risk": "R1", "option": "modify"}, "assessment/1")
    contents = {"addresses": whole, "provisions": list(PROVISIONS), "statements": ["S1"]}
    facts = {"effective": str(day), "assessment": "assessment/1", **contents}
    yield Draft("policy.issued", day, day, facts, "policy/1")
    yield from _senior(day, "policy/1")
    yield from _yes(day, "policy/1", "provision_appropriate", *PROVISIONS)
    yield from _held(day, "policy/1", "statement_operates", "S1")
    yield from _held(day, "licensee", "incident_management_exercised", "")
    yield from _held(day, "licensee", "continuity_tested", "")
    for test in ("access_needed", "access_authorised"):
        yield from _held(day, "system", test, *SIDES)


def _audit(day: date) -> Iterator[Draft]:
    engaged, reported = day + timedelta(days=30), day + timedelta(days=90)
    told = {"organisation": "auditor-a", "independence": "declared"}
    yield Draft("audit.engaged", engaged, engaged, told, "audit/1")
    report = {
        "author": "auditor-a",
        "addressee": LICENSEE,
        "status": "final",
        "fieldwork_start": str(engaged),
        "fieldwork_end": str(reported - timedelta(days=10)),
        "coverage": list(CLAUSES),
        "recommendations": ["rec-1"],
    }
    yield Draft("audit.reported", reported, reported, report, "audit/1")
    yield Draft("document.received", reported, reported, {"by": "post"}, "audit/1")
    yield from _senior(reported, "audit/1")
    decision = {"decision": "accept", "recommendation": "rec-1"}
    yield Draft("recommendation.decided", reported, reported, decision, "audit/1")
    yield from _planned(reported, "audit/1", "rec-1")


def _planned(day: date, of: str, part: str) -> Iterator[Draft]:
    facts = {"of": of, "part": part, "due": str(day + timedelta(days=300)), "owner": "risk_owner"}
    yield Draft("action.planned", day, day, facts, "action/1")


def _direction(day: date) -> Iterator[Draft]:
    steps = [{"name": "step-1", "act": "do", "within_days": 20}, {"name": "refrain-1", "act": "refrain"}]
    asked = [{"name": f"{act}-1", "act": act, "due": str(day + timedelta(days=30))} for act in ("report", "produce")]
    facts = {"issuers": ["secretary_of_state"], "addressees": [LICENSEE], "purposes": ["trials"]}
    yield Draft("direction.issued", day, day, {**facts, "requirements": [*steps, *asked]}, "direction/1")
    yield Draft("document.received", day, day, {"by": "post"}, "direction/1")
    yield from _held(day, "direction/1", "prohibition_kept", "refrain-1")
    for requirement in ("step-1", "report-1", "produce-1"):
        yield Draft("direction.answered", day, day, {"requirement": requirement}, "direction/1")


def _system(day: date) -> Iterator[Draft]:
    facts = {"categories": ["network"], "operator": "licensee", "power": "within", "in_service": str(day)}
    yield Draft("element.declared", day, day, facts, "element/1")
    for subject in ("system", "element/1"):
        yield from _held(day, subject, "element_secure", *CELLS)


def _standard(day: date) -> Iterator[Draft]:
    told = {"standard": "iso27001", "edition": "2005", "scope": list(CATEGORIES), "requirements": 9}
    facts = {**told, "gaps": ["gap-1"], "strength": "evidenced"}
    yield Draft("standard.assessed", day, day, facts, "conformity/1")
    yield from _planned(day, "conformity/1", "gap-1")


def _people(day: date) -> Iterator[Draft]:
    for number, concern in enumerate(("resource", "site"), 1):
        yield Draft("need.determined", day, day, {"concern": concern}, f"need/{number}")
        yield from _held(day, f"need/{number}", "need_met", "")
    yield from _yes(day, "licensee", "resource_adequate", "")
    yield from _yes(day, "licensee", "site_controls_appropriate", "")


DILIGENCE: Mapping[str, Callable[[date], Iterator[Draft]]] = {
    "policy": _policy,
    "audits": _audit,
    "directions": _direction,
    "system": _system,
    "standard": _standard,
    "people": _people,
}
"""By what the story is mostly about: what is done from a day on, in the order of recording."""


def there(day: date) -> Iterator[Draft]:
    """A senior manager and an auditor, whatever the story is about."""
    person = {"person": "p-1", "role": "senior_manager"}
    yield Draft("role.appointed", day, day, person, "appointment/1", licences=LICENCES)
    scheme = {"organisation": "auditor-a", "scheme": "check", "valid_from": "2012-01-01"}
    yield Draft("auditor.recognised", day, day, scheme, "recognition/1", licences=LICENCES)
