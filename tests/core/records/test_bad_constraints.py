"""What each kind asks of its facts beyond their types: one record for each that does not keep to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.records.kind import Seen
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.roles import Role
from tests.builders.unkept import Unkept
from tests.builders.unkept_audits import AUDITS
from tests.builders.unkept_directions import DIRECTIONS
from tests.builders.unkept_risks import RISKS
from tests.builders.wrong import GONE, changed, line_of, places, plain, problems_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_FILES: Mapping[str, Any] = {"files": {}}
_TWICE = ["one", "one"]
_SCOPE = ["network", "network"]
_STEP = {"name": "step-1", "act": "do"}
_RETAIN = {"option": "retain", "accepted_until": "2014-06-30"}
_ASKED = {"name": "encryption"}
_PASSED = {"requirement": "encryption", "outcome": "passed"}
_FAILED = {"requirement": "encryption", "outcome": "failed"}
_MILESTONE = {"by": "2014-12-31", "devices": 1}
_TOLD = {"categories": ["network"], "operator": "licensee", "power": "within", "in_service": "2013-03-04"}
_ROW = {"element": "element/1", "told": _TOLD}
_LINK = {"link": "link/1", "source": "element/1", "target": "element/2"}
_DEVICES = {"population": "population/1", "element": "element/1", "devices": 1, "state": "live"}


def _row(**more: object) -> Mapping[str, Any]:
    return {**_ROW, "told": {**_TOLD, **more}}


CASES = (
    Unkept("acceptance.tested", {"results": []}, "facts.results"),
    Unkept("acceptance.tested", {"results": [_PASSED, _PASSED]}, "facts.results[1].requirement"),
    Unkept("acceptance.tested", {"results": [_FAILED]}, "text.note", {"text": {}}),
    Unkept("acceptance.tested", {}, "files", _NO_FILES),
    Unkept("contract.agreed", {"requirements": [_ASKED, _ASKED]}, "facts.requirements[1].name"),
    Unkept("contract.agreed", {"last": "2013-03-03"}, "facts.last"),
    Unkept("contract.agreed", {"elements": ["element/1", "element/1"]}, "facts.elements"),
    Unkept("rollout.planned", {"milestones": []}, "facts.milestones"),
    Unkept("rollout.planned", {"milestones": [_MILESTONE, _MILESTONE]}, "facts.milestones[1].by"),
    *RISKS,
    *AUDITS,
    *DIRECTIONS,
    Unkept("access.granted", {"role": "operator"}, "facts.organisation"),
    Unkept("access.granted", {"role": "authority_officer"}, "facts.organisation"),
    Unkept("action.completed", {}, "files", _NO_FILES),
    Unkept("bundle.taken", {"digest": "abc"}, "facts.digest"),
    Unkept("bundle.taken", {"root": "AB" * 32}, "facts.root"),
    Unkept("bundle.taken", {}, "files", _NO_FILES),
    Unkept("case.opened", {"clauses": ["Z.4", "Z.4"]}, "facts.clauses"),
    Unkept("case.opened", {"rests_on": ["bundle/1", "bundle/1"]}, "facts.rests_on"),
    Unkept("case.opened", {"rests_on": ["abc"]}, "facts.rests_on[0]"),
    Unkept("case.noted", {"rests_on": ["bundle/1", "bundle/1"]}, "facts.rests_on"),
    Unkept("case.noted", {"rests_on": ["bundle/1", "audit/1"]}, "facts.rests_on[1]"),
    Unkept("delivery.confirmed", {"root": "abc"}, "facts.root"),
    Unkept("delivery.confirmed", {"records": []}, "facts.records"),
    Unkept("delivery.confirmed", {"records": [{"record": "abc", "entry": 1}]}, "facts.records[0].record"),
    Unkept("delivery.confirmed", {"size": 128}, "facts.records[0].entry"),
    Unkept("delivery.confirmed", {}, "files", _NO_FILES),
    Unkept("assessment.completed", {"scope": _SCOPE}, "facts.scope"),
    Unkept("assessment.completed", {"above_appetite": _TWICE}, "facts.above_appetite"),
    Unkept("assessment.completed", {"risks": 1, "above_appetite": ["a", "b"]}, "facts.above_appetite"),
    Unkept("audit.engaged", {"interests": _TWICE}, "facts.interests"),
    Unkept("audit.reported", {"fieldwork_start": "2013-08-03"}, "facts.fieldwork_end"),
    Unkept("audit.reported", {"coverage": ["Z.4", "Z.4"]}, "facts.coverage"),
    Unkept("audit.reported", {"recommendations": _TWICE}, "facts.recommendations"),
    Unkept("audit.reported", {"fieldwork_end": "2013-09-03"}, "facts.fieldwork_end"),
    Unkept("auditor.recognised", {"valid_to": "2012-12-31"}, "facts.valid_to"),
    Unkept("auditor.recognised", {}, "files", _NO_FILES),
    Unkept("checkpoint.stamped", {"root": "00"}, "facts.root"),
    Unkept("checkpoint.stamped", {"root": "Z" * 64}, "facts.root"),
    Unkept("checkpoint.stamped", {"size": 0}, "facts.size"),
    Unkept("checkpoint.stamped", {}, "files", _NO_FILES),
    Unkept("coverage.measured", {"premises": 2_400_001}, "facts.premises"),
    Unkept("coverage.measured", {"in_scope": 2_393_699}, "facts.in_scope"),
    Unkept("coverage.measured", {"feed": "abc"}, "facts.feed"),
    Unkept("coverage.measured", {"unmatched": "0" * 64}, "facts.unmatched"),
    Unkept("coverage.measured", {"unmatched": "0" * 64, "unmatched_rows": 1}, "facts.unmatched_rows"),
    Unkept("coverage.measured", {"as_at": "2013-09-03"}, "facts.as_at"),
    Unkept("delegation.given", {"role": "risk_owner"}, "facts.role"),
    Unkept("delegation.given", {"valid_from": "2013-09-02"}, "facts.valid_from"),
    Unkept("delegation.given", {"valid_to": "2013-09-02"}, "facts.valid_to"),
    Unkept("delegation.given", {"valid_to": "2014-09-03"}, "facts.valid_to"),
    Unkept("delegation.given", {"valid_from": "2013-10-01"}, "facts.valid_to"),
    Unkept("direction.answered", {}, "files", _NO_FILES),
    Unkept("glass.broken", {"role": "security_manager"}, "facts.role"),
    Unkept("glass.broken", {"valid_to": "2013-09-05"}, "facts.valid_to"),
    Unkept("glass.broken", {"valid_to": "2013-09-01"}, "facts.valid_to"),
    Unkept(
        "direction.issued",
        {"requirements": [{**_STEP, "within_days": 36_526}]},
        "facts.requirements[0].within_days",
    ),
    Unkept("direction.issued", {"issuers": ["authority", "authority"]}, "facts.issuers"),
    Unkept("direction.issued", {"addressees": _TWICE}, "facts.addressees"),
    Unkept("direction.issued", {"purposes": ["remedy", "remedy"]}, "facts.purposes"),
    Unkept("direction.issued", {"requirements": [_STEP, _STEP]}, "facts.requirements"),
    Unkept(
        "direction.issued",
        {"requirements": [_STEP, {"name": "step-2", "act": "do", "due": "2014-06-30", "within_days": 0}]},
        "facts.requirements[1]",
    ),
    Unkept("element.declared", {"categories": []}, "facts.categories"),
    Unkept("element.declared", {"enabled": ["encryption"]}, "facts.enabled"),
    Unkept("element.declared", {"offers": ["event_log"], "enabled": ["event_log", "encryption"]}, "facts.enabled"),
    Unkept("element.declared", {"within": "element/1"}, "facts.within"),
    Unkept("evidence.produced", {}, "files", _NO_FILES),
    Unkept("judgement.made", {"grounds": _TWICE}, "facts.grounds"),
    Unkept("ledger.loss_accepted", {"root": "00"}, "facts.root"),
    Unkept("ledger.loss_accepted", {"lost_root": "Z" * 64}, "facts.lost_root"),
    Unkept("key.introduced", {"public": "00"}, "facts.public"),
    Unkept("key.introduced", {"public": "Z" * 64}, "facts.public"),
    Unkept("key.introduced", {"origin": "https://meterward.example"}, "facts.origin"),
    Unkept("key.introduced", {"holder": "p-01"}, "facts.holder"),
    Unkept("key.introduced", {}, "facts.algorithm", {"statement.actor.role": "security_manager"}),
    Unkept("management.considered", {"members": _TWICE}, "facts.members"),
    Unkept("management.informed", {"members": _TWICE}, "facts.members"),
    Unkept(
        "pack.adopted", {"parameters": [{"name": "a", "value": "1"}, {"name": "a", "value": "2"}]}, "facts.parameters"
    ),
    Unkept("policy.issued", {"addresses": _TWICE}, "facts.addresses"),
    Unkept("policy.issued", {"provisions": ["access", "access"]}, "facts.provisions"),
    Unkept("policy.issued", {"statements": _TWICE}, "facts.statements"),
    Unkept("policy.reviewed", {"events": _TWICE}, "facts.events"),
    Unkept("recommendation.decided", {"decision": "reject"}, "text.reason", {"text": {}}),
    Unkept("recommendation.decided", {"decision": "part"}, "text.reason", {"text": {}}),
    Unkept("recommendation.decided", {"decision": "nothing_to_decide"}, "facts.recommendation"),
    Unkept("recommendation.decided", {"recommendation": None}, "facts.recommendation"),
    Unkept("risk.treated", _RETAIN, "statement.actor.role", {"statement.actor.role": "contributor"}),
    Unkept("risk.treated", {"accepted_until": "2014-06-30"}, "facts.accepted_until"),
    Unkept("risk.treated", {"option": "retain"}, "facts.accepted_until", {"statement.actor.role": "senior_manager"}),
    Unkept(
        "risk.treated",
        {"option": "retain", "accepted_until": "2013-03-03"},
        "facts.accepted_until",
        {"statement.actor.role": "senior_manager"},
    ),
    Unkept("standard.assessed", {"scope": _SCOPE}, "facts.scope"),
    Unkept("standard.assessed", {"gaps": _TWICE}, "facts.gaps"),
    Unkept("standard.assessed", {"requirements": 1, "gaps": ["a", "b"]}, "facts.gaps"),
    Unkept("standard.assessed", {}, "files", _NO_FILES),
    Unkept("standard.assessed", {"strength": "audited"}, "facts.strength"),
    Unkept("state.evidenced", {"valid_from": "2014-03-04", "valid_to": "2014-03-03"}, "facts.valid_to"),
    Unkept("state.evidenced", {}, "files", _NO_FILES),
    Unkept("state.evidenced", {"outcome": "failed"}, "facts.valid_to"),
    Unkept("state.evidenced", {"strength": "audited"}, "facts.strength"),
    Unkept("state.evidenced", {"covers": ["element/2"]}, "text.note", {"text": {}}),
    Unkept("state.evidenced", {"aspects": ["designed/supply"]}, "text.note", {"text": {}}),
    Unkept("state.evidenced", {"aspect": None, "aspects": ["designed/supply"]}, "facts.aspect"),
    Unkept("system.described", {"elements": []}, "facts"),
    Unkept("system.described", {"part": 0}, "facts.part"),
    Unkept("system.described", {"part": 3, "parts": 2}, "facts.part"),
    Unkept("system.described", {"elements": [_ROW, _ROW]}, "facts.elements[1].element"),
    Unkept("system.described", {"elements": [{**_ROW, "element": "link/1"}]}, "facts.elements[0].element"),
    Unkept("system.described", {"elements": [{**_ROW, "element": "element"}]}, "facts.elements[0].element"),
    Unkept("system.described", {"links": [_LINK, _LINK]}, "facts.links[1].link"),
    Unkept("system.described", {"links": [{**_LINK, "link": "element/3"}]}, "facts.links[0].link"),
    Unkept("system.described", {"populations": [_DEVICES, _DEVICES]}, "facts.populations[1].population"),
    Unkept("system.described", {"populations": [{**_DEVICES, "population": "p"}]}, "facts.populations[0].population"),
    Unkept("system.described", {"gone": ["element/head-end"]}, "facts.gone[0]"),
    Unkept("system.described", {"links": [_LINK], "gone": ["element/3", "link/1"]}, "facts.gone[1]"),
    Unkept("system.described", {"gone": ["policy/1"]}, "facts.gone[0]"),
    Unkept("system.described", {"gone": ["link/2", "link/2"]}, "facts.gone[1]"),
    Unkept("system.described", {"gone": ["link"]}, "facts.gone[0]"),
    Unkept("system.described", {"elements": [_row(categories=[])]}, "facts.elements[0].told.categories"),
    Unkept("system.described", {"elements": [_row(within="element/1")]}, "facts.elements[0].told.within"),
    Unkept("system.described", {"elements": [_row(enabled=["encryption"])]}, "facts.elements[0].told.enabled"),
    Unkept(
        "system.described",
        {"elements": [_row(within="element/2"), {**_row(within="element/1"), "element": "element/2"}]},
        "facts.elements[0].told.within",
    ),
    Unkept("system.described", {"links": [{**_LINK, "target": "element/1"}]}, "facts.links[0]"),
)
KEPT = (
    Unkept("contract.agreed", {"last": "2013-03-04"}, ""),
    Unkept("coverage.measured", {"unmatched": "0" * 64, "unmatched_rows": 11_000}, ""),
    Unkept("coverage.measured", {"as_at": "2013-09-02"}, ""),
    Unkept("state.evidenced", {"strength": "claimed"}, "", _NO_FILES),
    Unkept("state.evidenced", {"strength": "audited"}, "", {"statement.actor.role": "auditor"}),
    Unkept("state.evidenced", {"valid_from": "2014-03-03", "valid_to": "2014-03-03"}, ""),
    Unkept("state.evidenced", {"outcome": "failed", "valid_to": None}, ""),
    Unkept("state.evidenced", {"aspect": None, "covers": ["element/2"]}, ""),
    Unkept("state.evidenced", {"aspects": ["designed/supply"]}, ""),
    Unkept("element.declared", {"offers": ["event_log"], "enabled": ["event_log"], "within": "element/2"}, ""),
    Unkept("system.described", {"elements": [], "gone": ["element/1", "link/1", "population/1"]}, ""),
    Unkept("system.described", {"links": [_LINK], "populations": [_DEVICES], "part": 2, "parts": 2}, ""),
    Unkept("system.described", {"elements": [_row(within="element/2")]}, ""),
    Unkept("standard.assessed", {"requirements": 1}, ""),
    Unkept("standard.assessed", {"strength": "claimed"}, "", _NO_FILES),
    Unkept("risk.treated", _RETAIN, "", {"statement.actor.role": "senior_manager"}),
    Unkept("recommendation.decided", {"decision": "nothing_to_decide", "recommendation": None}, ""),
    Unkept("recommendation.decided", {"decision": "accept"}, "", {"text": {}}),
    Unkept("audit.reported", {"fieldwork_end": "2013-09-02"}, ""),
    Unkept("assessment.completed", {"risks": 1, "above_appetite": ["a"]}, ""),
)


def line_for(case: Unkept) -> dict[str, Any]:
    """The line of a case."""
    line = line_of(case.kind, case.facts)
    for path, value in case.more.items():
        line = changed(line, path, value)
    return line


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind} {case.field}")
def test_a_constraint_that_is_not_kept_is_told_where_it_applies(case: Unkept) -> None:
    assert places(problems_of(line_for(case))) == [("kind.constraint", case.field)]


@pytest.mark.parametrize("case", KEPT, ids=lambda case: case.kind)
def test_what_just_keeps_to_it_is_taken(case: Unkept) -> None:
    assert isinstance(read_object(line_for(case)), Sealed)


def test_every_constraint_of_every_kind_has_a_case() -> None:
    """Each constraint, asked by itself, finds fault with some case of its kind."""
    untried = []
    for kind in all_kinds().values():
        cases = [seen(case) for case in CASES if case.kind == kind.name]
        for place, constraint in enumerate(kind.constraints):
            if not any(list(constraint(case)) for case in cases):
                untried.append((kind.name, place))
    assert untried == []


def seen(case: Unkept) -> Seen[Any]:
    """What a constraint sees of a case."""
    line, kind = line_for(case), all_kinds()[case.kind]
    good = read_object(line_of(case.kind))
    assert isinstance(good, Sealed)
    actor = good.header.actor._replace(role=line["statement"]["actor"]["role"])
    texts = frozenset(line["text"])
    subject = line["statement"].get("subject", "")
    return Seen(kind.read(line["facts"]), actor, subject, good.header.occurred, texts, len(line["files"]))


@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_every_role_may_append_what_its_kind_says_and_nothing_else(kind: str) -> None:
    for role in Role:
        found = read_object(changed(line_of(kind), "statement.actor.role", role.value))
        codes = places(plain(found)) if isinstance(found, list) else []
        assert (("role.not-entitled", "statement.actor.role") in codes) == (role not in all_kinds()[kind].by), role


def test_several_constraints_are_told_at_once() -> None:
    line = line_of("state.evidenced", {"outcome": "failed", "strength": "audited", "valid_to": "2013-01-01"})
    line = changed(changed(line, "files", {}), "facts.valid_from", "2013-02-01")
    assert places(problems_of(line)) == [
        ("kind.constraint", "facts.valid_to"),
        ("kind.constraint", "files"),
        ("kind.constraint", "facts.valid_to"),
        ("kind.constraint", "facts.strength"),
    ]


def test_a_reason_that_was_erased_was_given() -> None:
    line = line_of("recommendation.decided", {"decision": "reject"})
    gone = changed(changed(line, "text.reason", GONE), "erased", {"reason": "ab" * 32})
    assert isinstance(read_object(changed(gone, "salts.text", {})), Sealed)
