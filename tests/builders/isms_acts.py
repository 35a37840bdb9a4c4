"""What a licensee does about its system, policy, people and sites, with few names and days, so that they collide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.builders.act import Act
    from tests.builders.lines import Draft

CATEGORIES = ("communication_equipment", "network", "premises_equipment", "process")
HARMS = ("data_loss", "data_access", "supply")
CELLS = tuple(f"{side}/{harm}" for side in ("designed", "operated") for harm in HARMS)
SIDES = ("equipment", "data_moving", "data_stored")
MEMBERS = ("p-1", "p-2")
ELEMENTS = ("element/1", "element/2", "element/4")
PROVISIONS = ("risk_treatment", "access", "incidents", "continuity")


def _element(act: Act) -> Draft:
    categories = act.dice.pick((["network"], ["process"], list(CATEGORIES)))
    power, in_service = act.dice.pick(("within", "limited")), act.day(0, 30, -60)
    return act.draft(
        "element.declared",
        act.new("element"),
        categories=categories,
        operator="licensee",
        power=power,
        in_service=in_service,
    )


def _described(act: Act) -> Draft:
    """Up to three elements told at once, some anew; a link between two, some devices, something that is gone."""
    told = act.dice.some(ELEMENTS)
    there = [name for name in act.scribe.admission.subjects if name.startswith("element/")]
    gone = act.dice.pick(([], [name for name in there if name not in told][-2:], ["link/1"] if len(told) < 2 else []))
    rows = [{"element": name, "told": _told(act, [one for one in there if one not in told])} for name in told]
    links = [{"link": "link/1", "source": told[0], "target": told[1]}] if len(told) > 1 else []
    counted = {"population": "population/1", "devices": act.dice.pick((0, 7)), "state": "live"}
    populations = [{**counted, "element": told[0]}] if told and act.dice.often() else []
    told_of: dict[str, Any] = {"elements": rows, "links": links, "populations": populations, "gone": gone}
    return act.draft("system.described", source="by_hand", telling=act.dice.pick((1, 1, 2)), **told_of)


def _told(act: Act, outside: list[str]) -> dict[str, Any]:
    """What is said of an element; at times that it is part of one that another record tells."""
    within = {"within": act.dice.pick(outside)} if outside and act.dice.often() else {}
    return {
        **within,
        "categories": act.dice.pick((["network"], ["process"], list(CATEGORIES))),
        "operator": "licensee",
        "power": act.dice.pick(("within", "limited")),
        "in_service": act.day(0, 30, -60),
    }


def _covering(act: Act) -> Draft:
    """One finding for several cells of several elements, with the reason."""
    covers = [name for name in act.scribe.admission.subjects if name.startswith("element/")]
    (found,) = _found(act, "system", "element_secure", CELLS[0])
    aspects = list(CELLS[1:]) if act.dice.often() else list(CELLS[4:])
    return replace(found, facts={**found.facts, "covers": covers, "aspects": aspects})


def _assessment(act: Act) -> Draft:
    scope = act.dice.pick((list(CATEGORIES), list(CATEGORIES[:3]), ["network"]))
    above = act.dice.pick(([], ["R1"], [], ["R1", "R2"]))
    return act.draft("assessment.completed", act.new("assessment"), scope=scope, risks=2, above_appetite=above)


def _treatment(act: Act) -> Draft:
    subject, risk, retain = act.known("assessment"), act.dice.pick(("R1", "R2")), not act.dice.often()
    until = act.day(90, 400) if retain else None
    return act.draft(
        "risk.treated",
        subject,
        acting="senior_manager" if retain else "",
        risk=risk,
        option="retain" if retain else "modify",
        accepted_until=until,
    )


def _policy(act: Act) -> Draft:
    assessments = [name for name in act.scribe.admission.subjects if name.startswith("assessment/")]
    wanted = [f"{category}/{harm}" for category in CATEGORIES for harm in HARMS]
    return act.draft(
        "policy.issued",
        act.new("policy"),
        effective=act.day(0, 0, 10, 40, -5),
        assessment=act.dice.pick([*assessments, *assessments, None]),
        addresses=wanted if act.dice.often() else wanted[3:],
        provisions=act.dice.some(PROVISIONS),
        statements=act.dice.pick((["S1"], ["S1", "S2"], [])),
    )


def _review(act: Act) -> Draft:
    events = act.dice.pick(([], [act.known("incident", "direction", "audit", "element", "assessment")]))
    return act.draft("policy.reviewed", act.known("policy"), decision=act.dice.pick(("keep", "amend")), events=events)


def _informed(act: Act) -> Draft:
    return act.draft(
        "management.informed", act.known("policy", "audit"), members=act.dice.some(MEMBERS), whole=act.dice.often()
    )


def _considered(act: Act) -> Draft:
    return act.draft(
        "management.considered", act.known("policy", "audit"), members=act.dice.some(MEMBERS), whole=act.dice.often()
    )


def _appointment(act: Act) -> Draft:
    role = act.dice.pick(("senior_manager", "senior_manager", "risk_owner"))
    return act.draft("role.appointed", act.new("appointment"), person=act.dice.pick(MEMBERS), role=role)


def _need(act: Act) -> Draft:
    return act.draft("need.determined", act.new("need"), concern=act.dice.pick(("resource", "site")))


def _found(act: Act, subject: str, fact: str, *aspects: str) -> list[Draft]:
    """One finding, or the same of several aspects at once."""
    outcome = "held" if act.dice.often() else "failed"
    strength = act.dice.pick(("evidenced", "checked", "audited", "evidenced", "claimed"))
    first = act.dice.pick((None, None, None, act.day(20, 0)))
    last = act.dice.pick((None, None, act.day(100, 400, 30))) if outcome == "held" else None
    acting = "lead_auditor" if strength == "audited" else ""
    told = dict[str, Any](fact=fact, outcome=outcome, strength=strength, valid_from=first, valid_to=last)
    return [act.draft("state.evidenced", subject, acting=acting, **told, aspect=aspect or None) for aspect in aspects]


def _secured(act: Act) -> list[Draft]:
    subject = act.dice.pick(("system", act.known("element")))
    return _found(act, subject, "element_secure", *CELLS)


def _operating(act: Act) -> list[Draft]:
    return _found(act, act.known("policy"), "statement_operates", "S1", "S2")


def _access(act: Act) -> list[Draft]:
    tests = act.dice.pick((("access_needed", "access_authorised"), ("access_needed",)))
    return [draft for test in tests for draft in _found(act, "system", test, *SIDES)]


def _finding(act: Act) -> list[Draft]:
    fact, subject, aspect = act.among(
        ("need_met", act.known("need"), ""),
        ("need_met", act.known("need"), ""),
        ("statement_operates", act.known("policy"), act.dice.pick(("S1", "S2"))),
        ("prohibition_kept", act.known("direction"), "refrain-1"),
        ("done_instead", act.known("element"), ""),
        ("element_secure", act.dice.pick(("system", act.known("element"))), act.dice.pick(CELLS)),
        ("evidence_retained", "licensee", ""),
        ("incident_management_exercised", "licensee", ""),
        ("continuity_tested", "licensee", ""),
    )
    return _found(act, subject, fact, aspect)


def _judgement(act: Act) -> list[Draft]:
    question, subject, aspect = act.among(
        ("policy_appropriate", act.known("policy"), ""),
        ("auditor_independent", act.known("audit"), ""),
        ("equivalent_standing", act.known("recognition"), ""),
        ("all_steps_taken", act.dice.pick((act.known("incident"), "system")), ""),
        ("resource_adequate", "licensee", ""),
        ("site_controls_appropriate", "licensee", ""),
        ("reasonable_steps_taken", "licensee", ""),
    )
    return _judged(act, question, subject, aspect)


def _provided(act: Act) -> list[Draft]:
    return _judged(act, "provision_appropriate", act.known("policy"), *PROVISIONS)


def _judged(act: Act, question: str, subject: str, *aspects: str) -> list[Draft]:
    """One judgement, or the same on several aspects at once."""
    told = dict[str, Any](
        question=question,
        answer="yes" if act.dice.often() else "no",
        grounds=act.dice.some(("status", "effect")),
        valid_to=act.dice.pick((None, None, act.day(400, 60))),
    )
    acting = act.dice.pick(("senior_manager", "senior_manager", "senior_manager", "contributor"))
    return [act.draft("judgement.made", subject, acting=acting, **told, aspect=aspect or None) for aspect in aspects]


LICENSEE_ACTS: Mapping[str, Callable[[Act], Draft | list[Draft]]] = {
    "policy.issued": _policy,
    "assessment.completed": _assessment,
    "state.evidenced": _finding,
    "state.evidenced of every cell": _secured,
    "state.evidenced of many elements": _covering,
    "state.evidenced of access": _access,
    "state.evidenced of statements": _operating,
    "judgement.made": _judgement,
    "judgement.made of provisions": _provided,
    "management.informed": _informed,
    "management.considered": _considered,
    "role.appointed": _appointment,
    "policy.reviewed": _review,
    "risk.treated": _treatment,
    "element.declared": _element,
    "system.described": _described,
    "need.determined": _need,
}
"""By kind; some kinds can be acted in several ways."""
