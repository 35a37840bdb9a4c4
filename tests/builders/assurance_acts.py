"""What is done about standards, audits, directions and requests, with few names and days, so that they collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders.isms_acts import CATEGORIES
from tests.builders.lines import LICENSEE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.builders.act import Act
    from tests.builders.lines import Draft

CLAUSES = tuple(f"Z.{number}" for number in range(4, 17))


def _standard(act: Act) -> Draft:
    return act.draft(
        "standard.assessed",
        act.new("conformity"),
        standard="iso27001",
        edition=act.dice.pick(("2005", "2013", "2010")),
        scope=act.dice.pick((list(CATEGORIES), list(CATEGORIES[:3]), ["network"])),
        requirements=9,
        gaps=act.dice.pick(([], ["gap-1"], ["gap-1", "gap-2"])),
        strength=act.dice.pick(("evidenced", "checked", "claimed")),
    )


def _plan(act: Act) -> Draft:
    of = act.known("audit", "conformity")
    part = act.dice.pick(("gap-1", "gap-2") if of.startswith("conformity") else ("rec-1", "rec-2"))
    return act.draft("action.planned", act.new("action"), of=of, part=part, due=act.day(90, 0, 200), owner="risk_owner")


def _done(act: Act) -> Draft:
    return act.draft("action.completed", act.known("action"))


def _assessed(act: Act) -> Draft:
    return act.draft("action.assessed", act.known("action"), effective=act.dice.pick(("yes", "partly", "no")))


def _recognition(act: Act) -> Draft:
    return act.draft(
        "auditor.recognised",
        act.new("recognition"),
        organisation=act.dice.pick(("auditor-a", "auditor-a", "auditor-b")),
        scheme=act.dice.pick(("check", "equivalent", "clas", "ctas")),
        valid_from=act.day(-400, -400, 0, 30),
        valid_to=act.dice.pick((None, None, act.day(200, 600))),
    )


def _engagement(act: Act) -> Draft:
    return act.draft(
        "audit.engaged",
        act.new("audit"),
        organisation=act.dice.pick(("auditor-a", "auditor-a", "auditor-b")),
        independence=act.dice.pick(("declared", "declared", "not_declared")),
        interests=act.dice.pick(([], [], ["consulting"])),
    )


def _declaration(act: Act) -> Draft:
    return act.draft("independence.declared", act.known("audit"), interests=act.dice.pick(([], [], ["consulting"])))


def _report(act: Act) -> Draft:
    return act.draft(
        "audit.reported",
        act.known("audit"),
        author=act.dice.pick(("auditor-a", "auditor-a", "auditor-b")),
        addressee=LICENSEE if act.dice.often() else "another",
        status="final" if act.dice.often() else "draft",
        fieldwork_start=act.day(-40),
        fieldwork_end=act.day(-10, 0),
        coverage=list(CLAUSES if act.dice.often() else CLAUSES[1:]),
        recommendations=act.dice.pick(([], ["rec-1"], ["rec-1", "rec-2"], None)),
    )


def _receipt(act: Act) -> Draft:
    return act.draft("document.received", act.known("audit", "direction"), by="post")


def _decision(act: Act) -> Draft:
    decision = act.dice.pick(("accept", "part", "reject", "already_done", "nothing_to_decide"))
    recommendation = None if decision == "nothing_to_decide" else act.dice.pick(("rec-1", "rec-2"))
    return act.draft("recommendation.decided", act.known("audit"), decision=decision, recommendation=recommendation)


def _direction(act: Act) -> Draft:
    requirements = [
        {"name": "step-1", "act": "do", **_limit(act)},
        {"name": "refrain-1", "act": "refrain"},
        {"name": "report-1", "act": "report", "due": act.day(60), "to": act.dice.pick(([], ["authority"]))},
        {"name": "produce-1", "act": "produce", "due": act.day(45)},
    ]
    return act.draft(
        "direction.issued",
        act.new("direction"),
        issuers=act.dice.pick((["secretary_of_state"], ["authority"], [])),
        addressees=[LICENSEE] if act.dice.often() else ["another"],
        purposes=act.dice.some(("mitigate", "trials")),
        requirements=act.dice.some(requirements),
    )


def _limit(act: Act) -> dict[str, object]:
    return act.dice.pick(({"due": act.day(30, 0)}, {"within_days": 20}, {}))


def _answer(act: Act) -> Draft:
    requirement = act.dice.pick(("step-1", "report-1", "produce-1"))
    return act.draft("direction.answered", act.known("direction"), requirement=requirement)


def _request(act: Act) -> Draft:
    return act.draft("evidence.requested", act.new("request"), by=["authority"], due=act.dice.pick((None, act.day(30))))


def _produced(act: Act) -> Draft:
    return act.draft("evidence.produced", act.known("request"), complete=act.dice.often())


def _incident(act: Act) -> Draft:
    return act.draft("incident.recorded", act.new("incident"), detected=act.day(0), severity="low")


def _date(act: Act) -> Draft:
    event = act.dice.pick(("sec_go_live", "commencement"))
    return act.draft(
        "date.determined", "licensee", event=event, day=act.day(400, 900, 100, 0, -30), instrument="notice"
    )


def _adoption(act: Act) -> Draft:
    settings: Mapping[str, str] = act.dice.pick(_ADOPTED)
    parameters = [{"name": name, "value": value} for name, value in settings.items()]
    return act.draft("pack.adopted", "licensee", pack="condition_z_2012", pack_version=1, parameters=parameters)


_ADOPTED: tuple[Mapping[str, str], ...] = (
    {"z8_strength": "comply"},
    {"z14_first_months": "12"},
    {"z17_authority": "sos_only", "z17c_report_authority": "no"},
    {},
)


ASSURANCE_ACTS: Mapping[str, Callable[[Act], Draft]] = {
    "audit.engaged": _engagement,
    "audit.reported": _report,
    "independence.declared": _declaration,
    "auditor.recognised": _recognition,
    "document.received": _receipt,
    "recommendation.decided": _decision,
    "action.planned": _plan,
    "action.completed": _done,
    "action.assessed": _assessed,
    "standard.assessed": _standard,
    "direction.issued": _direction,
    "direction.answered": _answer,
    "evidence.requested": _request,
    "evidence.produced": _produced,
    "incident.recorded": _incident,
    "date.determined": _date,
    "pack.adopted": _adoption,
}
"""By kind."""
