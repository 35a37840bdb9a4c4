"""Records told briefly, each with a name in it that somebody knows or nobody does, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.usecases.check_records import check_records
from tests.builders.stories import PACK, the_pack, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.problem import Problem

Told = dict[str, Any]
ELEMENT = {
    "kind": "element.declared",
    "on": "2013-03-04",
    "subject": "element/1",
    "facts": {"categories": ["network"], "operator": "licensee", "power": "within", "in_service": "2013-03-04"},
}


def found(*story: Mapping[str, Any], licences: int = 1) -> list[Problem]:
    """What is wrong with a story, as each of some licences sees it."""
    pack = the_pack()
    index = Index("electricity")
    for record in told(*story):
        index.append(record)
    return list(check_records(pack, {PACK: pack}, [Reader(index)] * licences))


def one(kind: str, on: str, subject: str = "", **rest: object) -> Told:
    """One record; facts are given as `facts`."""
    return {"kind": kind, "on": on, **({"subject": subject} if subject else {}), **rest}


def finding(fact: str, **rest: object) -> Told:
    """A finding on the system as a whole."""
    facts = {"fact": fact, "outcome": "failed", "strength": "evidenced", "aspect": "operated/supply"}
    return one("state.evidenced", "2013-04-01", "system", facts=facts, **rest)


def judged(question: str, subject: str = "licensee", aspect: str = "") -> Told:
    """A judgement on a subject, under an aspect if one is given."""
    facts = {"question": question, "answer": "no", **({"aspect": aspect} if aspect else {})}
    return one("judgement.made", "2013-04-01", subject, facts=facts)


def evidence(fact: str, subject: str, aspect: str = "", **rest: object) -> Told:
    """A finding on a subject, under an aspect if one is given."""
    facts = {"fact": fact, "outcome": "held", "strength": "evidenced", **({"aspect": aspect} if aspect else {})}
    return one("state.evidenced", "2013-06-01", subject, facts=facts, **rest)


def policy(*statements: str, **rest: object) -> Told:
    """A version of the policy with some statements."""
    facts = {"effective": "2013-03-04", "statements": list(statements)}
    return one("policy.issued", "2013-03-04", "policy/1", facts=facts, **rest)


def action(of: str, part: str) -> Told:
    """An action for a part of something."""
    facts = {"of": of, "due": "2014-03-31", "owner": "risk_owner", **({"part": part} if part else {})}
    return one("action.planned", "2013-09-11", "action/1", facts=facts)


def treated(risk: str) -> Told:
    """A treatment of a risk of the assessment."""
    return one("risk.treated", "2013-06-02", "assessment/1", facts={"risk": risk, "option": "modify"})


def assessed(*above: str) -> Told:
    """A risk assessment that finds nine risks, some above appetite."""
    facts = {"scope": ["network"], "risks": 9, "above_appetite": list(above)}
    return one("assessment.completed", "2013-03-01", "assessment/1", facts=facts)


def direction(place: int, *names: str, on: str = "2013-05-01", **rest: object) -> Told:
    """A direction that requires steps of some names."""
    facts = {
        "issuers": ["authority"],
        "addressees": ["northlight"],
        "purposes": ["mitigate"],
        "requirements": [{"name": name, "act": rest.get("act", "do")} for name in names],
    }
    rest.pop("act", None)
    return one("direction.issued", on, f"direction/{place}", facts=facts, **rest)


def answer(place: int, name: str, on: str = "2013-06-01", **rest: object) -> Told:
    """An answer to a step of a direction."""
    return one("direction.answered", on, f"direction/{place}", facts={"requirement": name}, **rest)


def report(*names: str, on: str = "2013-08-20", **rest: object) -> Told:
    """A report with recommendations of some names; `unstated=True` has it say nothing of them."""
    facts = {
        "author": "auditor-a",
        "addressee": "northlight",
        "status": rest.pop("status", "final"),
        "fieldwork_start": "2013-07-01",
        "fieldwork_end": "2013-07-20",
        "coverage": rest.pop("coverage", ["Z.4"]),
        "recommendations": "" if rest.pop("unstated", False) else list(names),
    }
    return one("audit.reported", on, "audit/1", facts=facts, **rest)


def decision(name: str, on: str = "2013-09-10", **rest: object) -> Told:
    """A decision on a recommendation."""
    return one("recommendation.decided", on, "audit/1", facts={"decision": "accept", "recommendation": name}, **rest)


ENGAGED = one("audit.engaged", "2013-06-01", "audit/1", facts={"organisation": "auditor-a", "independence": "declared"})


def told_of(*story: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Code and field of each problem."""
    return [(problem.code.value, problem.field) for problem in found(*story)]


NOTE = one("recommendation.decided", "2013-09-10", "audit/1", facts={"decision": "nothing_to_decide"})
